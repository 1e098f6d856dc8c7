"use strict";

/**
 * Runs jobs, at most `limit` at once. A job is a function that gets the signal of its caller (or undefined) and returns
 * a value or a promise.
 */
class JobQueue {
  #limit;
  #running = 0;
  #waiting = []; // in the order in which they will be started
  #paused = false;
  #idlers = []; // resolve functions of those who wait until nothing is left

  constructor(limit) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit must be a whole number from 1 on");
    this.#limit = limit;
  }

  /** How many jobs wait for their turn. */
  get waiting() {
    return this.#waiting.length;
  }

  /** A promise of what the job gives. */
  add(job, { priority = 0, signal } = {}) {
    // to be written
  }

  /** No further job is started until resume(). */
  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    this.#startNext();
  }

  /** A promise that is kept as soon as no job runs or waits. */
  idle() {
    // to be written
  }
  /** Starts as many jobs as may be started. */
  #startNext() {
    // to be written
  }
}

module.exports = { JobQueue };
