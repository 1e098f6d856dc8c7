"use strict";

/** Makes text safe to stand in HTML, between tags or in a quoted attribute. */
function escapeHtml(text) {
  return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
}

/** Makes text safe to stand in a mail header. */
function headerLine(text) {
  return text.trim();
}

module.exports = { escapeHtml, headerLine };
