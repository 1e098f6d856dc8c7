"""Runs a commit's tests before and after it, several times, and says which of them it mended. It knows neither git
nor folders: trees are values, and all that runs, runs where answers are judged.
"""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from assay.authoring.mining.last_words import last_words
from assay.core.judging import Ended
from assay.core.ports import Judge
from assay.core.task import Limits
from assay.formats.test_output import cleaned
from assay.formats.test_results import PASSED, read_results
from assay.graders.command import FOLDER, command_job, printed

REPEATS = 3
_MOST_MUTANTS = 4
_MANY_LINES = 2000
"""Beyond which lines that are there often are no landmarks: a file of equal lines would be compared for hours."""


class Trees(msgspec.Struct, frozen=True, kw_only=True):
    """One commit's texts by path."""

    language: str
    command: str
    start: Mapping[str, str]
    """The tree before it, without the tests that it changes."""
    solution: Mapping[str, str]
    tests: Mapping[str, str]
    """The tests that it changes, as they are after it."""


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """What became of its tests."""

    fixed: tuple[str, ...]
    kept: tuple[str, ...]
    flaky: int
    """Tests that did not come to the same each time: left out."""
    mutants: Mapping[str, Mapping[str, str]]
    """Wrong answers that were seen to fail: files that differ from the fix's."""


class Dropped(msgspec.Struct, frozen=True):
    """Why nothing comes of it: a reason that others can share, and a word on this one."""

    reason: str
    detail: str = ""


async def prove(trees: Trees, judge: Judge, *, limits: Limits) -> Proven | Dropped:
    """Tests that fail before and pass after, each time."""
    runner = _Runner(trees, judge, limits)
    first = await asyncio.gather(runner.run({}), runner.run(trees.solution))
    if dropped := next((one for one in first if isinstance(one, Dropped)), None):
        return dropped
    before, after = [first[0]], [first[1]]
    if not any(PASSED in one.values() for one in after if isinstance(one, dict)):
        return Dropped("its tests do not run here", runner.last_words)
    if not _steady(before, after)[0]:
        return Dropped("no test fails before it and passes after it")
    for _ in range(REPEATS - 1):
        for runs, answer in ((before, {}), (after, trees.solution)):
            runs.append(await runner.run(answer))
    results = [one for one in (*before, *after) if isinstance(one, dict)]
    if len(results) < 2 * REPEATS:
        return Dropped("its tests do not end alike each time")
    fixed, kept, flaky = _steady(before, after)
    if not fixed:
        return Dropped("its tests do not end alike each time")
    mutants = {}
    for name, files in _mutants(trees):
        if not name or await runner.fails({**trees.solution, **files}, (*fixed, *kept)):
            mutants[name or "nothing-changed"] = files
    return Proven(fixed=fixed, kept=kept, flaky=flaky, mutants=mutants)


class _Runner:
    def __init__(self, trees: Trees, judge: Judge, limits: Limits) -> None:
        self._trees = trees
        self._judge = judge
        self._limits = limits
        self.last_words = ""
        """Of the last run with an answer: without one, tests may rightly lack what they import."""

    async def run(self, answer: Mapping[str, str]) -> dict[str, str] | Dropped:
        trees = self._trees
        job = command_job(
            trees.language,
            trees.command,
            files={**trees.start, **answer, **trees.tests},
            tests=(),
            limits=self._limits,
        )
        outcome = await self._judge.run(job)
        if outcome.ended is Ended.EXCEEDED:
            return Dropped(f"its tests run over the limit: {outcome.limit}")
        if answer:
            self.last_words = last_words(cleaned(printed(outcome), folder=FOLDER))
        return read_results(trees.command, printed(outcome))

    async def fails(self, answer: Mapping[str, str], names: tuple[str, ...]) -> bool:
        """Each time: what passes by chance is no wrong answer."""
        for _ in range(REPEATS):
            results = await self.run(answer)
            if isinstance(results, dict) and all(results.get(name) == PASSED for name in names):
                return False
        return True


Results = list[dict[str, str] | Dropped]


def _steady(before: Results, after: Results) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Tests that never pass before and always after, those that always pass, and how many cannot be relied on."""
    one_side = [[one for one in runs if isinstance(one, dict)] for runs in (before, after)]
    fixed: list[str] = []
    kept: list[str] = []
    flaky = 0
    for name in sorted({name for runs in one_side for one in runs for name in one}):
        then, now = ({one.get(name) == PASSED for one in runs} for runs in one_side)
        if len(then) > 1 or len(now) > 1:
            flaky += 1
        elif True in now:
            (kept if True in then else fixed).append(name)
    return tuple(fixed), tuple(kept), flaky


class Part(NamedTuple):
    """One place at which a fix changes a file: these old lines become those new ones."""

    path: str
    old: list[str]
    new: list[str]
    lines: tuple[int, int, int, int]
    """From and to in the old file, from and to in the new one."""

    @property
    def size(self) -> int:
        old_start, old_end, new_start, new_end = self.lines
        return max(old_end - old_start, new_end - new_start)

    def left_out(self) -> str:
        """The new file as it would be without this change."""
        old_start, old_end, new_start, new_end = self.lines
        return "".join([*self.new[:new_start], *self.old[old_start:old_end], *self.new[new_end:]])


def parts_of(trees: Trees) -> list[Part]:
    """All places at which the fix changes something."""
    parts = []
    for path, text in trees.solution.items():
        old, new = (one.splitlines(keepends=True) for one in (trees.start.get(path, ""), text))
        matched = difflib.SequenceMatcher(None, old, new, autojunk=len(new) > _MANY_LINES)
        parts += [Part(path, old, new, code[1:]) for code in matched.get_opcodes() if code[0] != "equal"]
    return parts


def _mutants(trees: Trees) -> Iterator[tuple[str, dict[str, str]]]:
    """The change that changes nothing, under no name; then the fix without one of its parts, for the largest in turn.
    As a task's folder has them: files to be laid over those of the fix."""
    yield "", {path: trees.start.get(path, "") for path in trees.solution}
    parts = sorted(parts_of(trees), key=lambda part: -part.size)
    for number, part in enumerate(parts[:_MOST_MUTANTS] if len(parts) > 1 else (), start=1):
        yield f"without-part-{number}", {part.path: part.left_out()}
