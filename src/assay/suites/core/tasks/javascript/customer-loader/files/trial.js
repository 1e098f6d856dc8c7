"use strict";

// Tries out the loader with a scripted database. It is right, and stays as it is.

const { Loader, NotFound } = require("./loader");

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Takes the steps one after the other, each in a turn of its own; a step is a list of actions. Returns the lists of
 * keys that the database was asked for, and what each load gave.
 *
 *   ["load", key]         ask the loader
 *   ["later", key, n]     the same, from the n-th promise callback after this
 *   ["clear", key], ["prime", key, row]
 *   ["replace", key, row] the one, and then the other
 *   ["answer", n, rows]   the database answers its n-th query (from 0) with these rows
 *   ["fail", n, message]  or with an error
 */
async function trial(steps, most = 100) {
  const queries = [];
  const asked = [];
  const given = [];
  const fetchMany = (keys) => {
    asked.push([...keys]);
    return new Promise((resolve, reject) => queries.push({ resolve, reject }));
  };
  const loader = new Loader(fetchMany, { most });
  const load = (key) => {
    const place = given.push([key, "waits"]) - 1;
    loader.load(key).then(
      (row) => (given[place] = [key, row]),
      (error) => (given[place] = [key, error instanceof NotFound ? "not found" : `error: ${error.message}`]),
    );
  };
  const actions = {
    load,
    later: async (key, callbacks) => {
      for (let i = 0; i < callbacks; i++) await null;
      load(key);
    },
    clear: (key) => loader.clear(key),
    prime: (key, row) => loader.prime(key, row),
    replace: (key, row) => loader.clear(key).prime(key, row),
    answer: (n, rows) => queries[n].resolve(rows),
    fail: (n, message) => queries[n].reject(new Error(message)),
  };
  for (const step of steps) {
    for (const [name, ...args] of step) actions[name](...args);
    for (let i = 0; i < 5; i++) await turn();
  }
  return { asked, given };
}

module.exports = { trial };
