"""The example of a task that asks for tests, as `assay new task` writes it: tests for the same small function.

The wrong implementations are told as replacements in the right one, as an example's mutants are.
"""

from __future__ import annotations

from assay.authoring.examples import EXAMPLES

LANGUAGES = ("python",)
"""Those in which there is such an example."""

_EXAMPLE = EXAMPLES["python"]
_HEAD = _EXAMPLE.signature + ":\n"
RIGHT = {
    "a-loop": f"""{_HEAD}    if high < low:
        raise ValueError((low, high))
    kept = []
    for number in numbers:
        if number < low or number > high:
            continue
        kept.append(number)
    return kept
""",
    "a-filter": f"""{_HEAD}    if low > high:
        raise ValueError
    return list(filter(lambda number: min(max(number, low), high) == number, numbers))
""",
}
"""Right implementations, written otherwise."""
_WRONG = {
    "sorted": ("for number in numbers", "for number in sorted(numbers)"),
    "each-once": ("for number in numbers", "for number in dict.fromkeys(numbers)"),
    "one-value-refused": ("if low > high", "if low >= high"),
}
_TESTS = """\
from between import keep_between


def test_both_bounds_are_included():
    assert keep_between([1, 2, 3, 4, 5], 2, 4) == [2, 3, 4]


def test_order_and_repetitions_stay():
    assert keep_between([5, -1, 3, 5, 0], 0, 5) == [5, 3, 5, 0]


def test_one_value():
    try:
        kept = keep_between([6, 7, 8], 7, 7)
    except ValueError:
        kept = None
    assert kept == [7]


def test_nothing():
    assert keep_between([], 0, 1) == []
    assert keep_between([1, 9], 4, 6) == []


def test_bounds_the_wrong_way_round():
    try:
        keep_between([1, 2, 3], 3, 1)
    except ValueError:
        return
    raise AssertionError("no error")
"""
_MUTANTS = {
    "one-example": _TESTS.partition("\n\n\ndef test_order")[0] + "\n",
    "asserts-nothing": _TESTS.replace("    assert ", "    _ = "),
    "more-than-is-said": _TESTS.replace(
        "except ValueError:\n        return",
        'except ValueError as error:\n        assert "low" in str(error)\n        return',
    ),
}


def tests_files() -> dict[str, str]:
    """The task's files but for task.toml, by path."""
    entry = _EXAMPLE.entry
    wrong = {name: _EXAMPLE.mutant(name) for name in _EXAMPLE.mutants}
    wrong |= {name: _EXAMPLE.solution.replace(old, new, 1) for name, (old, new) in _WRONG.items()}
    return {
        "prompt.md": f"""Write tests for this function of `{entry}`:

    {_EXAMPLE.signature}

It returns those numbers that lie between `low` and `high`, both included, in the order in which they
came; a number that comes twice is kept twice. An empty list gives an empty list. If `low` is greater
than `high`, {_EXAMPLE.error}. The list that is passed in stays as it is.
""",
        f"files/{entry}": _EXAMPLE.solution,
        f"solution/test_{entry}": _TESTS,
        **{f"tests/right/{name}/{entry}": text for name, text in RIGHT.items()},
        **{f"tests/wrong/{name}/{entry}": text for name, text in wrong.items()},
        **{f"mutants/{name}/test_{entry}": text for name, text in _MUTANTS.items()},
    }
