"use strict";

const NEEDS_QUOTES = /["\r\n]|^[ \t]|[ \t]$/;
const FORMULA = /^[=+\-@\t\r]/;

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
  if (!value && value !== false) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value).replace(".", decimal) : "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return harmless(value.map((item) => asText(item, decimal)).join("; "));
  return harmless(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** Keeps spreadsheets from reading a text as a formula. */
function harmless(text) {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Puts the text of a cell into quotes, if it needs them. */
function quoted(text, separator) {
  return text.includes(separator) || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

module.exports = { toCsv };
