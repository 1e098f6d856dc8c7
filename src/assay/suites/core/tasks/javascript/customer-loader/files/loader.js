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
  #rows = {};
  #batch;

  /** `fetchMany(keys)` is a promise of the rows that there are for these keys, in any order. */
  constructor(fetchMany, { most = 100 } = {}) {
    this.#fetchMany = fetchMany;
    this.#batch = new Batch((items) => this.#fetch(items), most);
  }

  load(key) {
    if (this.#rows[key]) return this.#rows[key];
    const row = new Promise((resolve, reject) => this.#batch.add({ key, resolve, reject }));
    row.then((value) => (this.#rows[key] = Promise.resolve(value)));
    return row;
  }

  /** Forgets a row: the next load asks again. */
  clear(key) {
    delete this.#rows[key];
    return this;
  }

  /** Remembers a row that came from elsewhere, unless one is known or on its way. */
  prime(key, row) {
    this.#rows[key] = Promise.resolve(row);
    return this;
  }

  async #fetch(items) {
    const rows = await this.#fetchMany(items.map(({ key }) => key));
    items.forEach(({ resolve, reject }, i) => {
      if (rows[i]) resolve(rows[i]);
      else reject(new NotFound());
    });
  }
}

module.exports = { Loader, NotFound };
