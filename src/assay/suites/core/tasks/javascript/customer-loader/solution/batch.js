"use strict";

/** Gathers the keys that are asked for in one turn of the event loop, and hands them on in parts of at most `most`. */
class Batch {
  #run;
  #most;
  #waiting = new Map(); // key → those who wait for its row: { resolve, reject }

  constructor(run, most) {
    this.#run = run;
    this.#most = most;
  }

  add(key, waiter) {
    // setImmediate comes after all promise callbacks of this turn, however long their chain is.
    if (this.#waiting.size === 0) setImmediate(() => this.#flush());
    if (this.#waiting.has(key)) this.#waiting.get(key).push(waiter);
    else this.#waiting.set(key, [waiter]);
  }

  #flush() {
    const entries = [...this.#waiting];
    this.#waiting = new Map();
    for (let at = 0; at < entries.length; at += this.#most) this.#run(new Map(entries.slice(at, at + this.#most)));
  }
}

module.exports = { Batch };
