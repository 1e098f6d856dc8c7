"""What a judge is given and what it sees. It never holds an expected value: it only runs answers
and says what they did; graders compare, on this side of the wall."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

import msgspec

from assay.core.task import Limits
from assay.core.trial import Status, TestCounts


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing done to the answer: call a function, make an object, call a method of the last one made."""

    op: Literal["call", "new", "do"]
    name: str
    args: tuple[Any, ...] = ()
    """Plain values: None, bool, int, float, str, bytes, list, tuple, set, dict."""


class Program(msgspec.Struct, frozen=True, omit_defaults=True):
    """One run of the answer as a program."""

    argv: tuple[str, ...] = ()
    stdin: str = ""
    files: dict[str, str] = {}
    """Written into the working folder before it starts."""
    collect: tuple[str, ...] = ()
    """Paths whose content is wanted afterwards."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to be run. Either `cases` (typed calls behind a generated driver) or `programs`."""

    language: str
    files: dict[str, str]
    """The answer's files, by path relative to the working folder."""
    entry: str
    """The file that holds the functions to be called, or the program's main."""
    api: tuple[str, ...] = ()
    """Signatures of what is called, in the language's own words, where its driver needs them."""
    records: dict[str, tuple[str, ...]] = {}
    """Fields, in order, of the plain record types that cross the wire, where the driver needs them."""
    cases: tuple[tuple[Step, ...], ...] = ()
    programs: tuple[Program, ...] = ()
    suite_files: tuple[str, ...] = ()
    """Those of `files` that are tests in one process with the answer: whether it changes them is looked at."""
    driver: str = ""
    """A driver other than the language's own, where a protocol needs one; `script` for `programs` in Python that are
    many and short."""
    recipe: str = ""
    """For `programs`: the harness whose commands build and run them, instead of the language's own here."""
    as_written: bool = False
    """What runs is to be what is written: where the language's machine can, it makes no code of texts."""
    limits: Limits = Limits()


class Raised(msgspec.Struct, frozen=True):
    """An error that the answer reported the way its language does."""

    kinds: tuple[str, ...]
    """The type's name and the names of what it derives from, nearest first; empty where untyped."""
    message: str = ""


class Opaque(msgspec.Struct, frozen=True):
    """A value that the wire cannot carry; never equal to any expected one."""

    type_name: str


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one step did: it returned or it raised."""

    returned: Any = None
    raised: Raised | None = None
    args_after: tuple[Any, ...] = ()
    """The arguments once more, for answers that change them in place."""


class Ran(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one run of a program did."""

    exit_code: int | None
    """`None`: it did not end by itself."""
    stdout: bytes = b""
    stderr: bytes = b""
    files: dict[str, bytes] = {}
    limit: str = ""
    """The limit it ran over: `cpu`, `wall`, `memory`, `processes`, `disk`, `output`."""
    signal: int | None = None


class Ended(StrEnum):
    """How a job came to its end."""

    DONE = "done"
    BUILD_FAILED = "build_failed"
    CRASHED = "crashed"
    """It died, or went away, before all that is owed was there."""
    EXCEEDED = "exceeded"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a judge saw of one job."""

    ended: Ended
    limit: str = ""
    """With `exceeded`: which limit."""
    cases: tuple[tuple[Seen, ...], ...] = ()
    """As many whole cases as were observed before the end; fewer than owed unless `done`."""
    programs: tuple[Ran, ...] = ()
    log: str = ""
    """The compiler's words, or what the answer printed; bounded."""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    """From when there was a sandbox for it, building included."""
    memory_peak: int | None = None
    """Bytes, where the machine can tell."""
    flags: tuple[str, ...] = ()
    """Attempts that were noticed: words of `core.flags`."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a solver makes of a task: the answer, ready to be judged."""

    completion: str = ""
    """The last reply's text as it came: what trials.jsonl keeps."""
    files: dict[str, str] = {}
    """The answer's files; empty when no code could be taken."""
    text: str = ""
    """For tasks that are answered in words."""
    problem: Literal["", "invalid", "refused"] = ""
    reason: str = ""
    finish_reason: str | None = None
    turns: int = 1
    flags: tuple[str, ...] = ()
    facts: dict[str, Any] = {}
    """What the solver counted on the way; kept as `solver` in the decision's detail."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a grader says of an attempt."""

    status: Status
    score: float | None
    reason: str = ""
    tests: TestCounts = TestCounts()
    strict: bool | None = None
    strict_reason: str = ""
    flags: tuple[str, ...] = ()
    detail: dict[str, Any] | None = None
    """The failing case (`call`, `expected`, `got`) and a bounded `log`."""
