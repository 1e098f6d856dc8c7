"""What a language's examples are run as: one job with a run for each implementation and some names.

All programs keep to the same words: they get names, run the examples of each, and leave with `HELD`, or with `FAILED`
and the number of the name whose example did not hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from assay.core.judging import Program, Ran
from assay.formats.documented import Example

HELD, FAILED = 0, 10
UNTOLD = 1
"""Of a program that tells, and did not: neither of them."""


class Run(msgspec.Struct, frozen=True):
    """Examples of some names on one implementation."""

    what: str
    code: str
    names: tuple[str, ...]
    wrong: str = ""
    """The name that the implementation is wrong in; empty when it is right."""


class Asked(msgspec.Struct, frozen=True):
    """All that is to be run."""

    entry: str
    runs: Sequence[Run]
    keys: Sequence[str]
    """A word for each run that no answer can foresee: implementations stand side by side under these names."""
    examples: Mapping[str, tuple[Example, ...]]
    answer: Mapping[str, str]

    def of(self, run: Run) -> dict[str, tuple[Example, ...]]:
        """The examples that a run needs: what is not built takes no time."""
        return {name: self.examples[name] for name in run.names}

    @property
    def stem(self) -> str:
        """The entry's name without its ending."""
        return self.entry.rpartition("/")[2].partition(".")[0]


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What of a job depends on the language."""

    files: dict[str, str] = {}
    entry: str
    programs: tuple[Program, ...]
    """A program for each run, or one for all of them that tells."""
    tells: bool = False
    """Whether it says on its output how each run ended, by its key."""
    driver: str = ""
    recipe: str = ""


def by_key(asked: Asked) -> tuple[Program, ...]:
    """Runs of one program that holds all implementations: it is told which, and the names."""
    return tuple(Program(argv=(key, *run.names)) for key, run in zip(asked.keys, asked.runs, strict=True))


def all_in_one(asked: Asked, *words: str) -> tuple[Program, ...]:
    """One program for all runs, in the order of their keys, which is any; `words` stand before them."""
    runs = sorted(zip(asked.keys, asked.runs, strict=True), key=lambda one: one[0])
    return (Program(argv=(*words, *(":".join((key, *run.names)) for key, run in runs))),)


def ends(asked: Asked, work: Work, programs: Sequence[Ran]) -> list[Ran]:
    """How each run ended, in their order."""
    if not work.tells:
        return list(programs)
    (whole,) = programs
    told = dict(re.findall(rb"^(\w+) (\d{1,3})\r?$", whole.stdout, re.MULTILINE))
    lost = msgspec.structs.replace(whole, exit_code=UNTOLD)
    return [
        msgspec.structs.replace(whole, exit_code=int(told[key.encode()])) if key.encode() in told else lost
        for key in asked.keys
    ]
