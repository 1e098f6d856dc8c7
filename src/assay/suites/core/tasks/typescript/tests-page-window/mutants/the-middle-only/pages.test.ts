import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWindow } from "./pages";

/** As a text: dots for a gap. */
function shown(current: number, last: number, around: number): string {
  return pageWindow(current, last, around)
    .map((page) => (page === null ? "…" : String(page)))
    .join(" ");
}

test("in the middle", () => {
  assert.equal(shown(10, 20, 2), "1 … 8 9 10 11 12 … 20");
  assert.equal(shown(10, 20, 0), "1 … 10 … 20");
});

test("a gap is null", () => {
  assert.deepEqual(pageWindow(5, 9, 0), [1, null, 5, null, 9]);
});
