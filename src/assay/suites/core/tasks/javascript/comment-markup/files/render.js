"use strict";

const { escapeHtml, isSafe } = require("./links");

/** A comment as HTML. */
function renderComment(text) {
  return escapeHtml(text)
    .replace(/\*\*(.+)\*\*/g, (_, inner) => `<strong>${escapeHtml(inner)}</strong>`)
    .replace(/`(.+?)`/g, "<code>$1</code>")
    .replace(/\[(.+?)\]\((.+?)\)/g, (whole, label, address) => (isSafe(address) ? link(address, label) : whole))
    .replace(/(^|\s)(https?:\/\/\S+)/g, (_, before, address) => before + link(address, address))
    .replace(/\n/g, "<br>");
}

function link(address, label) {
  return `<a href="${address}" rel="nofollow">${label}</a>`;
}

module.exports = { renderComment };
