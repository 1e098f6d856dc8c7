"""What the container engines of this machine allow, line by line, with what to do about the rest."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress

import msgspec

from assay.sandboxes.containers.engine import COMMANDS, Engine, find_engine
from assay.sandboxes.linux.support import SHARED, Check

_WITHIN = 20.0

WEAKER = {
    "docker": (
        "Docker's own filter allows locks that nobody counts, leases and watches on files that the host shows, and, by "
        "its version, calls to the hypervisor (AF_VSOCK) and io_uring",
        SHARED,
    ),
    "podman": (SHARED,),
}
"""Of containers, as against the built-in sandbox with namespaces."""


def what_containers_allow() -> list[Check]:
    """A line for each command: whether its engine answers, and how it isolates. None of them is needed."""
    return [_asked(find_engine(name)) if shutil.which(name) else _absent(name) for name in COMMANDS]


def _absent(name: str) -> Check:
    remedy = f"install {name} to use it as a sandbox" if name == "docker" else ""
    return Check(name, False, "not installed", remedy, needed=False)


def _asked(engine: Engine) -> Check:
    try:
        done = subprocess.run(
            [engine.command, *engine.options, "info", "--format", "{{json .}}"],
            capture_output=True, timeout=_WITHIN, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(engine.kind, False, f"does not answer: {type(error).__name__}", "restart it", needed=False)
    found, said = _Info(), done.stderr.decode(errors="replace")
    with suppress(msgspec.DecodeError):
        found = msgspec.json.decode(done.stdout, type=_Info)
    if done.returncode != 0 or found.errors:
        _, _, meaning = engine.complaint(said or " ".join(found.errors or ())).partition(": ")
        what, _, remedy = meaning.partition(" (")[0].partition(": ")
        return Check(engine.kind, False, what, remedy, needed=False)
    if not (found.server or found.version.number):
        what, remedy = f"{engine.command} does not answer as an engine does", f"look at what `{engine.kind} info` says"
        return Check(engine.kind, False, what, remedy, needed=False)
    weaker = "; ".join(WEAKER[engine.kind])
    return Check(engine.kind, True, f"{_described(found)}. Weaker than namespaces: {weaker}", needed=False)


class _Version(msgspec.Struct, frozen=True):
    number: str = msgspec.field(default="", name="Version")


class _Security(msgspec.Struct, frozen=True):
    rootless: bool = False


class _Host(msgspec.Struct, frozen=True):
    cgroup: str = msgspec.field(default="?", name="cgroupVersion")
    security: _Security = _Security()


class _Info(msgspec.Struct, frozen=True):
    """Both commands' answers, which have different shapes: first what docker says, then what podman does."""

    server: str = msgspec.field(default="", name="ServerVersion")
    cgroup: str = msgspec.field(default="?", name="CgroupVersion")
    options: tuple[str, ...] | None = msgspec.field(default=None, name="SecurityOptions")
    errors: tuple[str, ...] | None = msgspec.field(default=None, name="ServerErrors")
    host: _Host = _Host()
    version: _Version = _Version()


def _described(found: _Info) -> str:
    if found.server:
        rootless = ", rootless" if "rootless" in " ".join(found.options or ()) else ""
        return f"engine {found.server}, cgroup version {found.cgroup}{rootless}"
    rootless = ", rootless" if found.host.security.rootless else ""
    return f"version {found.version.number}, cgroup {found.host.cgroup}{rootless}"
