"""The `docker` or `podman` command of this machine: calling it, and saying in one line what went wrong.

It knows where the two commands differ, and nothing of what runs in containers. There is no daemon library: what a
person can type is what is done.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from assay.core.errors import SandboxError
from assay.sandboxes.box import Mount
from assay.sandboxes.logs import readable

COMMANDS = ("docker", "podman")
_MOST_WORDS = 300

TROUBLES = (
    (r"[Cc]annot connect to the Docker daemon|[Cc]annot connect to Podman|connection refused",
     "the container engine is not running: start it (`systemctl start docker`, `podman machine start`)"),
    (r"permission denied while trying to connect|dial unix .*permission denied",
     "no permission to talk to the container engine: add yourself to the group `docker`, or use podman"),
    (r"[Uu]nable to find image|[Nn]o such image|image not known|No such object",
     "the image is not on this machine, and none is ever pulled: build or pull it first"),
    (r"no space left on device|disk quota exceeded", "no space is left where the container engine keeps its data"),
    (r"docker-init|catatonit|unable to find init",
     "the container engine has no init program: install `tini` (docker) or `catatonit` (podman)"),
    (r'exec: "sh"', "the image has no `sh`"),
)  # fmt: skip
"""What the commands say, and what it means for a person."""


class Engine(msgspec.Struct, frozen=True):
    """One command, found."""

    command: str
    kind: str
    """`docker` or `podman`."""
    options: tuple[str, ...] = ()
    """For each call, before all else: `--host` and its value, say."""

    def scratch(self, target: str, *, size: int, owner: str = "") -> str:
        """A `--tmpfs` of `size` MiB; for everybody, or for `owner` (uid:gid) where the command can say so."""
        options = f"{target}:rw,exec,nosuid,nodev,size={size}m"
        if self.kind == "podman":
            return f"{options},mode=1777,notmpcopyup"
        user, _, group = owner.partition(":")
        theirs = f",mode=755,uid={user},gid={group or user}" if owner else ",mode=1777"
        return f"{options},nr_inodes={max(4096, size * 256)}{theirs}"

    def own_limits(self) -> list[str]:
        """Podman forgets its own bound on processes, which needs no privilege, when it is given any other."""
        return ["--ulimit=nproc=32768:32768"] if self.kind == "podman" else []

    async def call(self, *words: str, within: float = 60.0) -> tuple[int, str, str]:
        """Exit code and both outputs of a short call."""
        process = await self.start(*words, stdin=asyncio.subprocess.DEVNULL)
        try:
            async with asyncio.timeout(within):
                out, err = await process.communicate()
        except TimeoutError as error:
            raise SandboxError(f"{self.kind} {words[0]} did not answer within {within:.0f} s") from error
        finally:
            await put_down(process)
        return process.returncode or 0, out.decode(errors="replace"), err.decode(errors="replace")

    async def ask(self, *words: str, within: float = 60.0) -> str:
        """The output of a call that has to succeed."""
        code, out, err = await self.call(*words, within=within)
        if code != 0:
            raise SandboxError(self.complaint(err))
        return out

    async def bound(self, container: str, *, memory: int, processes: int) -> None:
        """Sets what a running container may have, in MiB and processes."""
        code, _, said = await self.call("update", *_bounds(f"{memory}m", processes), container)
        if code == 0:
            return
        if "unknown flag: --pids-limit" not in said:
            raise SandboxError(self.complaint(said))
        # Older versions of Podman bound processes at the start only; what they start containers with can do it later.
        runtime = (await self.ask("info", "--format", "{{.Host.OCIRuntime.Path}}")).strip()
        whole_name = (await self.ask("inspect", "--format", "{{.Id}}", container)).strip()
        below = msgspec.structs.replace(self, command=runtime, options=())
        await below.ask("update", *_bounds(str(memory << 20), processes), whole_name)

    async def start(self, *words: str, stdin: int = asyncio.subprocess.PIPE) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                self.command, *self.options, *words,
                stdin=stdin, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # a Ctrl-C at the terminal is ours to handle, not theirs
                cwd=_nowhere().name,
            )  # fmt: skip
        except OSError as error:
            raise SandboxError(f"{self.command} cannot be started: {error.strerror}") from error

    def complaint(self, said: str) -> str:
        """One line for a person, whatever an image's own programs said."""
        words = " ".join(readable(said.encode(errors="replace")).split())[-_MOST_WORDS:]
        for pattern, meaning in TROUBLES:
            if re.search(pattern, said):
                return f"{self.kind}: {meaning} ({words})"
        return f"{self.kind}: {words or 'it failed without a word'}"


def kill(process: asyncio.subprocess.Process) -> None:
    """Whatever is left of a call, with all that it has started: a `docker` may be a script that calls another."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


async def put_down(process: asyncio.subprocess.Process) -> None:
    """Kills what is left of a call, and buries it: its end is not told before its pipes have been read to theirs."""
    kill(process)
    if process.returncode is None:
        await process.communicate()


@cache
def _nowhere() -> tempfile.TemporaryDirectory[str]:
    """Where the commands are started: Podman's monitor leaves a file `oom` there when a container had too little
    memory. It goes when this process does."""
    return tempfile.TemporaryDirectory(prefix="assay-engine-")


def _bounds(memory: str, processes: int) -> list[str]:
    return [f"--memory={memory}", f"--memory-swap={memory}", f"--pids-limit={processes}"]


def find_engine(name: str = "") -> Engine:
    """The named command, or the first that is here. Raises SandboxError with what to do."""
    for candidate in (name,) if name else COMMANDS:
        found = shutil.which(candidate)
        if found:
            return Engine(found, "podman" if "podman" in Path(found).name else "docker")
    wanted = name or " nor ".join(COMMANDS)
    raise SandboxError(f"no container engine: {wanted} is not on PATH; install Docker or Podman")


def binds(mount: Mount) -> list[str]:
    """A host path shown read-only. The engine puts its init program into /sbin, which has to stay in sight: of the
    host's /usr, all the other folders are shown."""
    target = mount.target or mount.source
    if target in ("/sbin", "/usr/sbin"):
        return []
    if target == "/usr":
        below = [path for path in sorted(Path(mount.source).iterdir()) if path.name != "sbin" and path.is_dir()]
        return [word for path in below for word in binds(Mount(str(path), f"/usr/{path.name}"))]
    if set(',"\n') & set(mount.source + target):
        raise SandboxError(f"a path with a comma, a quote or a line end cannot be shown in a container: {mount.source}")
    return ["--mount", f"type=bind,source={mount.source},target={target},readonly"]
