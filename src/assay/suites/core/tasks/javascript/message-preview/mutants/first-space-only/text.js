"use strict";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a reader sees as characters: letters with their accents, emoji with all that belongs to them. */
function characters(text) {
  return [...SEGMENTER.segment(text)].map(({ segment }) => segment);
}

/** One line, with single spaces and none at the ends. */
function tidy(text) {
  return text.replace(/\s+/, " ").trim();
}

module.exports = { characters, tidy };
