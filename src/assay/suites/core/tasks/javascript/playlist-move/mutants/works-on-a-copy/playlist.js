"use strict";

/**
 * Moves `count` entries of `list`, beginning at index `start`, so that they stand before the entry that is now at
 * index `before` (`before === list.length`: at the end). Works in place; returns the index where the block begins then.
 */
function moveBlock(list, start, count, before) {
  checkRange(list, start, count, before);
  if (count === 0 || (before >= start && before <= start + count)) return start;
  list = [...list];
  const block = list.splice(start, count);
  const target = before > start ? before - count : before;
  list.splice(target, 0, ...block);
  return target;
}

function checkRange(list, start, count, before) {
  const inside = (index) => Number.isInteger(index) && index >= 0 && index <= list.length;
  if (!inside(start) || !inside(before) || !Number.isInteger(count) || count < 0 || start + count > list.length) {
    throw new RangeError(`no such block or place in a list of ${list.length}`);
  }
}

/** Does what a player's "play next" does: the entries from `start` on come right after the one that plays. */
function playNext(list, playing, start, count) {
  return moveBlock(list, start, count, Math.min(playing + 1, list.length));
}

module.exports = { moveBlock, playNext };
