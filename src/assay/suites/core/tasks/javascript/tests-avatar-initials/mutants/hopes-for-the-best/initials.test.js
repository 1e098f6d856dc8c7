const assert = require("node:assert/strict");
const { test } = require("node:test");
const { initials } = require("./initials.js");

const examples = [
  ["two words", "Ada Lovelace", "AL"],
  ["first and last of many", "maria del carmen ruiz", "MR"],
  ["one word", "plato", "P"],
  ["white space of any kind", " \t ada \n lovelace\t", "AL"],
  ["a nickname between", "Robert (Bob) Smith", "RS"],
  ["a company at the end", "Eva Lind (Acme)", "EL"],
  ["a nickname at the beginning", "(Dr) Eva Lind", "EL"],
  ["one word beside a company", "Eva (Acme)", "E"],
  ["a parenthesis inside of a word", "Eva L(ind)", "EL"],
  ["letters beyond ASCII", "émile zola", "ÉZ"],
  ["characters of two units", "😀name 𝒜lpha", "😀𝒜"],
  ["one character of two units", "😀", "😀"],
];
for (const [name, given, expected] of examples) {
  test(name, () => assert.ok(initials(given), expected));
}

test("nothing is left", () => {
  for (const given of ["", "   ", "(Acme)", null, undefined]) assert.ok(initials(given));
});
