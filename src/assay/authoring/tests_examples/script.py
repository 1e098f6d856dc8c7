"""In JavaScript and TypeScript: `node:test` with `node:assert`."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_TESTS = """\
test("both bounds are included", () => {
  assert.deepEqual(keepBetween([1, 2, 3, 4, 5], 2, 4), [2, 3, 4]);
});

test("order and repetitions stay", () => {
  assert.deepEqual(keepBetween([5, -1, 3, 5, 0], 0, 5), [5, 3, 5, 0]);
});

test("the list that is passed in stays as it is", () => {
  const numbers = [9, 1, 5];
  keepBetween(numbers, 0, 5);
  assert.deepEqual(numbers, [9, 1, 5]);
});

test("bounds that are one", () => {
  assert.doesNotThrow(() => keepBetween([], 7, 7));
  assert.deepEqual(keepBetween([6, 7, 8], 7, 7), [7]);
});

test("nothing", () => {
  assert.deepEqual(keepBetween([], 0, 1), []);
  assert.deepEqual(keepBetween([1, 9], 4, 6), []);
});

test("bounds the wrong way round", () => {
  assert.throws(() => keepBetween([1, 2, 3], 3, 1), RangeError);
});
"""
_BODIES = {
    "a-loop": """{
  if (high < low) {
    throw new RangeError(`${high} is below ${low}`);
  }
  const kept = [];
  for (const number of numbers) {
    if (number < low || number > high) continue;
    kept.push(number);
  }
  return kept;
}
""",
    "by-clamping": """{
  if (low > high) throw new RangeError();
  const inside = (number) => Math.min(Math.max(number, low), high) === number;
  return numbers.flatMap((number) => (inside(number) ? [number] : []));
}
""",
}
_MUTANTS = {
    "one-example": (_TESTS.partition("\n\n")[2], ""),
    "asserts-nothing": (_TESTS.partition("\n\n")[2], 'test("nothing", () => {\n  keepBetween([], 0, 1);\n});\n'),
    "more-than-is-said": ("3, 1), RangeError)", "3, 1), /low is above high/)"),
}
_WRONG = {
    "sorted": ("", "numbers.filter", "[...numbers].sort((a, b) => a - b).filter"),
    "takes-from-the-list": ("a-loop", "return kept;", "return numbers.splice(0, Infinity, ...kept), kept;"),
    "each-once": ("by-clamping", "return numbers", "return [...new Set(numbers)]"),
    "one-value-refused": ("a-loop", "high < low", "high <= low"),
}

JAVASCRIPT = TestsExample(
    entry="between.test.js",
    tests="""\
const assert = require("node:assert/strict");
const test = require("node:test");
const { keepBetween } = require("./between.js");

"""
    + _TESTS,
    mutants=_MUTANTS,
    right={
        name: f"function keepBetween(numbers, low, high) {body}\nmodule.exports = {{ keepBetween }};\n"
        for name, body in _BODIES.items()
    },
    wrong=_WRONG,
)

TYPESCRIPT = TestsExample(
    entry="between.test.ts",
    tests="""\
import assert from "node:assert/strict";
import test from "node:test";
import { keepBetween } from "./between";

"""
    + _TESTS,
    mutants=_MUTANTS,
    right={
        name: f"export function keepBetween(numbers: number[], low: number, high: number): number[] {body}"
        for name, body in _BODIES.items()
    },
    wrong=_WRONG,
)
