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

test("near the ends", () => {
  assert.equal(shown(1, 20, 2), "1 2 3 … 20");
  assert.equal(shown(2, 20, 2), "1 2 3 4 … 20");
  assert.equal(shown(20, 20, 2), "1 … 18 19 20");
  assert.equal(shown(19, 20, 1), "1 … 18 19 20");
});

test("a gap of one page is that page, and a gap of two is none", () => {
  assert.equal(shown(5, 9, 2), "1 2 3 4 5 6 7 8 9");
  assert.equal(shown(6, 11, 2), "1 … 4 5 6 7 8 … 11");
  assert.equal(shown(3, 5, 0), "1 2 3 4 5");
  assert.equal(shown(4, 7, 0), "1 … 4 … 7");
});

test("beyond the ends", () => {
  assert.equal(shown(-3, 10, 1), "1 2 … 10");
  assert.equal(shown(0, 10, 1), "1 2 … 10");
  assert.equal(shown(11, 10, 1), "1 … 9 10");
  assert.equal(shown(99, 10, 1), "1 … 9 10");
});

test("few pages", () => {
  assert.deepEqual(pageWindow(1, 0, 2), []);
  assert.deepEqual(pageWindow(1, 1, 2), [1]);
  assert.deepEqual(pageWindow(1, 2, 0), [1, 2]);
  assert.deepEqual(pageWindow(2, 3, 5), [1, 2, 3]);
});

test("a gap is null", () => {
  assert.deepEqual(pageWindow(5, 9, 0), [1, null, 5, null, 9]);
});
