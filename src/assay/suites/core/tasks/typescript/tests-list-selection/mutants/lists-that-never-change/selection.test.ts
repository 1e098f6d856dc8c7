import assert from "node:assert/strict";
import { test } from "node:test";
import { Selection } from "./selection";

type Step = [action: "click" | "toggle" | "extend" | "remove" | "insert", index: number];

/** What is selected after some steps in a list of ten; an error of a step is told by its name. */
function after(...steps: Step[]): number[] | string {
  const selection = new Selection(10);
  try {
    for (const [action, index] of steps) selection[action](index);
  } catch (error) {
    return (error as Error).name;
  }
  return selection.selected();
}

test("nothing at first", () => {
  assert.deepEqual(after(), []);
});

test("click", () => {
  assert.deepEqual(after(["click", 3]), [3]);
  assert.deepEqual(after(["click", 3], ["click", 0]), [0]);
  assert.deepEqual(after(["click", 3], ["click", 3]), [3]);
  assert.deepEqual(after(["click", 3], ["extend", 5], ["click", 9]), [9]);
});

test("toggle", () => {
  assert.deepEqual(after(["toggle", 9], ["toggle", 2], ["toggle", 5]), [2, 5, 9]);
  assert.deepEqual(after(["click", 2], ["toggle", 5], ["toggle", 2]), [5]);
  assert.deepEqual(after(["toggle", 5], ["toggle", 5]), []);
});

test("extend", () => {
  assert.deepEqual(after(["click", 3], ["extend", 5]), [3, 4, 5]);
  assert.deepEqual(after(["click", 5], ["extend", 3]), [3, 4, 5]);
  assert.deepEqual(after(["click", 5], ["extend", 5]), [5]);
  assert.deepEqual(after(["click", 5], ["extend", 7], ["extend", 4]), [4, 5]);
  assert.deepEqual(after(["toggle", 0], ["toggle", 5], ["extend", 7]), [5, 6, 7]);
  assert.deepEqual(after(["click", 0], ["toggle", 5], ["toggle", 5], ["extend", 7]), [5, 6, 7]);
});

test("extend without an anchor", () => {
  assert.deepEqual(after(["extend", 4]), [4]);
  assert.deepEqual(after(["extend", 4], ["extend", 6]), [4, 5, 6]);
});

test("the result belongs to the caller", () => {
  const selection = new Selection(3);
  selection.click(1);
  selection.selected().push(2);
  assert.deepEqual(selection.selected(), [1]);
});
