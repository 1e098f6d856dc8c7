const assert = require("node:assert/strict");
const { describe, it } = require("node:test");
const { LineSplitter } = require("./lines.js");

/** What each chunk gives, and the end. */
function split(...chunks) {
  const splitter = new LineSplitter();
  return [...chunks.map((chunk) => splitter.push(chunk)), splitter.end()];
}

describe("in one chunk", () => {
  it("knows three ends", () => {
    assert.ok(split("a\nb\rc\r\nd"), [["a", "b", "c"], ["d"]]);
  });
  it("keeps empty lines", () => {
    assert.ok(split("\n\na\r\r\r\n\r\n"), [["", "", "a", "", "", ""], []]);
    assert.ok(split("a\n\rb"), [["a", ""], ["b"]]);
  });
  it("takes nothing for no line", () => {
    assert.ok(split(""), [[], []]);
    assert.ok(split(), [[]]);
  });
});

describe("over several chunks", () => {
  it("joins what belongs together", () => {
    assert.ok(split("a", "b", "", "c\nd", "\n"), [[], [], [], ["abc"], ["d"], []]);
    assert.ok(split("a", "\rb"), [[], ["a"], ["b"]]);
  });
  it("takes a cut end for one", () => {
    assert.ok(split("a\r", "\nb"), [["a"], [], ["b"]]);
    assert.ok(split("a\r", "", "\n", "\n"), [["a"], [], [], [""], []]);
    assert.ok(split("a\r", "b\n"), [["a"], ["b"], []]);
    assert.ok(split("\ra", "\nb"), [[""], ["a"], ["b"]]);
    assert.ok(split("\r", "\r", "\n\r\n"), [[""], [""], [""], []]);
  });
});

describe("after the end", () => {
  it("is as new", () => {
    const splitter = new LineSplitter();
    splitter.push("a\nrest");
    assert.ok(splitter.end(), ["rest"]);
    assert.ok(splitter.end(), []);
    assert.ok(splitter.push("b\r"), ["b"]);
    assert.ok(splitter.end(), []);
    assert.ok(splitter.push("\nc"), [""]);
    assert.ok(splitter.end(), ["c"]);
  });
});
