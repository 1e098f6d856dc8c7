"use strict";

const { escapeHtml } = require("./escape");

const TAG = /\{\{\{([\w.]+)\}\}\}|\{\{([\w.]+)\}\}/g;

/**
 * Replaces {{name}} by the escaped value of `name` in `data`, {{{name}}} by the value as it is.
 * A name may be a path: {{user.name}}.
 */
function fill(template, data, escape = escapeHtml) {
  // One pass, with a function: what a value contains is never read as a tag or as a pattern like $&.
  let result = "";
  let rest = template;
  for (const [tag, raw, escaped] of template.matchAll(TAG)) {
    const value = raw === undefined ? escape(lookUp(data, escaped)) : lookUp(data, raw);
    const end = rest.indexOf(tag) + tag.length;
    result += rest.slice(0, end).replace(tag, value);
    rest = rest.slice(end);
  }
  return result + rest;
}

function lookUp(data, path) {
  let value = data;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return "";
    value = value[part];
  }
  return value === null || value === undefined ? "" : String(value);
}

module.exports = { fill };
