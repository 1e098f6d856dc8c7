"""What EvalPlus' own solutions return: learnt in a box, once for each task, and kept below $ASSAY_HOME.

Kept are digests of results, not results, which take gigabytes; and the seconds of each call, from which the official
time limits follow. A file that is not what was written is made anew.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

import msgspec

from assay.core.errors import TaskError
from assay.core.ids import content_hash
from assay.core.judging import Ended, Job, Step
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.formats.shown import plain

DIGEST = 16
"""Bytes for each result."""
NEVER = bytes(DIGEST)
"""In a result's place: it is always compared in full."""
OURS = Limits(cpu=600.0, wall=1800.0, memory=8192, processes=8)
"""For runs without a line of the answer's; some stored solutions take minutes and gigabytes."""
_VERSION = "1"
"""Bumped when digests are made otherwise."""
_REMEMBERED = 2000


class Expected(msgspec.Struct, frozen=True):
    """Of every input, in order."""

    digests: bytes
    floats: bytes
    """1 where the result is made of floats."""
    seconds: tuple[float, ...]

    @property
    def count(self) -> int:
        return len(self.seconds)

    def unlike(self, digests: bytes) -> tuple[int, ...]:
        """The inputs whose results, as far as there are any, are not the expected ones to the byte."""
        if digests == self.digests and NEVER not in digests:
            return ()
        pairs = [
            (digests[at : at + DIGEST], self.digests[at : at + DIGEST])
            for at in range(0, min(len(digests), len(self.digests)) // DIGEST * DIGEST, DIGEST)
        ]
        return tuple(place for place, (one, other) in enumerate(pairs) if one != other or other == NEVER)


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a task: what its function is called with."""

    solution: str
    """The benchmark's own whole program."""
    entry: str
    inputs: str
    """The arguments of each call, in JSON."""
    shape: str = ""
    oracle: str = ""


class Oracle:
    """What is expected, learnt at most once at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, asyncio.Task[Expected]] = OrderedDict()

    async def of(self, task: Task, part: Inputs, judge: Judge) -> Expected:
        """Raises TaskError where the benchmark's own solution does not run here."""
        key = content_hash("evalplus", _VERSION, judge.fingerprint(task.language), part)
        if key not in self._kept:
            self._kept[key] = asyncio.create_task(_learnt(key, task, part, judge))
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        learning = self._kept[key]
        try:
            return await asyncio.shield(learning)
        except BaseException:
            if learning.done():  # the next one tries again
                self._kept.pop(key, None)
            raise


async def _learnt(key: str, task: Task, part: Inputs, judge: Judge) -> Expected:
    place = _folder() / f"{key}.json"
    known = _read(place)  # it is small: a thread would take longer
    if known is None:
        known = await _asked(task, part, judge)
        await asyncio.to_thread(_write, place, known)
    return known


async def _asked(task: Task, part: Inputs, judge: Judge) -> Expected:
    asked = (part.solution, part.entry, part.inputs.encode(), part.shape, part.oracle)
    step = Step("call", "expect", asked)
    outcome = await judge.run(
        Job(language=task.language, files={}, entry="", driver="evalplus", cases=((step,),), limits=OURS)
    )
    said = outcome.cases[0][0].returned if outcome.ended is Ended.DONE else None
    match said:
        case [bytes(digests), bytes(floats), list(seconds)] if _fits(digests, floats, seconds):
            return Expected(digests, floats, tuple(seconds))
    why = outcome.limit or plain(outcome.log[-300:])
    raise TaskError(f"{task.id}: its own solution cannot be run on its inputs: {why}")


def _fits(digests: bytes, floats: bytes, seconds: list[float]) -> bool:
    return len(digests) == DIGEST * len(seconds) and len(floats) == len(seconds)


# On disk --------------------------------------------------------------------------------------------------


def _folder() -> Path:
    home = os.environ.get("ASSAY_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"
    return base / "expected"


def _read(place: Path) -> Expected | None:
    try:
        known = msgspec.json.decode(place.read_bytes(), type=Expected)
    except (OSError, msgspec.DecodeError):
        return None
    return known if _fits(known.digests, known.floats, list(known.seconds)) else None


def _write(place: Path, known: Expected) -> None:
    """Whole or not at all; a full disk costs only the time to learn it again."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
            file.write(msgspec.json.encode(known))
        Path(file.name).replace(place)
