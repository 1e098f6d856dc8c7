"""APPS's `all_codes.json` and `all_results.json`, as its `test_one_solution.py --print_results` reads them.

Its strict accuracy is ours. Tests after the first that an answer failed are not judged here, and stand in the file as
not passed: its average over tests is the least that it can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.core.task import Suite
from assay.core.trial import Decision, Status

_RUNTIME, _NO_PROGRAM = -1, -2


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """By the problem's number, an entry for each sample. What could not be judged is left out: there is no word for
    it."""
    into = folder / f"{name}-results"
    into.mkdir(exist_ok=True)
    codes: dict[str, list[str]] = defaultdict(list)
    results: dict[str, list[list[bool | int]]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: (one.task_id, one.sample)):
        if one.passed is not None:
            number = str(int(one.task_id))
            codes[number].append(one.completion or "")
            results[number].append(_tests(one))
    paths = [into / "all_codes.json", into / "all_results.json"]
    for path, content in zip(paths, (codes, results), strict=True):
        path.write_bytes(msgspec.json.encode(content))
    return paths


def _tests(one: Decision) -> list[bool | int]:
    counts = one.tests
    if one.status in (Status.INVALID, Status.REFUSED):
        return [_NO_PROGRAM] * max(1, counts.errors)
    fault: bool | int = _RUNTIME if one.status is Status.EXCEEDED else False
    return [True] * counts.passed + [fault] * counts.failed + [False] * counts.errors
