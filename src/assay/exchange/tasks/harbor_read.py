"""Harbor's tasks (`task.toml`, `instruction.md`, `environment/`, `tests/test.sh`, `solution/solve.sh`) as folders of
ours. What was written by `assay export harbor` comes back as it was; any other becomes a task with an image of its own,
to be done by a script.

Nothing of a task is run here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.exchange.tasks.harbor_form import JUDGED, SOLVE
from assay.formats.toml_text import toml_text
from assay.suites.faults import Faults
from assay.suites.task_toml import DIFFICULTIES, is_inner_path, read_toml
from assay.suites.tree import as_text, read_tree

Folders = dict[str, dict[str, str]]
"""By the task's id: its files, by their path in its folder."""

_PARTS = ("instruction.md", "environment", "steps")
_DEEPEST = 4
_NOTHING = "#!/bin/bash\n# Leaves everything as it is.\n:\n"
_FETCHES = re.compile(r"^[^#\n]*\b(?:apt-get|apt|apk|pip3?|uvx?|npm|npx|curl|wget|git clone|cargo install)\s", re.M)
_CANARY = re.compile(r"\A(?:[ \t]*(?:<!--.*canary.*-->|#.*canary.*)[ \t]*\n)+\s*", re.I)
_SECONDS, _MEMORY, _DISK = 600.0, 2048, 1024


class _Refused(Exception):
    """A task that has no form here, with the reason."""


def are_tasks(path: Path) -> bool:
    """Whether there are tasks at `path`, and not results."""
    return next(_task_folders(path), None) is not None


def read_tasks(path: Path, note: Callable[[str], None]) -> Folders:
    """All tasks below `path`. Those that cannot be taken are noted, each with the reason; UserError if none can."""
    found: Folders = {}
    why = ""
    for folder in _task_folders(path):
        task_id = folder.name if folder == path else folder.relative_to(path).as_posix()
        try:
            own, texts = _read(folder, task_id, note)
            found[own] = texts
        except _Refused as reason:
            why = why or str(reason)
            note(f"{task_id} is left out: {reason}")
    if not found:
        raise UserError(f"{path}: none of its tasks can be taken: {why}")
    return found


def _task_folders(path: Path) -> Iterator[Path]:
    waiting = [(path, 0)]
    while waiting:
        folder, depth = waiting.pop(0)
        if (folder / "task.toml").is_file() and any((folder / part).exists() for part in _PARTS):
            yield folder
        elif depth < _DEEPEST and folder.is_dir():
            inner = sorted(one for one in folder.iterdir() if one.is_dir() and not one.is_symlink())
            waiting += [(one, depth + 1) for one in inner if not one.name.startswith(".")]


def _read(folder: Path, task_id: str, note: Callable[[str], None]) -> tuple[str, dict[str, str]]:
    """The id that it has here, and its files."""
    faults = Faults()
    raw = read_tree(str(folder), place=task_id, faults=faults)
    if any(path.startswith(f"{JUDGED}/") for path in raw):  # what else is there was made of it
        raw = {path: data for path, data in raw.items() if path.startswith(f"{JUDGED}/") or path == "task.toml"}
    texts = {path: as_text(data, place=path, faults=faults) for path, data in raw.items()}
    table = read_toml(texts.get("task.toml", ""), place="task.toml", faults=faults) or {}
    if faults.lines:
        raise _Refused(faults.lines[0].removeprefix(f"{task_id}/"))
    if f"{JUDGED}/task.toml" in texts:
        return _own_id(table) or task_id, _below(texts, f"{JUDGED}/")
    return task_id, _theirs(texts, _settings(table), task_id, note)


def _own_id(table: Mapping[str, Any]) -> str:
    meta = table.get("metadata")
    own = _text(meta.get("assay_id")) if isinstance(meta, dict) else ""
    return "" if is_inner_path(own) else own


class _Settings(msgspec.Struct):
    """What of task.toml matters here."""

    name: str
    title: str
    difficulty: str
    image: str
    workdir: str
    seconds: float
    memory: int
    disk: int
    wants: tuple[str, ...]
    """Names of variables that it has to be given."""
    never: str
    """Why it has no form here; empty where it has."""


def _settings(table: Mapping[str, Any]) -> _Settings:
    task, meta, environment, verifier, agent, solution = (
        part if isinstance(part := table.get(name), dict) else {}
        for name in ("task", "metadata", "environment", "verifier", "agent", "solution")
    )
    difficulty = meta.get("difficulty")
    wanted = [name for part in (environment, verifier, solution) for name in _names(part.get("env"))]
    return _Settings(
        name=_text(task.get("name")),
        title=_text(task.get("description")).strip().partition("\n")[0][:120],
        difficulty=difficulty if difficulty in DIFFICULTIES else "medium",
        image=_text(environment.get("docker_image")),
        workdir=_text(environment.get("workdir")),
        seconds=max(_number(part.get("timeout_sec"), _SECONDS) for part in (agent, verifier)),
        memory=round(_number(environment.get("memory_mb"), _MEMORY)),
        disk=min(round(_number(environment.get("storage_mb"), _DISK)), _DISK),
        wants=tuple(dict.fromkeys(wanted)),
        never=_never(table, environment, verifier),
    )


def _never(table: Mapping[str, Any], environment: Mapping[str, Any], verifier: Mapping[str, Any]) -> str:
    if table.get("steps"):
        return "it has several steps"
    if _text(environment.get("os")) not in ("", "linux"):
        return f"its environment is {environment['os']}"
    if environment.get("gpus") or environment.get("tpu"):
        return "it needs an accelerator"
    if environment.get("mcp_servers"):
        return "it needs tool servers"
    if verifier.get("environment") or _text(verifier.get("environment_mode")) == "separate":
        return "its tests want an environment of their own"
    return ""


def _theirs(texts: Mapping[str, str], settings: _Settings, task_id: str, note: Callable[[str], None]) -> dict[str, str]:
    environment, tests, solution = (_below(texts, f"{part}/") for part in ("environment", "tests", "solution"))
    missing = [path for path in ("instruction.md", "tests/test.sh", f"solution/{SOLVE}") if path not in texts]
    several = next((path for path in environment if PurePosixPath(path).stem == "docker-compose"), "")
    never = settings.never or ("its environment is more than one container" if several else "")
    if not settings.image and "Dockerfile" not in environment:
        never = never or "it has neither a Dockerfile nor the name of an image"
    if never or missing:
        raise _Refused(never or f"it has no {missing[0]}")
    if settings.wants:
        note(f"{task_id} wants variables that it is not given here: {', '.join(settings.wants)}")
    if any(_FETCHES.search(text) for path, text in texts.items() if path.startswith(("tests/", "solution/"))):
        note(
            f"{task_id} fetches something while it is solved or tested, and there is no network: put it into its image"
        )
    table = {
        "title": settings.title or task_id.rpartition("/")[2],
        "language": "bash",
        "category": "generation",
        "difficulty": settings.difficulty,
        "entry": SOLVE,
        "judge": "image",
        "image": settings.image,
        "workdir": settings.workdir,
        "origin": f"Harbor task {settings.name or task_id}",
        "licence": "see where it comes from",
    }
    limits = {"cpu": settings.seconds, "wall": settings.seconds, "memory": settings.memory, "disk": settings.disk}
    limits |= {"processes": 512, "output": 4096}
    return {
        "task.toml": toml_text({**{key: value for key, value in table.items() if value}, "limits": limits}),
        "prompt.md": _CANARY.sub("", texts["instruction.md"]),
        **{f"files/{path}": text for path, text in environment.items()},
        **{f"tests/{path}": text for path, text in tests.items()},
        **{f"solution/{path}": text for path, text in solution.items()},
        f"mutants/nothing/{SOLVE}": _NOTHING,
    }


def _below(texts: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {path.removeprefix(prefix): text for path, text in texts.items() if path.startswith(prefix)}


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, dict) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any, otherwise: float) -> float:
    fine = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6
    return float(value) if fine else otherwise
