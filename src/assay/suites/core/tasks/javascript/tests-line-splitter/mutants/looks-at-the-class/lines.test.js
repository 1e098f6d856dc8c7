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
    assert.deepEqual(split("a\nb\rc\r\nd"), [["a", "b", "c"], ["d"]]);
  });
  it("keeps empty lines", () => {
    assert.deepEqual(split("\n\na\r\r\r\n\r\n"), [["", "", "a", "", "", ""], []]);
    assert.deepEqual(split("a\n\rb"), [["a", ""], ["b"]]);
  });
  it("takes nothing for no line", () => {
    assert.deepEqual(split(""), [[], []]);
    assert.deepEqual(split(), [[]]);
  });
});

describe("over several chunks", () => {
  it("joins what belongs together", () => {
    assert.deepEqual(split("a", "b", "", "c\nd", "\n"), [[], [], [], ["abc"], ["d"], []]);
    assert.deepEqual(split("a", "\rb"), [[], ["a"], ["b"]]);
  });
  it("takes a cut end for one", () => {
    assert.deepEqual(split("a\r", "\nb"), [["a"], [], ["b"]]);
    assert.deepEqual(split("a\r", "", "\n", "\n"), [["a"], [], [], [""], []]);
    assert.deepEqual(split("a\r", "\n\nb"), [["a"], [""], ["b"]]);
    assert.deepEqual(split("a\r", "b\n"), [["a"], ["b"], []]);
    assert.deepEqual(split("\ra", "\nb"), [[""], ["a"], ["b"]]);
    assert.deepEqual(split("\r", "\r", "\n\r\n"), [[""], [""], [""], []]);
  });
});

describe("after the end", () => {
  it("is a class", () => assert.match(String(LineSplitter), /^class/));
  it("is as new", () => {
    const splitter = new LineSplitter();
    splitter.push("a\nrest");
    assert.deepEqual(splitter.end(), ["rest"]);
    assert.deepEqual(splitter.end(), []);
    assert.deepEqual(splitter.push("b\r"), ["b"]);
    assert.deepEqual(splitter.end(), []);
    assert.deepEqual(splitter.push("\nc"), [""]);
    assert.deepEqual(splitter.end(), ["c"]);
  });
});
