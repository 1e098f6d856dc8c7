"""The example of a review that `assay new task` writes: the same small function, changed for the worse in two places.

The defects are two of the function's mutants, so that the example works in each language.
"""

from __future__ import annotations

import difflib
import json

from assay.authoring.examples import Example

_WORDS = ("from low to high,", "from low up to high,")
"""What the decoy changes: words of a comment."""
_KINDS = {
    "off-by-one": "a bound, an index or a count is one too many or one too few",
    "error-swallowed": "something wrong is no longer reported",
    "slow": "it takes far more time or memory than it needs to",
}


def review_files(example: Example) -> dict[str, str]:
    """The task's files but for task.toml, by path."""
    after = example.solution.replace(*_WORDS)
    bound, swallowed = example.mutants["high-excluded"], list(example.mutants.values())[2]
    for old, new in (bound, swallowed):
        after = after.replace(old, new, 1)
    places = [_line_of(after, part) for part in (bound[1], swallowed[1], _WORDS[1])]
    one, other, decoy = ({"file": example.entry, "line": number} for number, _ in places)
    right = [{**one, "kind": "off-by-one"}, {**other, "kind": "error-swallowed"}]
    wrong = {
        "nothing-found": [],
        "decoy-instead": [right[0], {**decoy, "kind": "error-swallowed"}],
        "wrong-kinds": [{**one, "kind": "slow"}, {**other, "kind": "slow"}],
    }
    return {
        "prompt.md": f"A colleague asks for a review of this change to `{example.entry}`, which is said to read better."
        f" The function is still to do the same: to keep the numbers between two bounds, both included, and to"
        f" {example.error} if the lower one is above the upper one.\n",
        "files/change.diff": _diff(example, after),
        "tests/review.toml": _plan(example.entry, [line.strip() for _, line in places]),
        "solution/findings.json": _told(right),
        **{f"mutants/{name}/findings.json": _told(findings) for name, findings in wrong.items()},
    }


def _line_of(text: str, part: str) -> tuple[int, str]:
    return next((n, line) for n, line in enumerate(text.split("\n"), start=1) if part in line)


def _diff(example: Example, after: str) -> str:
    names = (f"a/{example.entry}", f"b/{example.entry}")
    lines = difflib.unified_diff(example.solution.splitlines(), after.splitlines(), *names, n=40, lineterm="")
    return "\n".join(lines) + "\n"


def _told(findings: list[dict[str, object]]) -> str:
    return "[\n" + ",\n".join(f"  {json.dumps(one)}" for one in findings) + "\n]\n" if findings else "[]\n"


def _plan(file: str, lines: list[str]) -> str:
    bound, swallowed, decoy = map(json.dumps, lines)
    kinds = "\n".join(f"{kind} = {json.dumps(meaning)}" for kind, meaning in _KINDS.items())
    return f"""\
tolerance = 1
false_alarms = 1

[kinds]
{kinds}

[[defects]]
file = "{file}"
code = {bound}
kind = "off-by-one"
why = "A number equal to the upper bound gets lost."

[[defects]]
file = "{file}"
code = {swallowed}
kind = "error-swallowed"
why = "Bounds the wrong way round are taken in silence."

[[decoys]]
file = "{file}"
code = {decoy}
why = "Only the words of the comment are others."
"""
