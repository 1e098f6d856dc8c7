"""A pool of workers, and the stays that it leases them for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import PurePosixPath

import msgspec

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Command, Finished, Mount
from assay.sandboxes.linux import users
from assay.sandboxes.linux.handle import Orders, Worker
from assay.sandboxes.linux.launch import plan_for, started

_STAYS_AT_MOST = 5000
"""An interpreter's heap creeps (about a tenth of a KiB a stay); a new worker costs a tenth of a second."""
CHORE = Limits(cpu=60.0, wall=120.0, memory=512, processes=8)


class LinuxBox:
    """One answer's stay. Files that were put wait for the next command, which writes them on its way."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._waiting: dict[str, bytes] = {}
        self._disk = CHORE.disk

    async def put(self, files: Mapping[str, bytes]) -> None:
        self._waiting |= {checked(path): data for path, data in files.items()}

    async def run(self, command: Command) -> Finished:
        limits = command.limits
        self._disk = limits.disk
        put, self._waiting = self._waiting, {}
        orders = Orders(
            kind="command", argv=command.argv, warm=command.warm, env=command.env,
            cwd=checked(command.cwd, folder=True), limits=limits, own_proc=command.own_proc, last=command.last,
        )  # fmt: skip
        return await self._worker.run(
            orders, put=put, stdin=command.stdin, channel=command.channel, output=limits.output << 10
        )

    async def take(self, path: str, *, most: int) -> bytes | None:
        done = await self._chore(Orders(kind="take", path=checked(path), most=most), output=most)
        return done.stdout if done.exit_code == 0 and not done.limit else None

    async def _chore(self, orders: Orders, *, output: int) -> Finished:
        put, self._waiting = self._waiting, {}
        limits = msgspec.structs.replace(CHORE, disk=self._disk)
        return await self._worker.run(msgspec.structs.replace(orders, limits=limits), put=put, output=output)


class LinuxBoxes:
    """As many boxes at once as there are workers. Workers start when first needed, and are replaced when they
    die or cannot prove that they are clean."""

    def __init__(
        self,
        workers: int,
        mounts: Sequence[Mount] = (),
        preload: Sequence[str] = (),
        *,
        preload_from: Sequence[str] = (),
        fenced: bool = False,
        native: bool = True,
        warm_env: Mapping[str, str] | None = None,
    ) -> None:
        """`mounts` are shown besides Python and the system's libraries. `preload` names entry points for
        `Command.warm`, importable from this package or from the folders in `preload_from`.
        `warm_env` is the environment of most warm commands, which costs those nothing that have it.
        `fenced` does without namespaces, and not `native` without compiled code, even where they can be had."""
        self._plan = plan_for(
            mounts, preload=preload, preload_from=preload_from, fenced=fenced, native=native, warm_env=warm_env
        )
        self._free = asyncio.Semaphore(workers)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._gate = _Gate()
        self._closed = False

    @asynccontextmanager
    async def enter(self, *, alone: bool = False) -> AsyncIterator[LinuxBox]:
        """An empty box for one answer. With `alone`, no other stay runs meanwhile."""
        async with self._gate.inside(alone=alone), self._free:
            worker = await self._lease()
            try:
                yield LinuxBox(worker)
            finally:
                if not self._take_back(worker):
                    await _uninterrupted(self._give_back(worker))

    @property
    def refuses_built(self) -> str:
        plan = self._plan
        if not plan.fenced or users.has_another((source for source, _ in plan.mounts), privileged=plan.privileged):
            return ""
        return (
            "without namespaces, and with answers as the user who started assay, no file can be made executable: allow "
            "namespaces, or be root and keep the toolchains where everybody may read (`assay doctor machine` says how)"
        )

    async def _lease(self) -> Worker:
        if self._closed:
            raise SandboxError("the sandbox is closed")
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            await self._end(worker)
        made: list[Worker] = []
        try:
            worker, self._plan = await started(self._plan, keep=made.append)
        except BaseException:
            for worker in made:
                await _uninterrupted(worker.end())
            raise
        self._all.add(worker)
        return worker

    def _take_back(self, worker: Worker) -> bool:
        """At once, where the worker proved itself clean with the last command of the stay."""
        if self._closed or not worker.is_clean or worker.stays >= _STAYS_AT_MOST:
            return False
        worker.begin_stay()
        self._idle.append(worker)
        return True

    async def _give_back(self, worker: Worker) -> None:
        if not self._closed and worker.stays < _STAYS_AT_MOST and await worker.clean():
            worker.begin_stay()
            self._idle.append(worker)
        else:
            await self._end(worker)

    async def _end(self, worker: Worker) -> None:
        if worker in self._all:
            self._all.remove(worker)
            await worker.end()

    async def close(self) -> None:
        """Ends every worker; stays still open find theirs dead."""
        self._closed = True
        self._idle.clear()
        await asyncio.gather(*(self._end(worker) for worker in list(self._all)))


class _Gate:
    """Lets many in together, or one alone; who waits to be alone lets nobody in before."""

    def __init__(self) -> None:
        self._inside = 0
        self._alone = False
        self._waiting: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def inside(self, *, alone: bool) -> AsyncIterator[None]:
        while self._alone:
            await self._change()
        self._alone = alone
        self._inside += 1
        try:
            while alone and self._inside > 1:
                await self._change()
            yield
        finally:
            self._inside -= 1
            if alone:
                self._alone = False
            self._tell()

    async def _change(self) -> None:
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(told)
        await told

    def _tell(self) -> None:
        for told in self._waiting:
            if not told.done():  # who has stopped waiting
                told.set_result(None)
        self._waiting.clear()


async def _uninterrupted(work: Coroutine[None, None, None]) -> None:
    """Awaits to the end even when the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def checked(path: str, *, folder: bool = False) -> str:
    """A relative path that stays below the working folder; the box holds it to that once more."""
    path = _nameable(path)
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\0" in path or ".." in parts or (not parts and not folder):
        raise SandboxError(f"not a path below the working folder: {path!r}")
    return "/".join(parts) or "."


def _nameable(path: str) -> str:
    """A half of a surrogate pair, which JSON can smuggle in, names nothing, unless it stands for a byte that is no
    text: so names are told that a program made up of any bytes."""
    try:
        path.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return path.encode(errors="replace").decode()
    return path
