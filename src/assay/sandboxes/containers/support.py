"""What the container engines of this machine allow, line by line, with what to do about the rest."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from assay.sandboxes.containers.engine import COMMANDS, Engine, find_engine
from assay.sandboxes.linux.support import Check

_WITHIN = 20.0


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
            capture_output=True, text=True, timeout=_WITHIN, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(engine.kind, False, f"does not answer: {type(error).__name__}", "restart it", needed=False)
    found = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    if done.returncode != 0 or found.get("ServerErrors"):
        said = done.stderr or " ".join(found.get("ServerErrors") or [])
        _, _, meaning = engine.complaint(said).partition(": ")
        what, _, remedy = meaning.partition(" (")[0].partition(": ")
        return Check(engine.kind, False, what, remedy, needed=False)
    return Check(engine.kind, True, _described(found), needed=False)


def _described(found: dict[str, Any]) -> str:
    """Both commands' answers, which have different shapes."""
    if "ServerVersion" in found:
        options = " ".join(map(str, found.get("SecurityOptions") or []))
        rootless = ", rootless" if "rootless" in options else ""
        return f"engine {found['ServerVersion']}, cgroup version {found.get('CgroupVersion', '?')}{rootless}"
    host = found.get("host") or {}
    rootless = ", rootless" if (host.get("security") or {}).get("rootless") else ""
    version = (found.get("version") or {}).get("Version", "?")
    return f"version {version}, cgroup {host.get('cgroupVersion', '?')}{rootless}"
