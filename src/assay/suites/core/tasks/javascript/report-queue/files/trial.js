"use strict";

// Tries out the queue with jobs that end when the script says so. It is complete, and stays as it is.

const { getEventListeners } = require("node:events");
const { JobQueue } = require("./queue");

const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Takes the actions one after the other; after each one everything settles. Returns for each action which jobs run (in
 * the order in which they were started), how many wait, and what became known since the action before, by name.
 *
 *   ["add", name, priority]      also ["bad", name, priority]: a job that throws as soon as it is called
 *   ["plain", name, value]       a job without a signal or any other option, that gives its value as soon as it is called
 *   ["finish", name, value]      ["fail", name, message]
 *   ["abort", name]              before or after it was added
 *   ["pause"]  ["resume"]  ["idle", name]
 */
async function trial(limit, actions) {
  const queue = new JobQueue(limit);
  const running = new Map();
  const controllers = new Map();
  const history = [];
  let news = [];
  const told = (name, promise) =>
    promise.then(
      (value) => news.push([name, value]),
      (error) => news.push([name, `error: ${error.message ?? error}`]),
    );
  const controller = (name) => {
    if (!controllers.has(name)) controllers.set(name, new AbortController());
    return controllers.get(name);
  };
  const job = (name) => (signal) =>
    new Promise((resolve, reject) => {
      if (signal !== controller(name).signal) throw new Error("not its own signal");
      running.set(name, { resolve, reject });
    }).finally(() => running.delete(name));
  const bad = (name) => () => {
    throw new Error(`${name} is bad`);
  };
  const add = (name, priority, work) => {
    const options = priority === undefined ? {} : { priority };
    told(name, queue.add(work, { ...options, signal: controller(name).signal }));
  };
  const does = {
    add: (name, priority) => add(name, priority, job(name)),
    bad: (name, priority) => add(name, priority, bad(name)),
    plain: (name, value) => told(name, queue.add((signal) => (signal === undefined ? value : "a signal from nowhere"))),
    finish: (name, value) => running.get(name).resolve(value),
    fail: (name, message) => running.get(name).reject(new Error(message)),
    abort: (name) => controller(name).abort(new Error(`${name} is aborted`)),
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    idle: (name) => told(name, queue.idle().then(() => "idle")),
  };
  for (const [name, ...args] of actions) {
    does[name](...args);
    const atOnce = running.size;
    await settle();
    const { waiting } = queue;
    history.push({ running: [...running.keys()], atOnce, waiting, news: news.sort(([a], [b]) => (a < b ? -1 : 1)) });
    news = [];
  }
  const listeners = [...controllers.values()].map(({ signal }) => getEventListeners(signal, "abort").length);
  return { history, listeners: listeners.reduce((sum, count) => sum + count, 0) };
}

module.exports = { trial };
