"""What this machine lets the built-in sandbox enforce, line by line, with what to do about the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec

from assay.sandboxes.linux import cgroups, landlock, users
from assay.sandboxes.linux.mounts import python_command

_LIBRARY = str(Path(__file__).resolve().parents[3])
_PROBE = "import sys; sys.path.append(sys.argv[1]); from assay.sandboxes.linux.probe import main; main()"
_SPACES = ("user", "mount", "pid", "ipc", "uts", "network", "cgroup")
_CONTAINERS = "use the container sandbox (docker or podman)"
_USER_NAMESPACES = (
    "allow them: sysctl kernel.unprivileged_userns_clone=1 (Debian), "
    "kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), user.max_user_namespaces>0; "
    "inside Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined"
)


SHARED = (
    "what the kernel counts by user (queued signals, descriptors under way, epoll's watches, memory of pipes) is one "
    "store for all answers"
)
WEAKER = (
    "names, sizes and dates of the host's files can be seen, though not opened",
    "what stands below the toolchains' folders can be read, and so can a few facts on the machine in /proc",
    "memory, processes and disk are watched every 20 to 100 ms instead of being bounded, unless a cgroup is writable, "
    "and files that are removed while they are open are not seen",
    "processor time of children that nobody waited for may be missed; the wall limit holds",
    "no /dev/shm and no socket but pairs, so that programs with several processes may fail",
    "rights and dates of files cannot be changed where answers run as the user who started assay: compiled programs "
    "may be refused then, and their tasks are `unsupported` (inside Docker, be root and keep the toolchains where "
    "everybody may read)",
    SHARED,
    "no workspaces for agents",
)
"""Of Landlock and seccomp alone, as against namespaces."""


class Check(msgspec.Struct, frozen=True):
    """One thing that the sandbox relies on."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True
    """Without it no box opens; otherwise something weaker stands in."""


def what_this_kernel_allows() -> list[Check]:
    """Tried, not guessed: each line is what a process of this user got when it asked."""
    if sys.platform != "linux":
        return [Check("linux", False, f"this is {sys.platform}", _CONTAINERS)]
    found = _probed()
    if not found:
        return [Check("probe", False, "a Python process could not be started", "check the Python installation")]
    fence = _fence(found)
    checks = [_namespace(name, found[name], needed=not fence.ok) for name in _SPACES]
    mounts = [] if found["mount"] else [_mounts(found)]
    rest = [*mounts, _paths(found), _filter(found), _landlock(found), _groups(), _users()]
    return [*checks, *([fence] if any(not check.ok for check in checks) else []), *rest]


def _probed() -> dict[str, str]:
    done = subprocess.run(
        [python_command(), "-s", "-S", "-P", "-B", "-c", _PROBE, _LIBRARY],
        capture_output=True, env={}, timeout=30, check=False,
    )  # fmt: skip
    answer: dict[str, str] = json.loads(done.stdout) if done.returncode == 0 else {}
    return answer


def _namespace(name: str, words: str, *, needed: bool) -> Check:
    detail = words or "can be made"
    return Check(f"{name} namespace", not words, detail, _USER_NAMESPACES if words else "", needed=needed)


def _fence(found: dict[str, str]) -> Check:
    """What stands in for namespaces, and what it cannot do."""
    if int(found["landlock"]) < landlock.SCOPES_SINCE or found["seccomp"]:
        return Check("fence", False, "Landlock cannot stand in: it scopes signals since Linux 6.12", _CONTAINERS)
    return Check("fence", True, "Landlock and seccomp stand in. Weaker: " + "; ".join(WEAKER), needed=False)


def _mounts(found: dict[str, str]) -> Check:
    words = found["mount_setattr"]
    detail = f"{words}: each mount is made read-only by itself" if words else "whole trees read-only at once"
    return Check("mount_setattr", not words, detail, "Linux 5.12 has it" if words else "", needed=False)


def _paths(found: dict[str, str]) -> Check:
    words = found["openat2"]
    return Check("openat2", not words, words or "no path leaves its folder", "Linux 5.6 has it" if words else "")


def _filter(found: dict[str, str]) -> Check:
    words = found["seccomp"]
    return Check("seccomp", not words, words or "filters can be set", _CONTAINERS if words else "")


def _landlock(found: dict[str, str]) -> Check:
    abi = int(found["landlock"])
    remedy = "" if abi else "Linux 5.13 has it; add landlock to the lsm= boot parameter"
    return Check("Landlock", abi > 0, f"version {abi}" if abi else "not offered", remedy, needed=False)


def _groups() -> Check:
    try:
        home = cgroups.find()
    except cgroups.Unavailable as error:
        remedy = "start under `systemd-run --user --scope -p Delegate=yes`; until then a watcher holds the limits"
        return Check("cgroup", False, str(error), remedy, needed=False)
    return Check("cgroup", True, f"version {home.version}: memory and processes bounded by the kernel", needed=False)


def _users() -> Check:
    if users.may_map_two():
        return Check("users", True, "root: answers run as another user than their worker", needed=False)
    if os.geteuid() == 0:
        return Check("users", False, "root, but user 65534 is not mapped here", "map a full range", needed=False)
    return Check("users", True, f"not root: answers run as you, held by the lines above; {SHARED}", needed=False)
