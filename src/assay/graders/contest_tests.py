"""The tests of contest tasks as their benchmarks keep them, unpacked only when an answer is judged.

A task's tests may be hundreds of megabytes as text, so that a task holds them packed as they came. What is
expected stays on this side: a judge is given inputs alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

import msgspec

from assay.core.errors import TaskError
from assay.core.task import Task
from assay.formats.pickled_text import unpack_text


class Probe(msgspec.Struct, frozen=True):
    """One test; of a function, `given` is the JSON list of its arguments and `expected` a value."""

    given: str
    expected: Any


class Contest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites of contest tasks write it."""

    harness: Literal["codecontests", "livecodebench", "apps"]
    path: str = "answer.py"
    function: str = ""
    """What is called; empty: the answer reads and prints."""
    tests: str
    """CodeContests: JSON, a list of [input, output]. APPS: its `input_output`. LiveCodeBench: its public tests."""
    private: str = ""
    """LiveCodeBench: its private tests, as JSON or packed."""


def read_contest(task: Task) -> tuple[Contest, tuple[Probe, ...]]:
    """Raises TaskError when the task's grading is not of this form."""
    try:
        form = msgspec.convert(task.grading, Contest)
        tests = _READERS[form.harness](form)
    except (msgspec.ValidationError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise TaskError(f"{task.id}: its tests cannot be read: {str(error)[:300]}") from error
    if not tests:
        raise TaskError(f"{task.id}: has no tests")
    return form, tests


def _codecontests(form: Contest) -> tuple[Probe, ...]:
    pairs = msgspec.json.decode(form.tests, type=list[tuple[str, str]])
    return tuple(Probe(given, expected) for given, expected in pairs)


class _Row(msgspec.Struct, frozen=True):
    input: str
    output: str


def _livecodebench(form: Contest) -> tuple[Probe, ...]:
    private = form.private
    if private and not private.lstrip().startswith("["):
        private = unpack_text(private)
    texts = [form.tests, private] if private else [form.tests]
    rows = [row for text in texts for row in msgspec.json.decode(text, type=list[_Row])]
    if not form.function:
        return tuple(Probe(row.input, row.output) for row in rows)
    return tuple(Probe(f"[{','.join(row.input.split(chr(10)))}]", json.loads(row.output)) for row in rows)


class _InOut(msgspec.Struct, frozen=True):
    inputs: list[Any]
    outputs: list[Any]


def _apps(form: Contest) -> tuple[Probe, ...]:
    tests = msgspec.convert(json.loads(form.tests), _InOut)
    pairs = zip(tests.inputs, tests.outputs, strict=True)
    if form.function:
        return tuple(Probe(json.dumps(_arguments(given)), _numbered(expected)) for given, expected in pairs)
    return tuple(Probe(_joined(given), _joined(expected)) for given, expected in pairs)


def _joined(text: Any) -> str:
    return "\n".join(text) if isinstance(text, list) else str(text)


def _arguments(given: Any) -> list[Any]:
    """Where the first argument is a map, it is the only one, and its keys are numbers if they can be."""
    if isinstance(given, list) and given and isinstance(given[0], dict):
        with suppress(ValueError):
            return [{"$map": [[int(key), value] for key, value in given[0].items()]}]
    return list(given)


def _numbered(expected: Any) -> Any:
    """A map, alone or first in a list, is a list of one map, with numbers for keys if they can be."""
    found = expected[0] if isinstance(expected, list) and expected else expected
    if isinstance(found, dict):
        with suppress(ValueError):
            return [{int(key): value for key, value in found.items()}]
    return expected


_READERS: dict[str, Callable[[Contest], tuple[Probe, ...]]] = {
    "codecontests": _codecontests,
    "livecodebench": _livecodebench,
    "apps": _apps,
}
