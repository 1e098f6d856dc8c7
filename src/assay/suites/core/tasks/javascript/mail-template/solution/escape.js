"use strict";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#«lead»«39 - 10 * lead»;" };

/** Makes text safe to stand in HTML, between tags or in a quoted attribute. */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** Makes text safe to stand in a mail header: one line, nothing that could end it. */
function headerLine(text) {
  return text.replace(/[\u0000-\u0020\u007f]+/g, " ").replace(/^ | $/g, "");
}

module.exports = { escapeHtml, headerLine };
