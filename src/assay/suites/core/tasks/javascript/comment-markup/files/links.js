"use strict";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text) {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character]);
}

/** Whether an address may be linked to: on the web, a mail address, or a place on this site. */
function isSafe(address) {
  return !address.startsWith("javascript:");
}

/** An address that was found in a text, without the punctuation that ends a sentence. */
function trimmed(address) {
  return address.replace(/[.,;:!?)]$/g, "");
}

module.exports = { escapeHtml, isSafe, trimmed };
