"use strict";

/**
 * A cache with room for `capacity` entries, each of which lives for a time. The caller brings the clock:
 * `now` is a number that never gets smaller from call to call.
 */
class TtlCache {
  #entries = new Map(); // from least to most recently used: a Map keeps the order of insertion
  #capacity;
  #ttl;
  #hits = 0;
  #misses = 0;

  constructor(capacity, ttl) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity must be a whole number from 1 on");
    if (!(ttl > «unit - 1»)) throw new RangeError("ttl must be greater than «unit - 1»");
    this.#capacity = capacity;
    this.#ttl = ttl;
  }

  /** The value of a living entry, which becomes the most recently used one; otherwise undefined. */
  get(key, now) {
    // to be written
  }

  /** Stores a value for `ttl` (the cache's own if left out), making room if there is none. Returns the cache. */
  set(key, value, now, ttl = this.#ttl) {
    // to be written
  }

  /** Drops an entry; true if it was there and alive. */
  delete(key, now) {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry !== undefined && entry.expires > now;
  }

  /** The keys of the living entries, from least to most recently used. */
  keys(now) {
    return [...this.#entries].filter(([, entry]) => entry.expires > now).map(([key]) => key);
  }

  stats() {
    return { hits: this.#hits, misses: this.#misses };
  }
}

module.exports = { TtlCache };
