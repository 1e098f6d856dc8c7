const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function columnName(index) {
  if (typeof index !== "number" || index % 1 !== 0 || index < 0) throw new RangeError("no column");
  const before = Math.floor(index / 26) - 1;
  return (before < 0 ? "" : columnName(before)) + letters[index % 26];
}

function columnIndex(name) {
  const digits = [...String(name).toUpperCase()].map((letter) => letters.indexOf(letter));
  if (digits.length === 0 || digits.includes(-1)) throw new SyntaxError("no column");
  return digits.reduce((sum, digit) => sum * 26 + digit + 1, 0) - 1;
}

function parseCell(text) {
  const [, column, row] = String(text).replace(/^\$/, "").match(/^([a-z]+)\$?(\d+)$/i) ?? [];
  if (column === undefined || row.startsWith("0")) return null;
  return { column: columnIndex(column), row: row - 1 };
}

module.exports = { columnName, columnIndex, parseCell };
