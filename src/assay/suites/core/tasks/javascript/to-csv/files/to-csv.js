"use strict";

/** Rows as a CSV file that spreadsheets open safely; `columns` are { title, path } in their order. */
function toCsv(rows, columns, { separator = ",", decimal = "." } = {}) {
  const line = (cells) => cells.map((cell) => quoted(cell, separator)).join(separator) + "\r\n";
  const head = line(columns.map(({ title }) => asText(title, decimal)));
  return head + rows.map((row) => line(columns.map(({ path }) => asText(valueAt(row, path), decimal)))).join("");
}

/** The value at a path such as "address.city": own properties only; undefined if there is none. */
function valueAt(row, path) {
  let value = row;
  for (const step of path.split(".")) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/** A value as it stands in its cell, before it is put into quotes. */
function asText(value, decimal) {
  // to be written
}

/** Puts the text of a cell into quotes, if it needs them. */
function quoted(text, separator) {
  // to be written
}

module.exports = { toCsv };
