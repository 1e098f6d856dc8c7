"use strict";

const { headerLine } = require("./escape");
const { fill } = require("./template");

/**
 * A mail out of a template { subject, text, html }: every part with the data filled in.
 */
function renderMail(template, data) {
  return {
    subject: headerLine(fill(template.subject, data)),
    text: fill(template.text, data),
    html: fill(template.html, data),
  };
}

module.exports = { renderMail };
