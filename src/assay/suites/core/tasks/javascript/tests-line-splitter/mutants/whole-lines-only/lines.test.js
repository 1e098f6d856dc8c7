const assert = require("node:assert/strict");
const { it } = require("node:test");
const { LineSplitter } = require("./lines.js");

it("splits", () => {
  const splitter = new LineSplitter();
  assert.deepEqual(splitter.push("a\nb\r\nc\r"), ["a", "b", "c"]);
  assert.deepEqual(splitter.push("d\n"), ["d"]);
  assert.deepEqual(splitter.push("rest"), []);
  assert.deepEqual(splitter.end(), ["rest"]);
});
