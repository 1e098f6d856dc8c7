"""The seam between isolating and judging: one answer's stay in a box.

A judge puts files in, runs commands, takes files out, and leaves. Whoever implements this (the Linux
sandbox here; containers) owes every stay the same: no network, nothing of the host but the
toolchains read-only, an empty working folder and /tmp, limits, and nobody left when it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import msgspec

from assay.core.errors import SandboxError
from assay.core.task import Limits


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to run inside a box."""

    argv: tuple[str, ...] = ()
    warm: str = ""
    """Instead of `argv`: the dotted name of a preloaded entry point (`package.module:function`), run in a
    fork of the box's own interpreter, which is quicker than starting one."""
    env: Mapping[str, str] = {}
    cwd: str = "."
    stdin: bytes = b""
    channel: bytes | None = None
    """Bytes that the command reads on descriptor 3, to their end; what it writes to descriptor 4 comes
    back in `Finished.channel`. `None`: neither descriptor is open."""
    limits: Limits = Limits()
    own_proc: bool = False
    """Where it is `warm`: /proc shows its own processes by their numbers, as programs find it anyhow."""
    last: bool = False
    """Nothing else is asked of the box in this stay: it may be cleared at once."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """How a command ended. Nothing that it started is alive any more."""

    exit_code: int | None
    """`None`: a signal, or we, ended it."""
    signal: int | None = None
    limit: str = ""
    """The limit it ran over: `cpu`, `wall`, `memory`, `processes`, `disk`, `output`; empty if none."""
    stdout: bytes = b""
    stderr: bytes = b""
    channel: bytes = b""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    memory_peak: int | None = None
    """Bytes for the whole tree, where the machine can tell."""
    flags: tuple[str, ...] = ()


class Box(Protocol):
    """One answer's stay. Files stay from one command to the next; processes do not."""

    async def put(self, files: Mapping[str, bytes]) -> None:
        """Writes files below the working folder, making folders; never through a link."""
        ...

    async def run(self, command: Command) -> Finished: ...

    async def take(self, path: str, *, most: int) -> bytes | None:
        """A file's first `most` bytes, or None when there is no such plain file."""
        ...


class Boxes(Protocol):
    """A pool of boxes: as many at once as it has workers."""

    def enter(self, *, alone: bool = False) -> AbstractAsyncContextManager[Box]:
        """An empty box for one answer; raises SandboxError when none can be had. With `alone`, no other stay goes on
        meanwhile."""
        ...

    @property
    def refuses_built(self) -> str:
        """Why a program that was built in a box may be refused to run there; empty where none is."""
        ...

    async def close(self) -> None: ...


class Services(Protocol):
    """Tools that stay from one answer to the next. They are locked in like answers, which they read but never run."""

    async def ask(self, tool: Command, request: bytes) -> bytes | None:
        """What the tool, started with this command if it is not there, makes of a request. None where it does not
        say: then it was ended, and what was wanted of it has to be done another way."""
        ...

    async def close(self) -> None: ...


class Mount(msgspec.Struct, frozen=True):
    """A host path that a box shows read-only, at the same path unless said otherwise."""

    source: str
    target: str = ""


def told_apart(paths: Sequence[str], output: bytes) -> dict[str, bytes]:
    """Files that came one after the other, each after a line with its size; those of size -1 are not there."""
    found, place = {}, 0
    for path in paths:
        end = output.find(b"\n", place)
        try:
            size = int(output[place:end])
        except ValueError as error:  # the tools of a container may be the answer's own by now
            raise SandboxError(f"files could not be read: {path} has no size") from error
        place = end + 1 + max(0, size)
        if size >= 0:
            found[path] = output[end + 1 : place]
    return found
