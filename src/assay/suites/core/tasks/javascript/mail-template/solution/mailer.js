"use strict";

const { headerLine } = require("./escape");
const { fill } = require("./template");

const asItIs = (text) => text;

/**
 * A mail out of a template { subject, text, html }: every part with the data filled in.
 * Only the HTML part is HTML, so only there are values escaped.
 */
function renderMail(template, data) {
  return {
    subject: headerLine(fill(template.subject, data, asItIs)),
    text: fill(template.text, data, asItIs),
    html: fill(template.html, data),
  };
}

module.exports = { renderMail };
