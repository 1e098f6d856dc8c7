"use strict";

const { escapeHtml } = require("./escape");

const TAG = /\{\{\{([\w.]+)\}\}\}|\{\{([\w.]+)\}\}/g;

/**
 * Replaces {{name}} by the escaped value of `name` in `data`, {{{name}}} by the value as it is.
 * A name may be a path: {{user.name}}.
 */
function fill(template, data, escape = escapeHtml) {
  // One pass, with a function: what a value contains is never read as a tag or as a pattern like $&.
  return template.replace(TAG, (_, raw, escaped) =>
    raw === undefined ? escape(lookUp(data, escaped)) : lookUp(data, raw),
  );
}

function lookUp(data, path) {
  let value = data;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !(part in value)) return "";
    value = value[part];
  }
  return value === null || value === undefined ? "" : String(value);
}

module.exports = { fill };
