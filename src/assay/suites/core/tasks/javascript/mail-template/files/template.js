"use strict";

const { escapeHtml } = require("./escape");

/**
 * Replaces {{name}} by the escaped value of `name` in `data`, {{{name}}} by the value as it is.
 * A name may be a path: {{user.name}}.
 */
function fill(template, data, escape = escapeHtml) {
  let result = template;
  for (const [tag, name] of template.matchAll(/\{\{\{([\w.]+)\}\}\}/g)) {
    result = result.replace(tag, lookUp(data, name));
  }
  for (const [tag, name] of template.matchAll(/\{\{([\w.]+)\}\}/g)) {
    result = result.replace(tag, escape(lookUp(data, name)));
  }
  return result;
}

function lookUp(data, path) {
  let value = data;
  for (const part of path.split(".")) {
    value = value[part];
  }
  return String(value || "");
}

module.exports = { fill };
