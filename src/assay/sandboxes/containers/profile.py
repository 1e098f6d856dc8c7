"""The filter of system calls that podman's containers get: podman's own, less what makes namespaces and mounts.

Docker refuses those to whoever is no administrator; podman lets everybody nest containers, and so reach the parts of
the kernel that only a container's administrator has to do with. All else is left as the machine's owner has set it.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux import syscalls

_REFUSED = frozenset((
    "unshare", "setns", "mount", "umount", "umount2", "pivot_root", "fsopen", "fsconfig", "fsmount", "fspick",
    "open_tree", "move_mount", "mount_setattr", "keyctl", "add_key", "request_key",
))  # fmt: skip
_NAMESPACES = (
    syscalls.CLONE_NEWNS | syscalls.CLONE_NEWCGROUP | syscalls.CLONE_NEWUTS | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNET
)  # fmt: skip
_ORDERS = (*range(37), 1025, *range(1027, 1041))
"""Of `fcntl`: all but those that reach over to the host by a file which both see, or are held where nobody counts them:
F_OFD_SETLK, F_OFD_SETLKW, F_SETLEASE, F_NOTIFY."""
_WORD = 0xFFFFFFFF
_made: dict[str, int] = {}


async def filters(engine: Engine) -> list[str]:
    """The setting for a container, where the engine's own filter does not refuse as much."""
    if engine.kind != "podman":
        return []
    if engine.command not in _made:
        path = (await engine.ask("info", "--format", "{{.Host.Security.SECCOMPProfilePath}}")).strip()
        _made[engine.command] = _written(Path(path)) if path and Path(path).is_file() else -1
    descriptor = _made[engine.command]
    return [f"--security-opt=seccomp=/proc/{os.getpid()}/fd/{descriptor}"] if descriptor >= 0 else []


def _written(path: Path) -> int:
    """A file that goes with this process, however that ends."""
    descriptor = os.memfd_create("seccomp")
    with os.fdopen(os.dup(descriptor), "w") as file:
        json.dump(stricter(json.loads(path.read_text())), file)
    return descriptor


def stricter(profile: dict[str, Any]) -> dict[str, Any]:
    """The profile without those calls; a new thread or process may still be had, in the old way that can be seen."""
    gone = _REFUSED | {"clone", "clone3", "fcntl", "fcntl64"}
    rules = [{**rule, "names": [name for name in rule["names"] if name not in gone]} for rule in profile["syscalls"]]
    plain = {"index": 0, "value": _NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}
    orders = [{"index": 1, "value": _WORD, "valueTwo": order, "op": "SCMP_CMP_MASKED_EQ"} for order in _ORDERS]
    return {
        **profile,
        "syscalls": [
            *(rule for rule in rules if rule["names"]),
            {"names": sorted(_REFUSED), "action": "SCMP_ACT_ERRNO", "errnoRet": errno.EPERM},
            {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [plain]},
            *({"names": ["fcntl", "fcntl64"], "action": "SCMP_ACT_ALLOW", "args": [order]} for order in orders),
            {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": errno.ENOSYS},
        ],
    }
