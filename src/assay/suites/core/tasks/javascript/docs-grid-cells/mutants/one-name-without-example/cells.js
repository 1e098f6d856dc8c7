/**
 * The letters of a column; columns are counted from 0.
 *
 * @example
 * columnName(0); // => "A"
 * columnName(25); // => "Z"
 * columnName(26); // => "AA"
 * columnName(701); // => "ZZ"
 * columnName(-1); // throws RangeError
 */
function columnName(index) {
  if (!Number.isInteger(index) || index < 0) throw new RangeError(`no column: ${index}`);
  let name = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/**
 * The number of a column, counted from 0, by its letters: `columnIndex("A")` is 0.
 */
function columnIndex(name) {
  if (!/^[A-Za-z]+$/.test(name)) throw new SyntaxError(`no column: ${name}`);
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/**
 * Column and row of a cell such as `B12`, both counted from 0; `null` for what is no cell.
 *
 * @example
 * parseCell("B12"); // => { column: 1, row: 11 }
 * parseCell("$aa$1"); // => { column: 26, row: 0 }
 * parseCell("A0"); // => null
 * parseCell("12"); // => null
 * parseCell(" A1"); // => null
 */
function parseCell(text) {
  const found = /^\$?([A-Za-z]+)\$?([1-9]\d*)$/.exec(text);
  if (!found) return null;
  return { column: columnIndex(found[1]), row: Number(found[2]) - 1 };
}

module.exports = { columnName, columnIndex, parseCell };
