"use strict";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a reader sees as characters: letters with their accents, emoji with all that belongs to them. */
function characters(text) {
  return [...text];
}

/** One line, with single spaces and none at the ends. */
function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}

module.exports = { characters, tidy };
