"use strict";

/** Gathers what is asked for in one turn of the event loop, and hands it on in parts of at most `most`. */
class Batch {
  #run;
  #most;
  #waiting = [];

  constructor(run, most) {
    this.#run = run;
    this.#most = most;
  }

  add(item) {
    this.#waiting.push(item);
    if (this.#waiting.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush() {
    for (let at = 0; at < this.#waiting.length; at += this.#most) {
      this.#run(this.#waiting.slice(at, this.#most));
    }
    this.#waiting = [];
  }
}

module.exports = { Batch };
