"use strict";

const { Batch } = require("./batch");

/** There is no row for this key. */
class NotFound extends Error {
  constructor(key) {
    super(`no row for ${String(key)}`);
    this.name = "NotFound";
  }
}

/** Loads rows by their `id`, many with one query, and remembers them. */
class Loader {
  #fetchMany;
  #rows = new Map(); // key → promise of its row; what failed is not in it
  #batch;
  #failed = new Set();

  /** `fetchMany(keys)` is a promise of the rows that there are for these keys, in any order. */
  constructor(fetchMany, { most = 100 } = {}) {
    this.#fetchMany = fetchMany;
    this.#batch = new Batch((waiting) => this.#fetch(waiting), most);
  }

  load(key) {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = new Promise((resolve, reject) => this.#batch.add(key, { resolve, reject }));
    this.#rows.set(key, row);
    row.finally(() => {
      if (this.#rows.get(key) === row && this.#failed.has(key)) this.#rows.delete(key);
    });
    return row;
  }

  /** Forgets a row: the next load asks again. */
  clear(key) {
    this.#rows.delete(key);
    return this;
  }

  /** Remembers a row that came from elsewhere, unless one is known or on its way. */
  prime(key, row) {
    if (!this.#rows.has(key)) this.#rows.set(key, Promise.resolve(row));
    return this;
  }

  async #fetch(waiting) {
    try {
      const rows = new Map();
      for (const row of await this.#fetchMany([...waiting.keys()])) rows.set(row.id, row);
      for (const [key, waiters] of waiting) {
        for (const { resolve, reject } of waiters) {
          if (rows.has(key)) resolve(rows.get(key));
          else {
            this.#failed.add(key);
            reject(new NotFound(key));
          }
        }
      }
    } catch (error) {
      for (const key of waiting.keys()) this.#failed.add(key);
      for (const { reject } of [...waiting.values()].flat()) reject(error);
    }
  }
}

module.exports = { Loader, NotFound };
