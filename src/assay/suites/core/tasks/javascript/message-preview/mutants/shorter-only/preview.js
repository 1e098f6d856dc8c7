"use strict";

const { characters, tidy } = require("./text");

/** The beginning of a message for a notification, at most `most` characters long. */
function preview(message, most = 40) {
  const text = characters(tidy(message));
  if (text.length < most) return text.join("");
  const room = text.slice(0, most - 1);
  // The word that would be cut is left out, unless it is the only one.
  const end = text[most - 1] === " " ? room.length : room.lastIndexOf(" ");
  return `${room.slice(0, end > 0 ? end : room.length).join("")}…`;
}

/** The first line of a notification: who wrote, and what. */
function notification(sender, message) {
  return `${preview(sender, 20)}: ${preview(message)}`;
}

module.exports = { preview, notification };
