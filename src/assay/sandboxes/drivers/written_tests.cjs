// How tests of node:test ended, as the process's exit code. Loaded twice into one process: before the file of tests
// (--require), and as its reporter (--test-reporter). The codes are those of written_tests.py.
"use strict";

const HELD = 0, ASSERTED = 10, BROKE = 11, NONE = 12;
let passed = 0;
let asserted = 0;
let broke = 0;

process.on("exit", (code) => {
  if (asserted) process.exitCode = ASSERTED;
  else if (broke || code) process.exitCode = BROKE;
  else process.exitCode = passed ? HELD : NONE;
});

module.exports = async function* report(events) {
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if (data.details?.type === "suite" || data.skip !== undefined || data.todo !== undefined) continue;
    if (type === "test:pass") passed += 1;
    if (type !== "test:fail") continue;
    const { failureType, cause } = data.details.error;
    if (failureType === "subtestsFailed") continue; // those are told by themselves
    if (failsAnAssertion(cause)) asserted += 1;
    else broke += 1;
    yield `${data.name}: ${shown(cause ?? failureType)}\n`;
  }
};

function failsAnAssertion(cause) {
  return cause?.code === "ERR_ASSERTION" || cause?.name === "AssertionError";
}

function shown(cause) {
  try {
    return String(cause?.stack ?? cause);
  } catch {
    return "what was thrown cannot be shown";
  }
}
