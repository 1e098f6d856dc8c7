const assert = require("node:assert/strict");
const { test } = require("node:test");
const { initials } = require("./initials.js");

const examples = [
  ["two words", "Ada Lovelace", "AL"],
  ["first and last of many", "maria del carmen ruiz", "MR"],
  ["one word", "plato", "P"],
  ["a parenthesis inside of a word", "Eva L(ind)", "EL"],
  ["letters beyond ASCII", "émile zola", "ÉZ"],
];
for (const [name, given, expected] of examples) {
  test(name, () => assert.equal(initials(given), expected));
}

test("nothing is left", () => {
  for (const given of ["", "   ", "(Acme)", null, undefined]) assert.equal(initials(given), "?");
});
