"""One container: started with its locks, run commands in, emptied after each, and gone at the end.

Two kinds of process live in it. The keeper, its first program, belongs to nobody that commands run as: it reads the
kernel's meters, and kills. Its standard input is ours: when we die, however that may be, it ends, and the container
with it. Each command comes by `exec`, without any capability, and ends with its whole tree: the keeper's one call of
kill reaches all of it at once, and a count of what is alive proves that.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

import msgspec

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Finished, Mount
from assay.sandboxes.containers import owners, scripts
from assay.sandboxes.containers.engine import Engine, binds
from assay.sandboxes.containers.keeper import ANSWER_WITHIN, Keeper, Seen
from assay.sandboxes.containers.profile import filters
from assay.sandboxes.containers.streams import Hear, Streams

USER = "65534:65534"
_KEEPER = "65533:65533"
_CLOSE_LOOK = 0.02
_FAR_LOOK = 0.25
_SPARE_PROCESSES = 8
"""The init program, the keeper, the shell that starts a command, and the runtime's own threads before that."""
_SPARE_MEMORY = 24
_SILENT = (signal.SIGINT, signal.SIGPIPE)  # of these deaths no shell says a word
_WITH_A_COMMAND = 128 << 10

T = TypeVar("T")
_numbers = itertools.count(1)


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What a container is to be like."""

    image: str
    folder: str = "/box"
    in_place: bool = False
    """The folder is the image's own, and the whole of the image can be written to."""
    user: str = USER
    mounts: tuple[Mount, ...] = ()
    room: int = 1024
    """MiB that folder and /tmp may hold each, whatever a command's own limit."""
    cpus: float = 0.0
    """Processors that it may use at once; 0: all."""


class Ordered(msgspec.Struct, frozen=True, kw_only=True):
    """One command to run."""

    argv: Sequence[str]
    env: Mapping[str, str] = {}
    cwd: str = "."
    stdin: bytes = b""
    channel: bytes | None = None
    limits: Limits = Limits()
    files: Mapping[str, bytes] = {}
    spare: Mapping[str, bytes] = {}
    """Written where no answer's files are."""


class Container:
    """To be started, used by one caller at a time, and ended."""

    def __init__(self, engine: Engine, shape: Shape) -> None:
        self._engine = engine
        self._shape = shape
        self._name = f"assay-{os.getpid()}-{next(_numbers)}-{os.urandom(4).hex()}"
        self._keeper = Keeper(engine)
        self._bounds = (0, 0)

    @property
    def name(self) -> str:
        return self._name

    async def start(self, limits: Limits) -> None:
        """Raises SandboxError with one clear line."""
        self._bounds = self._bounds_for(limits, scratch=0)
        await self._keeper.start([*self._settings(), *await filters(self._engine), self._shape.image])

    def _settings(self) -> list[str]:
        shape, (memory, processes) = self._shape, self._bounds
        as_root = shape.user.partition(":")[0] in ("0", "root")
        words = [
            "--rm", "--interactive", "--init", "--pull=never", f"--name={self._name}",
            f"--label={owners.LABEL}={owners.label()}", "--network=none", "--hostname=box", "--ipc=private",
            "--cap-drop=ALL", "--security-opt=no-new-privileges", "--entrypoint=", "--log-driver=none",
            "--workdir=/", f"--memory={memory}m", f"--memory-swap={memory}m", f"--pids-limit={processes}",
            "--ulimit=core=1:1", "--ulimit=nofile=4096:4096", "--ulimit=memlock=8388608:8388608",
            "--ulimit=msgqueue=0:0", *self._engine.own_limits(), "--shm-size=64m",
            "--tmpfs", self._engine.scratch(scripts.OURS, size=(scripts.CHANNEL_MOST >> 20) + 16),
            "--tmpfs", self._engine.scratch("/tmp", size=shape.room),
        ]  # fmt: skip
        # The keeper is another user than the commands. As root it may signal them, and do nothing else that root may.
        words += [f"--user={_KEEPER}"] if as_root else ["--user=0:0", "--cap-add=KILL"]
        if not shape.in_place:
            owner = shape.user
            words += ["--read-only", "--tmpfs", self._engine.scratch(shape.folder, size=shape.room, owner=owner)]
        if shape.cpus:
            words.append(f"--cpus={shape.cpus}")
        for mount in shape.mounts:
            words += binds(mount)
        return words

    def _bounds_for(self, limits: Limits, *, scratch: int) -> tuple[int, int]:
        """MiB and processes. What lies in memory-backed folders counts as memory too."""
        lying = -(-scratch >> 24) << 4 if scratch else 0
        return limits.memory + limits.disk + lying + _SPARE_MEMORY, limits.processes + _SPARE_PROCESSES

    async def run(self, ordered: Ordered, *, output: int, hear: Hear | None = None) -> Finished:
        """One command; `output` bounds its standard output and error. Nothing of it is alive afterwards."""
        files = await self.put(ordered.files, most=ordered.limits.disk << 20, last=True)
        if files is None:
            return Finished(exit_code=None, limit="disk")
        has_channel = ordered.channel is not None
        given = "stdin" if has_channel and ordered.stdin else ""
        spare = dict(ordered.spare)
        if given and len(ordered.stdin) > _WITH_A_COMMAND:
            await self.chore(scripts.receive(scripts.SPARE, given), stdin=ordered.stdin)
        elif given:
            spare[given] = ordered.stdin
        before = await self._keeper.order("begin")
        await self._bound(ordered.limits, scratch=before.scratch)
        try:
            line = scripts.launch(
                ordered.argv, env=ordered.env, folder=self._shape.folder, cwd=ordered.cwd, limits=ordered.limits,
                files=files, spare=spare, channel=has_channel, stdin=given,
            )  # fmt: skip
        except UnicodeEncodeError as error:
            raise SandboxError(f"not a command that a program can be given: {error}") from error
        body = ordered.channel if ordered.channel is not None else ordered.stdin
        began = time.monotonic()
        streams = await self._exec(line + body, most=output, head=scripts.HEAD, hear=hear)
        try:
            limit = await self._watch(streams, ordered.limits, before=before, began=began)
        finally:
            after = await _uninterrupted(self._empty(streams))
        wall = time.monotonic() - began
        channel = await _uninterrupted(self._keeper.channel()) if has_channel else b""
        return self._judged(streams, limit, ordered, before=before, after=after, wall=wall, channel=channel)

    async def put(self, files: Mapping[str, bytes], *, most: int, last: bool = False) -> Mapping[str, bytes] | None:
        """Writes files; None when there is no room. With `last`, the last few are returned to go with a command."""
        if sum(map(len, files.values())) > most:
            return None
        folder = self._shape.folder
        texts: list[tuple[str, bytes]] = []
        batch: dict[str, bytes] = {}
        for path, data in files.items():
            if len(data) > _WITH_A_COMMAND:
                texts.append((scripts.receive(folder, path), data))
                continue
            if sum(map(len, batch.values())) + len(data) > _WITH_A_COMMAND:
                texts.append((scripts.into(folder) + scripts.writes(batch, otherwise="exit 1"), b""))
                batch = {}
            batch[path] = data
        if batch and not last:
            texts.append((scripts.into(folder) + scripts.writes(batch, otherwise="exit 1"), b""))
        for text, data in texts:
            code, _, _ = await self.chore(text, stdin=data)
            if code != 0:
                return None
        return batch

    async def chore(
        self, text: str, *, stdin: bytes = b"", most: int = 1 << 20, wall: float = 120.0
    ) -> tuple[int, bytes, bytes]:
        """One of our own scripts, with the rights of a command: exit code, -1 where more came than `most` and what is
        told was cut off, and both outputs."""
        await self._keeper.order("begin")
        streams = await self._exec(scripts.line(text) + stdin, most=most)
        try:
            async with asyncio.timeout(wall):
                await streams.stirred.wait()
        except TimeoutError as error:
            raise SandboxError(f"a container did not do a chore within {wall:.0f} s") from error
        finally:
            await _uninterrupted(self._empty(streams))
        return -1 if streams.flooded else streams.code, streams.came("stdout"), streams.came("stderr")

    async def _exec(self, stdin: bytes, *, most: int, head: bytes = b"", hear: Hear | None = None) -> Streams:
        process = await self._engine.start(
            "exec", "--interactive", "--user", self._shape.user, self._name, "sh", "-c", scripts.READ_LINE
        )
        return Streams(process, stdin=stdin, most=most, head=head, hear=hear)

    async def _bound(self, limits: Limits, *, scratch: int) -> None:
        bounds = self._bounds_for(limits, scratch=scratch)
        if bounds == self._bounds:
            return
        memory, processes = bounds
        await self._engine.bound(self._name, memory=memory, processes=processes)
        self._bounds = bounds

    async def _watch(self, streams: Streams, limits: Limits, *, before: Seen, began: float) -> str:
        """Waits for the command's end, or names the limit that it has passed."""
        deadline = began + limits.wall
        processors = self._shape.cpus or os.cpu_count() or 1
        patience = _CLOSE_LOOK
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, min(patience, deadline - time.monotonic()))):
                    await streams.stirred.wait()
            if streams.flooded:
                return "output"
            if streams.ended:
                return ""
            seen = await self._keeper.order("look")
            used = seen.cpu - before.cpu
            if used >= limits.cpu:
                return "cpu"
            if seen.kills > before.kills:
                return "memory"
            if seen.scratch - before.scratch > limits.disk << 20:
                return "disk"
            if time.monotonic() >= deadline:
                return "wall"
            patience = min(_FAR_LOOK, max(_CLOSE_LOOK, (limits.cpu - used) / processors / 2))

    async def _empty(self, streams: Streams) -> Seen:
        """Kills what is left, and proves that nothing is."""
        give_up = time.monotonic() + ANSWER_WITHIN
        try:
            while True:
                ended = streams.ended  # asked first: what a call has yet to start would not be counted
                seen = await self._keeper.order("kill")
                if ended and not seen.alive:
                    return seen
                if time.monotonic() > give_up:
                    raise SandboxError("a container could not be emptied")
                if not seen.alive:
                    await asyncio.wait({streams.work}, timeout=1.0)
                elif self._as_root:
                    await self._kill_as_they_are()
                else:
                    await asyncio.sleep(0.005)
        except SandboxError:
            await self.end()
            raise
        finally:
            await streams.finish(1.0)

    @property
    def _as_root(self) -> bool:
        return self._shape.user.partition(":")[0] in ("0", "root")

    async def _kill_as_they_are(self) -> None:
        """The keeper may not signal root: whoever does it has to be that user too."""
        memory, processes = self._bounds
        self._bounds = (memory, processes + 64)  # or nothing could be started beside a fork bomb
        with suppress(SandboxError):
            await self._engine.bound(self._name, memory=memory, processes=processes + 64)
        await self._engine.call("exec", "--user", self._shape.user, self._name, "sh", "-c", "kill -9 -1")

    def _judged(
        self,
        streams: Streams,
        limit: str,
        ordered: Ordered,
        *,
        before: Seen,
        after: Seen,
        wall: float,
        channel: bytes,
    ) -> Finished:
        code, marks = streams.code, after.marks
        if not limit and not streams.headed:
            if code == scripts.NO_ROOM:
                return Finished(exit_code=None, limit="disk", wall_seconds=wall)
            raise SandboxError(self._engine.complaint(streams.came("stderr").decode(errors="replace")))
        ended_by = signal.SIGKILL if limit else _signal(code, marks)
        grown = after.scratch - before.scratch - len(channel)
        full = b"full" in marks or ended_by == signal.SIGXFSZ or grown >= ordered.limits.disk << 20
        if streams.flooded:
            limit = "output"
        elif after.kills > before.kills:
            limit = "memory"
        elif not limit and code != 0:
            crowded = after.refusals > before.refusals
            limit = "cpu" if ended_by == signal.SIGXCPU else "disk" if full else "processes" if crowded else ""
        elif not limit and grown > ordered.limits.disk << 20:
            limit = "disk"
        return Finished(
            exit_code=None if limit == "disk" or ended_by is not None else code,
            signal=ended_by,
            limit=limit,
            stdout=streams.came("stdout"),
            stderr=streams.came("stderr"),
            channel=channel,
            cpu_seconds=max(0.0, after.cpu - before.cpu),
            wall_seconds=wall,
            memory_peak=after.peak if after.peak > before.peak else None,
        )

    async def end(self) -> None:
        """Removes it with all that lives in it."""
        await self._keeper.end(self._name)


def _signal(code: int, marks: frozenset[bytes]) -> int | None:
    """A shell gives 128 and the signal's number, as a program may by itself; but then it says a word about it too."""
    told = b"said" in marks or code - 128 in _SILENT
    if b"ended" not in marks:  # where the shell that started it is dead too, the engine gives its own 137
        told = code == 128 + signal.SIGKILL
    return code - 128 if told and 128 < code < 128 + signal.NSIG else None


async def _uninterrupted(work: Coroutine[None, None, T]) -> T:
    """Awaits to the end even when the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
