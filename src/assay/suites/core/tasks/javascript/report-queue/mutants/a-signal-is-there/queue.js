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
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const entry = { job, priority, signal, resolve, reject };
      entry.abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(signal.reason);
        this.#tellIdlers();
      };
      signal.addEventListener("abort", entry.abort, { once: true });
      const place = this.#waiting.findIndex((other) => other.priority < priority);
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, entry);
      this.#startNext();
    });
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
    return new Promise((resolve) => {
      this.#idlers.push(resolve);
      this.#tellIdlers();
    });
  }

  /** Starts as many jobs as may be started. */
  #startNext() {
    while (!this.#paused && this.#running < this.#limit && this.#waiting.length > 0) this.#start(this.#waiting.shift());
  }

  async #start({ job, signal, abort, resolve, reject }) {
    signal.removeEventListener("abort", abort);
    this.#running += 1;
    try {
      resolve(await job(signal));
    } catch (error) {
      reject(error);
    } finally {
      this.#running -= 1;
      this.#startNext();
      this.#tellIdlers();
    }
  }

  #tellIdlers() {
    if (this.#running > 0 || this.#waiting.length > 0) return;
    for (const resolve of this.#idlers.splice(0)) resolve();
  }
}

module.exports = { JobQueue };
