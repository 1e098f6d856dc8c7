"use strict";

const { characters, tidy } = require("./text");

/** The beginning of a message for a notification, at most `most` characters long. */
function preview(message, most = 40) {
  const text = characters(message);
  if (text.length < most) return tidy(message);
  const room = message.slice(0, most - 1);
  return room.slice(0, room.lastIndexOf(" ")) + "…";
}

/** The first line of a notification: who wrote, and what. */
function notification(sender, message) {
  return `${preview(sender, 20)}: ${preview(message)}`;
}

module.exports = { preview, notification };
