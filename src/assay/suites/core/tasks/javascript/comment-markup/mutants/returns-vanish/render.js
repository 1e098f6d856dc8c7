"use strict";

const { escapeHtml, isSafe, trimmed } = require("./links");

// What means something in a comment; of those that begin at one place, the first that fits counts.
const MARKS = [
  { pattern: /`([^`\n]+)`/y, html: ([, code]) => `<code>${escapeHtml(code)}</code>` },
  { pattern: /\[([^[\]\n]+)\]\(([^()\s]+)\)/y, html: ([whole, text, address]) => link(address, text) ?? escapeHtml(whole) },
  { pattern: /\*\*([^*\n]+)\*\*/y, html: ([, text]) => `<strong>${escapeHtml(text)}</strong>` },
  { pattern: /https?:\/\/[^\s<>"'`]+/iy, html: ([found]) => bare(found) },
  { pattern: /\r?\n/y, html: () => "<br>" },
];

/** A comment as HTML. */
function renderComment(text) {
  let html = "";
  let at = 0;
  while (at < text.length) {
    const [piece, length] = pieceAt(text, at);
    html += piece;
    at += length;
  }
  return html;
}

/** What begins at a place, as HTML, and how long it is in the comment. */
function pieceAt(text, at) {
  for (const { pattern, html } of MARKS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return [html(match), match[0].length];
  }
  return [escapeHtml(text[at]), 1];
}

function link(address, text) {
  return isSafe(address) ? `<a href="${escapeHtml(address)}" rel="nofollow">${escapeHtml(text)}</a>` : undefined;
}

function bare(found) {
  const address = trimmed(found);
  const rest = escapeHtml(found.slice(address.length));
  return (link(address, address) ?? escapeHtml(address)) + rest;
}

module.exports = { renderComment };
