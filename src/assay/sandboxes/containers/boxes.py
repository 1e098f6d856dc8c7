"""Boxes over containers: a container for each stay, so that no two answers ever meet.

The image brings the toolchains, or the host's are shown read-only. There is no warm interpreter: an entry point is
loaded by the image's own Python, from a copy of its file and of those beside it that it imports. A container starts
with the first command, as only then its limits are known.
"""

from __future__ import annotations

import asyncio
import importlib.util
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Command, Finished, Mount
from assay.sandboxes.containers import owners, scripts
from assay.sandboxes.containers.container import Container, Ordered, Shape
from assay.sandboxes.containers.engine import Engine, find_engine
from assay.sandboxes.linux.pool import checked
from assay.sandboxes.logs import readable

_WARM = (
    "import sys; sys.path.insert(0, {folder!r}); import {name} as entry; "
    "getattr(entry, 'prepare', lambda: None)(); entry.{function}({ends})"
)


class ContainerBox:
    """One answer's stay. Files that were put wait for the next command, which writes them on its way."""

    def __init__(self, container: Container, shape: Shape, *, python: str) -> None:
        self._container = container
        self._shape = shape
        self._python = python
        self._waiting: dict[str, bytes] = {}
        self._started = False

    async def put(self, files: Mapping[str, bytes]) -> None:
        self._waiting |= {checked(path): data for path, data in files.items()}

    async def run(self, command: Command) -> Finished:
        cwd = checked(command.cwd, folder=True)
        await self._start(command.limits)
        put, self._waiting = self._waiting, {}
        argv: Sequence[str] = command.argv
        spare: dict[str, bytes] = {}
        if command.warm:
            argv, spare = self._cold(command.warm, with_channel=command.channel is not None)
        ordered = Ordered(
            argv=argv, env=command.env, cwd=cwd, stdin=command.stdin, channel=command.channel,
            limits=command.limits, files=put, spare=spare,
        )  # fmt: skip
        return await self._container.run(ordered, output=command.limits.output << 10)

    async def take(self, path: str, *, most: int) -> bytes | None:
        path = checked(path)
        if not self._started and not self._waiting:
            return None
        limits = Limits()
        await self._start(limits)
        put, self._waiting = self._waiting, {}
        if await self._container.put(put, most=self._shape.room << 20) is None:
            raise SandboxError("a container has no room left")
        code, data, said = await self._container.chore(scripts.take(self._shape.folder, path, most), most=most)
        if code == 0:
            return data
        if code != scripts.NOTHING_THERE:
            raise SandboxError(f"a file could not be read: {readable(said) or code}")
        return None

    def _cold(self, warm: str, *, with_channel: bool) -> tuple[Sequence[str], dict[str, bytes]]:
        """A preloaded entry point, started by the image's own Python instead."""
        name, _, function = warm.partition(":")
        code = _WARM.format(folder=scripts.SPARE, name=name, function=function, ends="3, 4" if with_channel else "")
        return (self._python, "-E", "-s", "-S", "-B", "-c", code), _files_of(name)

    async def _start(self, limits: Limits) -> None:
        if not self._started:
            self._started = True
            await self._container.start(limits)


def _files_of(name: str) -> dict[str, bytes]:
    """A module and what it imports from its own package, at the paths at which they are imported; the packages
    themselves are empty."""
    package, files, waiting = name.rpartition(".")[0], {}, [name]
    while waiting:
        module = waiting.pop()
        found = importlib.util.find_spec(module)
        if found is None or found.origin is None:
            raise SandboxError(f"no such entry point: {module}")
        path = f"{module.replace('.', '/')}.py"
        if path not in files:
            files[path] = Path(found.origin).read_bytes()
            waiting += _siblings(files[path].decode(), package) if package else []
    parts = package.split(".") if package else []
    return {"/".join([*parts[: depth + 1], "__init__.py"]): b"" for depth in range(len(parts))} | files


def _siblings(source: str, package: str) -> list[str]:
    """The modules of the package that a source imports."""
    whole = rf"^from {re.escape(package)} import ([\w, ]+)"
    parts = rf"^from ({re.escape(package)}\.\w+) import"
    named = [name for line in re.findall(whole, source, re.MULTILINE) for name in line.split(",")]
    return [*(f"{package}.{name.split()[0]}" for name in named), *re.findall(parts, source, re.MULTILINE)]


class ContainerBoxes:
    """As many boxes at once as there are workers."""

    def __init__(
        self,
        image: str,
        workers: int,
        mounts: Sequence[Mount] = (),
        *,
        engine: Engine | None = None,
        python: str = "python3",
        user: str = "65534:65534",
        room: int = 1024,
        cpus: float = 0.0,
    ) -> None:
        """`mounts` of the host are shown read-only; `python` is what starts entry points inside. `room` bounds the
        working folder and /tmp, in MiB each, above any command's own limit; `cpus` the processors of one box."""
        self._engine = engine or find_engine()
        self._shape = Shape(image=image, user=user, mounts=tuple(mounts), room=room, cpus=cpus)
        self._python = python
        self._workers = workers
        self._free = asyncio.Semaphore(workers)
        self._one_alone = asyncio.Lock()
        self._open: set[Container] = set()
        self._closed = False

    @property
    def refuses_built(self) -> str:
        return ""

    @asynccontextmanager
    async def enter(self, *, alone: bool = False) -> AsyncIterator[ContainerBox]:
        """An empty box for one answer. With `alone`, no other stay runs meanwhile."""
        await self._wait(self._workers if alone else 1)
        try:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            await owners.sweep(self._engine)
            container = Container(self._engine, self._shape)
            self._open.add(container)
            try:
                yield ContainerBox(container, self._shape, python=self._python)
            finally:
                await asyncio.shield(self._leave(container))
        finally:
            for _ in range(self._workers if alone else 1):
                self._free.release()

    async def _wait(self, places: int) -> None:
        """Several places are taken under a lock: two who want all would otherwise wait for each other."""
        taken = 0
        try:
            async with self._one_alone:
                while taken < places:
                    await self._free.acquire()
                    taken += 1
        except BaseException:
            for _ in range(taken):
                self._free.release()
            raise

    async def _leave(self, container: Container) -> None:
        self._open.discard(container)
        await container.end()

    async def close(self) -> None:
        """Ends every container; stays still open find theirs dead."""
        self._closed = True
        await asyncio.gather(*(self._leave(container) for container in list(self._open)))
