"use strict";

/** Gathers the keys that are asked for in one turn of the event loop, and hands them on in parts of at most `most`. */
class Batch {
  #run;
  #most;
  #waiting = []; // key → those who wait for its row: { resolve, reject }

  constructor(run, most) {
    this.#run = run;
    this.#most = most;
  }

  add(key, waiter) {
    // setImmediate comes after all promise callbacks of this turn, however long their chain is.
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push([key, [waiter]]);
  }

  #flush() {
    const entries = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < entries.length; at += this.#most) this.#run(joined(entries.slice(at, at + this.#most)));
  }
}

function joined(entries) {
  const waiting = new Map();
  for (const [key, waiters] of entries) waiting.set(key, [...(waiting.get(key) ?? []), ...waiters]);
  return waiting;
}

module.exports = { Batch };
