"""What a toolchain is to the judge, and how tools are found on this machine.

It looks on PATH, in this interpreter's own folder (packages from PyPI put tools there), and in the folders of
tools installed for the project: $ASSAY_TOOLCHAINS, `toolchains` in the interpreter's folder, and
`.toolchains` beside it.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from assay.core.errors import SandboxError
from assay.core.judging import Job
from assay.core.task import Limits
from assay.sandboxes.box import Command, Mount

BUILD = Limits(cpu=90.0, wall=180.0, memory=4096, processes=256, disk=512, output=1024)
"""For compilers: many times what any answer needs, and none of the answer's own allowance."""

BOX_ENV = {
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8",
    "OPENSSL_CONF": "/dev/null",  # else some builds of Node.js end where the machine's own may not be read
}  # fmt: skip
WORK = ".assay"
"""The folder, below the working folder, that holds what is ours: driver, compiled program."""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A build that a tool which stays from one answer to the next can do."""

    tool: Command
    request: bytes
    below: str
    """The folder for the files that it makes: it answers with a map of paths to bytes, as `sandboxes.wire` has it."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How one job is done in a box."""

    files: dict[str, bytes]
    """Put into the working folder before anything runs: the answer's files and the driver's."""
    builds: tuple[Command, ...] = ()
    served: Served | None = None
    """Leads to the same files as `builds`, quicker."""
    run: Command
    """The driver; or the program, without its arguments, to be started one folder below."""
    apart: bool = False
    """Each program has a box of its own, and knows nothing of the others. Builds leave a `parcel` for each."""


class Toolchain(Protocol):
    """One language on this machine."""

    @property
    def language(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def instant(self) -> bool:
        """Whether `prepare` and `plan` never wait for anything, so that no thread is worth its price."""
        ...

    @property
    def mounts(self) -> tuple[Mount, ...]:
        """What of the host a box must show, read-only, for this language."""
        ...

    @property
    def out_of_memory(self) -> tuple[bytes, ...]:
        """What the language's runtime prints when it dies for want of memory."""
        ...

    @property
    def trivial(self) -> Job:
        """A program that must build wherever the toolchain is in order."""
        ...

    def prepare(self) -> None:
        """Makes what all answers share (compiled headers, standard library); at once when it is there."""
        ...

    def plan(self, job: Job) -> Plan:
        """Raises TaskError where the task asks for what its language cannot say."""
        ...


def program_folder(number: int) -> str:
    """Where a job's program of this number runs: runs of one answer do not see one another's files."""
    return f"run{number}"


def parcel(folder: str) -> str:
    """What the builds leave for the program that runs in `folder`; it unpacks that itself, in the working folder."""
    return f"{WORK}/{folder}.tar"


def answer_files(job: Job, below: str = "") -> dict[str, bytes]:
    return {f"{below}{path}": text.encode("utf-8", "replace") for path, text in job.files.items()}


def tool_folders() -> Iterator[Path]:
    """Folders of tools installed for the project, first the user's own."""
    named = os.environ.get("ASSAY_TOOLCHAINS", "")
    for text in [*named.split(os.pathsep), str(Path(sys.prefix, "toolchains"))]:
        if text:
            yield Path(text)
    yield Path(sys.prefix).parent / ".toolchains"


def tool(name: str) -> Path | None:
    """Where a command is, or None."""
    folders = [Path(sys.prefix, "bin")]
    for folder in tool_folders():
        folders += [folder / "bin", folder / "node_modules" / ".bin", folder]
    search = os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=search)
    return Path(found) if found else None


def ask(*argv: str | Path, timeout: float = 30.0) -> str:
    """What a tool of the host says about itself, both outputs; empty when it cannot be asked."""
    try:
        done = subprocess.run(
            [str(word) for word in argv], capture_output=True, text=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).strip() if done.returncode == 0 else ""


SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/lib32", "/etc/alternatives", "/etc/ld.so.cache")


def system_mounts(*more: str | Path) -> tuple[Mount, ...]:
    """The host's own programs and libraries, and `more`; only what exists, nothing twice."""
    known: list[Path] = []
    for text in (*SYSTEM, *more):
        path = Path(text)
        covered = any(path == other or other in path.parents for other in known)
        if path.exists() and not covered:
            known.append(path)
    return tuple(Mount(source=str(path)) for path in known)


def cache_folder(*parts: str) -> Path:
    """A folder of ours for what every answer shares: below $ASSAY_HOME, else the user's cache."""
    home = os.environ.get("ASSAY_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"
    return base.joinpath("toolchains", *parts)


def shared_folder() -> Path:
    """The folder over all of them, there from now on: boxes show it, and what is prepared later appears."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prepared(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, made whole by `make` if it is not there; whoever else wants it meanwhile, here or in another
    process, waits."""
    import fcntl  # absent on Windows

    try:
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            with _lock_of(folder).open("wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not folder.exists():
                    _make(folder, make)
    except OSError as error:
        raise SandboxError(f"{folder} cannot be prepared: {error}") from error
    return folder


def _lock_of(folder: Path) -> Path:
    """Not where boxes see it: who may read a file may lock it, and hold up all who wait."""
    locks = cache_folder().with_name("locks")
    locks.mkdir(parents=True, exist_ok=True)
    return locks / short_hash(str(folder))


def _make(folder: Path, make: Callable[[Path], None]) -> None:
    """Under another name until it is whole: whoever makes it may be killed."""
    fresh = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir()
        make(fresh)
        fresh.chmod(0o755)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def host_run(argv: Sequence[object], *, cwd: Path, env: dict[str, str], what: str) -> str:
    """Runs a tool of the host on text of ours, never on an answer's; SandboxError when it fails."""
    words = [str(word) for word in argv]
    try:
        done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxError(f"{what} failed: {error}") from error
    if done.returncode != 0:
        raise SandboxError(f"{what} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def write_sources(folder: Path, sources: Mapping[str, str]) -> list[Path]:
    """Puts a driver's files into a folder, to be compiled there."""
    for name, text in sources.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in sources]


@functools.cache
def short_hash(text: str) -> str:
    """A name for what depends on `text`."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:16]
