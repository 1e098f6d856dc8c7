"use strict";

const { escapeHtml, isSafe, trimmed } = require("./links");

const MARKUP = /`([^`\n]+)`|\[([^[\]\n]+)\]\(([^()\s]+)\)|\*\*([^*\n]+)\*\*|(https?:\/\/[^\s`]+)|\n/gi;

/** A comment as HTML. */
function renderComment(text) {
  return escapeHtml(text).replace(MARKUP, (whole, code, label, address, bold, bare) => {
    if (code) return `<code>${code}</code>`;
    if (label) return isSafe(address) ? link(address, label) : whole;
    if (bold) return `<strong>${bold}</strong>`;
    if (!bare) return "<br>";
    const found = trimmed(bare.split(/&(?:quot|#39|lt|gt);/)[0]);
    return isSafe(found) ? link(found, found) + bare.slice(found.length) : whole;
  });
}

function link(address, text) {
  return `<a href="${address}" rel="nofollow">${text}</a>`;
}

module.exports = { renderComment };
