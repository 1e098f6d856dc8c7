const assert = require("node:assert/strict");
const { test } = require("node:test");
const { createHub } = require("./hub.js");

/** A hub, and listeners that note their names and what they get. */
function setUp() {
  const calls = [];
  const named = (name, then = () => {}) => (...values) => {
    calls.push([name, ...values]);
    then();
  };
  const order = () => calls.splice(0).map(([name]) => name).join("");
  return { hub: createHub(), calls, named, order };
}

function fails(text) {
  return () => {
    throw new Error(text);
  };
}

test("listeners get all values, in their order, and are counted", () => {
  const { hub, calls, named } = setUp();
  hub.on("saved", named("a"));
  hub.on("closed", named("x"));
  hub.on("saved", named("b"));
  assert.equal(hub.emit("saved", 1, "two", null), 2);
  assert.equal(hub.emit("opened"), 0);
  assert.equal(hub.emit("constructor"), 0);
  hub.on("constructor", named("c"));
  assert.equal(hub.emit("constructor"), 1);
});

test("the same listener twice", () => {
  const { hub, named, order } = setUp();
  const a = named("a");
  hub.on("s", a);
  hub.on("s", named("b"));
  const endLast = hub.on("s", a);
  assert.equal(hub.emit("s"), 3);
  endLast();
  endLast();
  hub.emit("s");
});

test("off ends the last registration of the listener", () => {
  const { hub, named, order } = setUp();
  const a = named("a");
  hub.on("s", a);
  hub.on("s", named("b"));
  const end = hub.once("s", a);
  assert.equal(hub.off("s", a), true);
  end();
  hub.emit("s");
  assert.equal(hub.off("t", a), false);
  assert.equal(hub.off("s", a), true);
  assert.equal(hub.off("s", a), false);
  hub.emit("s");
});

test("once", () => {
  const { hub, named, order } = setUp();
  let nested = 0;
  hub.once("s", named("a", () => {
    nested += 1;
    if (nested < 3) hub.emit("s");
  }));
  hub.on("s", named("b"));
  assert.equal(hub.emit("s"), 2);
  assert.equal(hub.emit("s"), 1);
  const end = hub.once("t", named("c"));
  end();
  assert.equal(hub.emit("t"), 0);
});

test("once, with an error", () => {
  const { hub } = setUp();
  hub.once("s", fails("only once"));
  assert.throws(() => hub.emit("s"), /only once/);
  assert.equal(hub.emit("s"), 0);
});

test("what is registered meanwhile waits for the next signal", () => {
  const { hub, named, order } = setUp();
  hub.once("s", named("a", () => hub.on("s", named("n"))));
  hub.on("s", named("b"));
  assert.equal(hub.emit("s"), 2);
  assert.equal(hub.emit("s"), 2);
});

test("what ends meanwhile is not called", () => {
  const { hub, named, order } = setUp();
  const c = named("c");
  let end = () => {};
  hub.on("s", named("a", () => {
    end();
    hub.off("s", c);
  }));
  end = hub.on("s", named("b"));
  hub.on("s", c);
  hub.on("s", named("d"));
  assert.equal(hub.emit("s"), 2);
});

test("errors wait until all are called", () => {
  const { hub, named, order } = setUp();
  hub.on("s", fails("first"));
  hub.on("s", named("a"));
  hub.on("s", fails("second"));
  hub.on("s", named("b"));
  assert.throws(() => hub.emit("s"), /^Error: first$/);
});
