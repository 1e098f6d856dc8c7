"""The example that `assay new task` writes, in each language: small, whole, and passing its own check.

The task is the same everywhere: keep the numbers of a list that lie between two bounds. A mutant is told
as one replacement in the solution, so that it cannot drift away from it.
"""

from __future__ import annotations

import msgspec


class Example(msgspec.Struct, frozen=True):
    """One language's way to say it."""

    entry: str
    call: str
    """The function's name as cases call it."""
    signature: str
    error: str
    """How a wrong pair of bounds is reported, in the prompt's words."""
    solution: str
    mutants: dict[str, tuple[str, str]]
    """Name → what to replace in the solution, and by what."""
    hole: tuple[str, str]
    """For `completion`: the part of the solution that is left out, and what stands there instead."""

    def mutant(self, name: str) -> str:
        """The solution with one mutant's replacement made."""
        old, new = self.mutants[name]
        return self.solution.replace(old, new, 1)


_PYTHON = Example(
    entry="between.py",
    call="keep_between",
    signature="def keep_between(numbers: list[int], low: int, high: int) -> list[int]",
    error="raise `ValueError`",
    solution='''def keep_between(numbers: list[int], low: int, high: int) -> list[int]:
    """The numbers from low to high, both included, in their order."""
    if low > high:
        raise ValueError("low is above high")
    return [number for number in numbers if low <= number <= high]
''',
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "bounds-swapped-in-silence": ('raise ValueError("low is above high")', "low, high = high, low"),
    },
    hole=("    return [number for number in numbers if low <= number <= high]", "    ...  # your code here"),
)

_JAVASCRIPT = Example(
    entry="between.js",
    call="keepBetween",
    signature="function keepBetween(numbers, low, high)",
    error="throw a `RangeError`",
    solution="""/** The numbers from low to high, both included, in their order. */
function keepBetween(numbers, low, high) {
  if (low > high) throw new RangeError("low is above high");
  return numbers.filter((number) => low <= number && number <= high);
}

module.exports = { keepBetween };
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "bounds-swapped-in-silence": (
            'throw new RangeError("low is above high")',
            "[low, high] = [high, low]",
        ),
    },
    hole=("  return numbers.filter((number) => low <= number && number <= high);", "  // your code here"),
)

_TYPESCRIPT = Example(
    entry="between.ts",
    call="keepBetween",
    signature="export function keepBetween(numbers: number[], low: number, high: number): number[]",
    error="throw a `RangeError`",
    solution="""/** The numbers from low to high, both included, in their order. */
export function keepBetween(numbers: number[], low: number, high: number): number[] {
  if (low > high) throw new RangeError("low is above high");
  return numbers.filter((number) => low <= number && number <= high);
}
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "bounds-swapped-in-silence": (
            'throw new RangeError("low is above high")',
            "[low, high] = [high, low]",
        ),
    },
    hole=(
        "  return numbers.filter((number) => low <= number && number <= high);",
        "  return []; // your code here",
    ),
)

_GO = Example(
    entry="between.go",
    call="KeepBetween",
    signature="func KeepBetween(numbers []int, low, high int) ([]int, error)",
    error="return a non-nil `error`",
    solution="""package between

import "errors"

// KeepBetween returns the numbers from low to high, both included, in their order.
func KeepBetween(numbers []int, low, high int) ([]int, error) {
\tif low > high {
\t\treturn nil, errors.New("low is above high")
\t}
\tkept := []int{}
\tfor _, number := range numbers {
\t\tif low <= number && number <= high {
\t\t\tkept = append(kept, number)
\t\t}
\t}
\treturn kept, nil
}
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "error-swallowed": (
            'return nil, errors.New("low is above high")',
            "return nil, errors.Join()",
        ),
    },
    hole=("\t\tif low <= number && number <= high {", "\t\tif false { // your code here"),
)

_RUST = Example(
    entry="between.rs",
    call="keep_between",
    signature="pub fn keep_between(numbers: &[i64], low: i64, high: i64) -> Result<Vec<i64>, String>",
    error="return an `Err`",
    solution="""/// The numbers from low to high, both included, in their order.
pub fn keep_between(numbers: &[i64], low: i64, high: i64) -> Result<Vec<i64>, String> {
    if low > high {
        return Err("low is above high".to_string());
    }
    Ok(numbers.iter().copied().filter(|&number| low <= number && number <= high).collect())
}
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "error-swallowed": ('Err("low is above high".to_string())', "Ok(Vec::new())"),
    },
    hole=(
        "    Ok(numbers.iter().copied().filter(|&number| low <= number && number <= high).collect())",
        "    let _ = numbers;\n    Ok(Vec::new()) // your code here",
    ),
)

_JAVA = Example(
    entry="Between.java",
    call="keepBetween",
    signature="public static List<Integer> keepBetween(List<Integer> numbers, int low, int high)",
    error="throw an `IllegalArgumentException`",
    solution="""import java.util.ArrayList;
import java.util.List;

public class Between {
    /** The numbers from low to high, both included, in their order. */
    public static List<Integer> keepBetween(List<Integer> numbers, int low, int high) {
        if (low > high) {
            throw new IllegalArgumentException("low is above high");
        }
        List<Integer> kept = new ArrayList<>();
        for (int number : numbers) {
            if (low <= number && number <= high) {
                kept.add(number);
            }
        }
        return kept;
    }
}
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "error-swallowed": ('throw new IllegalArgumentException("low is above high")', "return new ArrayList<>()"),
    },
    hole=("            if (low <= number && number <= high) {", "            if (false) { // your code here"),
)

_CPP = Example(
    entry="between.cpp",
    call="keep_between",
    signature="std::vector<int> keep_between(const std::vector<int>& numbers, int low, int high)",
    error="throw a `std::invalid_argument`",
    solution="""#include <stdexcept>
#include <vector>

// The numbers from low to high, both included, in their order.
std::vector<int> keep_between(const std::vector<int>& numbers, int low, int high) {
    if (low > high) {
        throw std::invalid_argument("low is above high");
    }
    std::vector<int> kept;
    for (int number : numbers) {
        if (low <= number && number <= high) {
            kept.push_back(number);
        }
    }
    return kept;
}
""",
    mutants={
        "high-excluded": ("number <= high", "number < high"),
        "low-excluded": ("low <= number", "low < number"),
        "error-swallowed": ('throw std::invalid_argument("low is above high")', "return {}"),
    },
    hole=("        if (low <= number && number <= high) {", "        if (false) {  // your code here"),
)

EXAMPLES: dict[str, Example] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "go": _GO,
    "rust": _RUST,
    "java": _JAVA,
    "cpp": _CPP,
}

CASES: tuple[tuple[str, tuple[list[int], int, int], list[int] | None], ...] = (
    ("both bounds are included", ([1, 2, 3, 4, 5], 2, 4), [2, 3, 4]),
    ("the order stays", ([5, -1, 3, 5, 0], 0, 5), [5, 3, 5, 0]),
    ("nothing fits", ([1, 9], 4, 6), []),
    ("an empty list", ([], 0, 1), []),
    ("bounds that are one", ([6, 7, 8], 7, 7), [7]),
    ("bounds the wrong way round", ([1, 2, 3], 3, 1), None),
)
"""Name, arguments, and what comes back; None is an error."""
