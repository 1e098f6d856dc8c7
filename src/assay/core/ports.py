"""All seams of the house, named by role. An adapter implements one; wiring connects them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

from assay.core.entrant import Entrant
from assay.core.judging import Attempt, Job, Outcome, Ran, Verdict
from assay.core.messages import Reply, Request
from assay.core.task import Limits, Task
from assay.core.trial import CallEvent, Decision


class Model(Protocol):
    """Something that answers. One call of `reply` is one physical call: no retry, no queue, no record.
    It fails with ProviderError and nothing else."""

    async def reply(self, request: Request) -> Reply: ...

    async def close(self) -> None: ...


OnRun = Callable[[int, Ran], bool]
"""Hears of each run of a program as it ends, by its number, and says whether to go on to the next. The numbers begin
again where a whole job has to be done once more."""


class Judge(Protocol):
    """Runs many short programs in warm workers and says what they did."""

    def supports(self, language: str) -> str:
        """Empty when `language` can be judged here; else the reason why not, with what to install."""
        ...

    def fingerprint(self, language: str) -> str:
        """Toolchain version and mode: what of this judge can change a verdict."""
        ...

    async def run(self, job: Job, *, on_run: OnRun | None = None) -> Outcome:
        """Raises SandboxError when the apparatus, not the answer, fails. With `on_run`, the outcome of a job's
        programs holds none of their runs but the last: whoever heard of them decided."""
        ...

    async def close(self) -> None: ...


class Executed(msgspec.Struct, frozen=True):
    """How a command in a workspace ended."""

    exit_code: int | None
    stdout: bytes
    stderr: bytes
    limit: str = ""
    """The limit it ran over, if it did."""


class Workspace(Protocol):
    """One box for a long session on an image or a tree of files: commands come and go, one at a time; files stay."""

    async def exec(
        self,
        argv: Sequence[str],
        *,
        cwd: str = ".",
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        limits: Limits | None = None,
        on_output: Callable[[str, bytes], None] | None = None,
    ) -> Executed:
        """`on_output` hears (`stdout` or `stderr`, piece) as it comes. Ends with the whole tree dead."""
        ...

    async def read(self, path: str) -> bytes: ...

    async def write(self, path: str, data: bytes) -> None: ...

    async def snapshot(self) -> str:
        """Remembers the tree as it is; the name is for `diff`."""
        ...

    async def diff(self, since: str) -> dict[str, bytes | None]:
        """Paths changed since a snapshot, with their content; `None` for those that are gone."""
        ...

    async def close(self) -> None: ...


class Workspaces(Protocol):
    """Opens workspaces of one kind of sandbox."""

    async def open(self, tree: dict[str, bytes], *, image: str = "", limits: Limits | None = None) -> Workspace: ...


JudgeAttempt = Callable[[Attempt], Awaitable[Verdict]]


class Solver(Protocol):
    """Turns task × model into an attempt. `judge` is for solvers that need the test output."""

    async def solve(self, task: Task, model: Model, entrant: Entrant, sample: int, judge: JudgeAttempt) -> Attempt: ...


class Grader(Protocol):
    """Turns an attempt into a verdict."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict: ...


class Pricer(Protocol):
    """Says what calls cost, and how it knows."""

    def price(self, entrant: Entrant, reply: Reply) -> Cost: ...

    def worst(self, entrant: Entrant, request: Request) -> float | None:
        """The most that one call can cost; `None` when no price is known."""
        ...


class Cost(msgspec.Struct, frozen=True):
    """Dollars, and where they come from."""

    usd: float | None
    source: str
    """`billed`, `priced`, `estimated`, `local` or `unknown`."""
    price_id: str = ""


class Journal(Protocol):
    """The append-only record of one run. What has been appended survives a kill of this process."""

    def decide(self, decision: Decision) -> None: ...

    def call(self, event: CallEvent) -> None: ...

    def blob(self, data: bytes) -> str:
        """Keeps `data` once and returns its SHA-256."""
        ...

    def read_blob(self, digest: str) -> bytes: ...

    def decisions(self) -> Iterator[Decision]: ...

    def calls(self) -> Iterator[CallEvent]: ...

    def close(self) -> None: ...


class Answers(Protocol):
    """Answers of another run, found by what was asked."""

    def find(self, request_hash: str, *, sample: int, turn: int) -> CallEvent | None: ...


class Listener(Protocol):
    """Hears the events of a run: progress bar, log, JSON lines."""

    def __call__(self, event: Any) -> None: ...
