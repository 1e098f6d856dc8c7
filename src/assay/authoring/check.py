"""Whether tasks prove themselves: the solution passes, and everything that must not pass does not, each time anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from assay.authoring.side_by_side import side_by_side
from assay.core.errors import SandboxError, TaskError, Unsupported
from assay.core.ids import content_hash
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Grader, Judge
from assay.core.task import Suite, Task
from assay.core.trial import Status


class Finding(msgspec.Struct, frozen=True):
    """One thing to say of one task; as text it is one line."""

    task_id: str
    kind: Literal["fault", "apparatus", "unsupported"]
    """The task's own fault; this machine's; or nothing could be tried here."""
    text: str

    def __str__(self) -> str:
        return f"{self.task_id}: {self.text}"


class _Trial(msgspec.Struct, frozen=True):
    """An answer to be judged, and what must come of it."""

    task: Task
    what: str
    files: dict[str, str]
    passes: bool


async def check_tasks(
    suite: Suite,
    judge: Judge,
    grader: Grader,
    *,
    parallel: int = 4,
    repeats: int = 2,
    wrong_repeats: int = 1,
    seed: int = 0,
    on_judged: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """All findings, in the order of the tasks; none means that all is well.

    Solutions are judged `repeats` times, wrong answers `wrong_repeats` times, those of all tasks in one order that
    `seed` draws. `on_judged` hears how many of how many are done."""
    findings: dict[str, list[Finding]] = {}
    trials: list[_Trial] = []
    for task in suite.tasks:
        reason = judge.supports(task.language)
        findings[task.id] = [Finding(task.id, "unsupported", reason)] if reason else []
        trials += [] if reason else _trials(task)
    times = [repeats if trial.passes else wrong_repeats for trial in trials]
    turns = _drawn([at for at, count in enumerate(times) for _ in range(count)], seed)
    done = 0

    async def take(turn: int) -> Verdict | Finding:
        nonlocal done
        said = await _judged(trials[turn], judge, grader)
        done += 1
        if on_judged is not None:
            on_judged(done, len(turns))
        return said

    said: list[list[Verdict | Finding]] = [[] for _ in trials]
    for turn, result in zip(turns, await side_by_side(take, turns, parallel=parallel), strict=True):
        said[turn].append(result)
    for trial, results in zip(trials, said, strict=True):
        findings[trial.task.id] += _concluded(trial, results)
    return list(dict.fromkeys(finding for of_task in findings.values() for finding in of_task))


def _trials(task: Task) -> Iterator[_Trial]:
    """The right answer, and all that is wrong by design."""
    yield _Trial(task, "its solution", task.solution, True)
    yield _Trial(task, "an empty answer", dict.fromkeys(task.solution, ""), False)
    if task.files:
        yield _Trial(task, "leaving the starting files as they are", task.files, False)
    for number, files in enumerate(task.mutants, start=1):
        what = f"mutant {number} of {len(task.mutants)} (in the order of their names)"
        yield _Trial(task, what, files, False)


def _drawn(turns: Sequence[int], seed: int) -> list[int]:
    """In an order that depends on nothing but the seed and how many there are."""
    places = sorted(range(len(turns)), key=lambda place: content_hash(seed, place))
    return [turns[place] for place in places]


async def _judged(trial: _Trial, judge: Judge, grader: Grader) -> Verdict | Finding:
    task = trial.task
    try:
        return await grader.grade(task, Attempt(files=trial.files), judge)
    except TaskError as error:
        return Finding(task.id, "fault", f"{trial.what} cannot be judged: {error}")
    except SandboxError as error:
        return Finding(task.id, "apparatus", f"{trial.what} could not be judged here: {error}")
    except Unsupported as error:
        return Finding(task.id, "unsupported", str(error))


def _concluded(trial: _Trial, said: Sequence[Verdict | Finding]) -> Iterator[Finding]:
    """What is wrong with the verdicts on one answer."""
    yield from (one for one in said if isinstance(one, Finding))
    verdicts = [one for one in said if isinstance(one, Verdict)]
    counts = Counter(verdict.status for verdict in verdicts)
    wrong = next((verdict for verdict in verdicts if (verdict.status is Status.PASSED) != trial.passes), None)
    if len(counts) > 1:
        times = ", ".join(f"{status} {count} of {len(verdicts)} times" for status, count in counts.most_common())
        failed = next(verdict for verdict in verdicts if verdict.status is not Status.PASSED)
        reason = f" ({failed.reason})" if failed.reason else ""
        yield Finding(trial.task.id, "fault", f"{trial.what} is not always judged alike: {times}{reason}")
    elif wrong is not None and trial.passes:
        reason = f"{wrong.status}: {wrong.reason}" if wrong.reason else str(wrong.status)
        yield Finding(trial.task.id, "fault", f"{trial.what} does not pass ({reason})")
    elif wrong is not None:
        yield Finding(trial.task.id, "fault", f"{trial.what} passes; add a case that it fails")
    elif trial.passes and trial.task.category == "tests" and (left := [one for one in verdicts if one.tests.failed]):
        missed = (left[0].detail or {}).get("got", "")
        yield Finding(trial.task.id, "fault", f"{trial.what} does not catch every wrong implementation ({missed})")
