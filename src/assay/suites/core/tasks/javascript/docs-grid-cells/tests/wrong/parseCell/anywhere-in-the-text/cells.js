function columnName(index) {
  if (!Number.isInteger(index) || index < 0) throw new RangeError(`no column: ${index}`);
  let name = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

function columnIndex(name) {
  if (!/^[A-Za-z]+$/.test(name)) throw new SyntaxError(`no column: ${name}`);
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

function parseCell(text) {
  const found = /\$?([A-Za-z]+)\$?([1-9]\d*)/.exec(text);
  if (!found) return null;
  return { column: columnIndex(found[1]), row: Number(found[2]) - 1 };
}

module.exports = { columnName, columnIndex, parseCell };
