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

test("remove", () => {
  assert.deepEqual(after(["click", 2], ["extend", 5], ["remove", 3]), [2, 3, 4]);
  assert.deepEqual(after(["click", 5], ["remove", 8]), [5]);
  assert.deepEqual(after(["click", 5], ["remove", 2]), [4]);
  assert.deepEqual(after(["click", 5], ["remove", 2], ["extend", 6]), [4, 5, 6]);
  assert.deepEqual(after(["click", 5], ["remove", 8], ["extend", 6]), [5, 6]);
  assert.deepEqual(after(["click", 5], ["remove", 5]), []);
  assert.deepEqual(after(["click", 5], ["remove", 5], ["extend", 8]), [8]);
  assert.deepEqual(after(["click", 5], ["remove", 5], ["extend", 8], ["extend", 7]), [7, 8]);
});

test("insert", () => {
  assert.deepEqual(after(["click", 2], ["extend", 4], ["insert", 3]), [2, 4, 5]);
  assert.deepEqual(after(["click", 2], ["extend", 4], ["insert", 2]), [3, 4, 5]);
  assert.deepEqual(after(["click", 2], ["insert", 3]), [2]);
  assert.deepEqual(after(["click", 5], ["insert", 5], ["extend", 7]), [6, 7]);
  assert.deepEqual(after(["click", 5], ["insert", 6], ["extend", 7]), [5, 6, 7]);
  assert.deepEqual(after(["insert", 10], ["click", 10]), [10]);
  assert.deepEqual(after(["click", 9], ["insert", 10]), [9]);
});

test("places that do not exist", () => {
  for (const action of ["click", "toggle", "extend", "remove"] as const) {
    for (const index of [-1, 10]) assert.equal(after(["click", 1], [action, index]), "RangeError");
  }
  for (const index of [-1, 11]) assert.equal(after(["insert", index]), "RangeError");
  assert.equal(after(["remove", 0], ["click", 9]), "RangeError");
});

test("an error changes nothing", () => {
  for (const action of ["click", "toggle", "extend", "remove", "insert"] as const) {
    const selection = new Selection(10);
    selection.click(4);
    assert.throws(() => selection[action](42), RangeError);
    assert.deepEqual(selection.selected(), [4]);
    selection.extend(5);
    assert.deepEqual(selection.selected(), [4, 5]);
    selection.click(9);
  }
});

test("the result belongs to the caller", () => {
  const selection = new Selection(3);
  selection.click(1);
  selection.selected().push(2);
  assert.deepEqual(selection.selected(), [1]);
});
