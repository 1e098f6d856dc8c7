"""The pool's hold on one worker: starting it, giving it commands, ending it.

It knows the messages and the descriptors; what runs inside, it neither knows nor trusts.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Finished
from assay.sandboxes.linux import cgroups, homes, users, wire
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pipes import Ends

_LIBRARY = str(Path(__file__).resolve().parents[3])
_BOOT = "import sys; sys.path.append(sys.argv[2]); from assay.sandboxes.linux.worker import main; main()"
_FLAGS = ("-s", "-S", "-P", "-B", "-X", "utf8")
_ENV = {"PYTHONHASHSEED": "0", "LD_BIND_NOW": "1"}
"""Whatever the dynamic linker puts off, it would do in each child anew."""
_START_WITHIN = 30.0
_ANSWER_WITHIN = 30.0
_STOPPED_WITHIN = 5.0
_LONGEST = 4096
_ASK = "`assay doctor machine` says what this kernel allows"
_LIMITS = {wire.Limit.CPU: "cpu", wire.Limit.WALL: "wall", wire.Limit.MEMORY: "memory", wire.Limit.DISK: "disk"}


_KILLED = Finished(exit_code=None, signal=signal.SIGKILL, limit="memory", flags=("memory",))
_ATTEMPTS = {attempt: str(attempt.name).lower() for attempt in wire.Attempt}


def _flags(ending: wire.Ending, *, crowded: bool, out_of_memory: bool, flooded: bool) -> tuple[str, ...]:
    """What was noticed, whether or not it decided how the command ended. Noticed are the system calls that the
    filter leaves to the worker, and limits that were hit; not noticed, because no cheap way shows them, are
    files of other processes looked for in /proc, paths that are not there, and background processes."""
    noticed = [name for attempt, name in _ATTEMPTS.items() if ending.attempts & attempt]
    limits = {
        "fork_limit": crowded,
        "memory": out_of_memory or ending.limit == wire.Limit.MEMORY,
        "output": flooded,
        "disk": ending.scratch_full,
    }
    return (*noticed, *(name for name, hit in limits.items() if hit))


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What every worker of a pool is like."""

    mounts: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    library: tuple[str, ...] = ()
    """Folders, besides this package's, from which `preload` is imported."""
    disk: int = 64 << 20
    loopback: bool = False
    privileged: bool = False
    fenced: bool = False
    """Without namespaces: Landlock and seccomp alone."""
    native: str = ""
    """What of the worker is compiled C, as a library; empty: it does without."""
    warm_env: dict[str, str] = {}
    """What the environment of most warm commands holds: they find it there, and change only what differs."""


class NoNamespaces(SandboxError):
    """The kernel allows this user none; something weaker may stand in."""


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What the forked child reads: the worker never does. Commonest are those that need no word: see `brief`."""

    kind: str
    argv: Sequence[str] = ()
    warm: str = ""
    env: Mapping[str, str] = {}
    cwd: str = "."
    limits: Limits = Limits()
    """For the worker, which holds the child to them."""
    own_proc: bool = False
    path: str = ""
    paths: Sequence[str] = ()
    most: int = 0
    last: bool = False
    """Of its stay."""

    def packed(self, warm_env: Mapping[str, str]) -> bytes:
        """SandboxError where a word holds half a character, which no program can be given."""
        try:
            "".join((*self.argv, *self.env, *self.env.values(), self.cwd)).encode(errors="surrogateescape")
        except UnicodeEncodeError as error:
            raise SandboxError(f"not a command that a program can be given: {error}") from error
        env, unset = dict(self.env), []
        if self.warm:
            env = {name: value for name, value in env.items() if warm_env.get(name) != value}
            unset = [name for name in warm_env if name not in self.env]
        return wire.pack_orders(
            {
                "kind": self.kind, "argv": list(self.argv), "warm": self.warm, "env": env,
                "unset": unset, "own_proc": self.own_proc,
                "cwd": self.cwd, "path": self.path, "paths": list(self.paths), "most": self.most,
            }
        )  # fmt: skip


class Worker:
    """One worker process. Not for two commands at once."""

    def __init__(self, plan: Plan, *, group: cgroups.Group | None, user: int) -> None:
        """`user` is who its answers are on the host, where that can be chosen."""
        self._plan = plan
        self._user = user
        self._group = group
        self._loop = asyncio.get_running_loop()
        self._inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self._process = -1
        self._scratch_used = 0
        self._clean = wire.NOT_ASKED
        self.alive = True
        self.busy = False
        self.ended = False
        self.stays = 0
        self._kills_before = 0 if group is None else group.counts().kills
        self._folder = homes.make() if plan.fenced else ""
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._starter = subprocess.Popen(
                [python_command(), *_FLAGS, "-c", _BOOT, str(os.getpid()), _LIBRARY],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=_ENV, cwd="/", start_new_session=True,
            )  # fmt: skip
        self._link.setblocking(False)
        self._loop.add_reader(self._link, self._readable)

    async def start(self) -> None:
        """Raises SandboxError when the kernel does not let it."""
        meter = None
        try:
            if self._group is not None:
                self._group.join(self._starter.pid)
                meter = self._group.meter()
            setup = msgspec.structs.asdict(self._plan)
            setup |= {
                "library": [*self._plan.library, _LIBRARY],
                "cgroup": self._group is not None,
                "folder": self._folder,
            }
            self._send(msgspec.json.encode(setup), [] if meter is None else [meter])
            async with asyncio.timeout(_START_WITHIN):
                while (message := await self._next())[:1] != wire.READY:
                    self._introduced(message)
            if self._group is not None:
                self._group.settle()
        except TimeoutError as error:
            raise SandboxError(f"a sandbox worker did not start within {_START_WITHIN:.0f} s") from error
        except OSError as error:
            raise SandboxError(f"a sandbox worker cannot be set up: {error}") from error
        finally:
            if meter is not None:
                os.close(meter)

    def _introduced(self, message: bytes) -> None:
        kind, rest = message[:1], message[1:]
        if kind in (wire.FAILED, wire.NO_SPACES):
            failure = NoNamespaces if kind == wire.NO_SPACES else SandboxError
            raise failure(f"a sandbox worker cannot be set up: {rest.decode(errors='replace')}; {_ASK}")
        if kind == wire.UNSHARED:
            for name in ("uid_map", "gid_map"):
                Path(f"/proc/{self._starter.pid}/{name}").write_text(f"0 0 1\n{users.INSIDE} {self._user} 1\n")
            self._send(wire.MAPPED)

    async def run(
        self,
        orders: Orders,
        *,
        put: Mapping[str, bytes] | None = None,
        stdin: bytes | int = b"",
        channel: bytes | None = None,
        output: int,
        on_output: Callable[[str, bytes], None] | None = None,
    ) -> Finished:
        """One command; `put` is written below the working folder first. `output` bounds stdout and stderr.
        `stdin` may be a descriptor that is read while the command runs; it is closed here."""
        words = orders.packed(self._plan.warm_env)
        self.busy = True
        limits = orders.limits
        ends = Ends(output=output, stop=self._stop, owner=self._user if self._plan.privileged else None)
        try:
            parts = ends.lay(words, stdin=stdin, channel=channel, put=put, hear=on_output)
            before = self._prepare(limits)
            order = wire.Order(
                parts=parts, cpu=limits.cpu, wall=limits.wall, processes=limits.processes,
                memory=0 if self._group is not None else limits.memory << 20, disk=limits.disk << 20,
                last=orders.last,
            )  # fmt: skip
            self._send(wire.pack_order(order), ends.handed)
        except OSError as error:
            ends.finish()
            if self._taken_along():
                return _KILLED
            raise SandboxError(f"a sandbox worker cannot be used: {error}") from error
        finally:
            ends.let_go()
        try:
            message = await self._ending(limits)
        except SandboxError:
            if not self._taken_along():
                raise
            return _KILLED
        finally:
            came = ends.finish()
        ending = wire.unpack_ending(message)
        self._scratch_used = ending.scratch_used
        self._clean = ending.clean
        return self._judge(ending, came, before=before, flooded=ends.flooded, allowed=limits.cpu)

    async def _ending(self, limits: Limits) -> bytes:
        """Waits for the command's end; who stops waiting stops the command."""
        try:
            async with asyncio.timeout(limits.wall + _ANSWER_WITHIN):
                message = await self._next()
        except asyncio.CancelledError:
            self._stop()
            with suppress(TimeoutError, SandboxError):
                async with asyncio.timeout(_STOPPED_WITHIN):
                    await self._next()
                    self.busy = False
            raise
        except TimeoutError as error:
            raise SandboxError("a sandbox worker does not answer") from error
        self.busy = False
        return message

    def _prepare(self, limits: Limits) -> cgroups.Counts:
        """Sets the group's bounds and returns what it has counted so far."""
        if self._group is None:
            return cgroups.Counts()
        # Three processes are the worker's, a fourth is the first one of the command's PID namespace.
        # Scratch space is memory too: what lies there, and what may be added.
        scratch = (self._scratch_used >> 20) + 1 + limits.disk
        self._group.bound(memory=(limits.memory + scratch) << 20, processes=limits.processes + 4)
        return self._group.counts()

    def _judge(
        self, ending: wire.Ending, came: list[bytes], *, before: cgroups.Counts, flooded: bool, allowed: float
    ) -> Finished:
        status = ending.reported if ending.reported >= 0 else ending.wait_status
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        limit = _LIMITS.get(wire.Limit(ending.limit), "")
        after = before if self._group is None else self._group.counts()
        kills, refusals = after.kills - before.kills, after.refusals - before.refusals
        peak = ending.peak or ending.max_rss
        if after.peak is not None and before.usage is not None:
            peak = max(0, after.peak - before.usage)
        failed = code != 0
        full = ending.scratch_full or ended_by == signal.SIGXFSZ
        crowded = refusals > 0 or ending.limit == wire.Limit.PROCESSES
        if flooded:
            limit = "output"
        elif kills:
            limit = "memory"
        elif not limit and not ending.started and code == wire.NO_SPACE:
            limit = "disk"
        elif not limit and not ending.started and code != 0:
            said = came[1].decode(errors="replace").strip() or f"status {status}"
            raise SandboxError(f"a command could not be locked in: {said.splitlines()[-1]}")
        elif not limit and failed:
            # The kernel may be quicker than the watcher, and kills who does not listen to its first signal.
            spent = ended_by == signal.SIGXCPU or (ended_by == signal.SIGKILL and ending.cpu >= allowed)
            limit = "cpu" if spent else "disk" if full else "processes" if crowded else ""
        return Finished(
            exit_code=None if limit and code is None else code,
            signal=ended_by,
            limit=limit,
            stdout=came[0],
            stderr=came[1],
            channel=came[2] if len(came) > 2 else b"",
            cpu_seconds=ending.cpu,
            wall_seconds=ending.wall,
            memory_peak=peak,
            flags=_flags(ending, crowded=crowded, out_of_memory=kills > 0, flooded=flooded),
        )

    def _taken_along(self) -> bool:
        """The kernel frees page tables late, and may by then have looked for somebody else of the group to kill
        besides the command, which the worker is. That, too, is the memory of the stay's commands; all further
        ones end as this."""
        if self._group is None or (self.alive and self._starter.poll() is None):
            return False
        return self._group.counts().kills > self._kills_before

    @property
    def is_clean(self) -> bool:
        """It has proved with its last command that nothing of the stay is left."""
        return self.alive and not self.busy and self._clean == 1

    async def clean(self) -> bool:
        """True when the worker has proved that nothing of the last stay is left."""
        if not self.alive or self.busy:
            return False
        if self._clean != wire.NOT_ASKED:
            return bool(self._clean)
        try:
            self._send(wire.CLEAN)
            async with asyncio.timeout(_ANSWER_WITHIN):
                return await self._next() == wire.CLEANED + b"\x01"
        except (OSError, TimeoutError, SandboxError):
            return False

    def begin_stay(self) -> None:
        """The next one, in a worker that is clean."""
        self.stays += 1
        self._clean = wire.NOT_ASKED
        self._scratch_used = 0
        self._kills_before = 0 if self._group is None else self._group.counts().kills

    def _stop(self) -> None:
        with suppress(OSError):
            self._send(wire.KILL)

    def _send(self, message: bytes, descriptors: Sequence[int] = ()) -> None:
        socket.send_fds(self._link, [message], descriptors)

    def _readable(self) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._link, _LONGEST, 1, socket.MSG_CMSG_CLOEXEC)
            if descriptors:  # it came with CHILD: the worker itself, as nothing else can be mistaken for it
                self._process = descriptors[0]
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if not message:
            self.alive = False
            self._loop.remove_reader(self._link)
        self._inbox.put_nowait(message)

    async def _next(self) -> bytes:
        message = await self._inbox.get()
        if not message:
            self._inbox.put_nowait(b"")
            raise SandboxError("a sandbox worker died")
        return message

    async def end(self) -> None:
        """Kills it with all that it ever started, and waits until they are gone."""
        if self.ended:
            return
        self.ended = True
        self.alive = False
        self._loop.remove_reader(self._link)
        self._link.close()
        if self._process >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            os.close(self._process)
        else:
            self._starter.kill()
        # The starter leaves when it has buried the worker, which is when all of its namespace are dead.
        await self._until(lambda: self._starter.poll() is not None, "a sandbox worker does not die")
        if self._folder:
            await asyncio.to_thread(homes.remove, self._folder)
        group = self._group
        if group is not None:
            await self._until(group.remove, "the cgroup of a sandbox worker cannot be removed")

    @staticmethod
    async def _until(done: Callable[[], bool], complaint: str) -> None:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                while not done():
                    await asyncio.sleep(0.002)
        except TimeoutError as error:
            raise SandboxError(complaint) from error
