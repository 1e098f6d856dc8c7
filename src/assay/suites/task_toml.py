"""task.toml and suite.toml: which keys there are, what each may hold, and what to say when it does not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from assay.core.names import did_you_mean
from assay.core.task import Limits
from assay.suites.faults import Faults

LANGUAGES = ("python", "javascript", "typescript", "go", "rust", "java", "cpp")
SCRIPTS = "bash"
"""The language of answers that are scripts, in tasks with `judge = "image"` only."""
CATEGORIES = ("generation", "completion", "bugfix", "refactor", "review", "tests", "docs")
DIFFICULTIES = ("easy", "medium", "hard")
JUDGES = ("cases", "in-process", "findings", "tests", "examples", "command", "image")
USUAL_JUDGES = {"review": "findings", "tests": "tests", "docs": "examples"}
"""How a category is judged where its task says nothing else; the others by cases."""

Check = Callable[[Any], str]
"""What is wrong with a key's value; empty when nothing is."""


def read_toml(text: str, *, place: str, faults: Faults) -> dict[str, Any] | None:
    """The table in `text`; None, and a fault with its line, when it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.add(place, f"no TOML: {error}")
        return None


def check_keys(
    table: Mapping[str, Any], checks: Mapping[str, Check], *, required: tuple[str, ...], place: str, faults: Faults
) -> None:
    """Adds a fault for each unknown key, each missing one and each value that its check objects to."""
    for key, value in table.items():
        check = checks.get(key)
        if check is None:
            faults.add(place, f"unknown key “{key}”: {did_you_mean(key, checks)}")
        elif problem := check(value):
            faults.add(place, f"{key}: {problem}")
    for key in required:
        if key not in table:
            faults.add(place, f"the key “{key}” is missing")


def is_text(value: Any) -> str:
    """What is wrong with a text that must say something."""
    return "" if isinstance(value, str) and value.strip() else "needs a text in quotes"


def _is_one_of(known: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            return f"needs one of {', '.join(known)}"
        return "" if value in known else f"“{value}” is not known: {did_you_mean(value, known)}"

    return check


def is_texts(value: Any) -> str:
    fine = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
    return "" if fine else 'needs a list of texts, like ["def f(x: int) -> int"]'


def _is_records(value: Any) -> str:
    fine = isinstance(value, dict) and all(not is_texts(fields) for fields in value.values())
    return "" if fine else 'needs fields for each name, like Point = ["x", "y"]'


_WHOLE = ("memory", "processes", "disk", "output")
_LIMITS = msgspec.structs.asdict(Limits())
_LIMIT_NAMES = tuple(_LIMITS)


def _is_limits(value: Any) -> str:
    if not isinstance(value, dict):
        return "needs a table: [limits]"
    for key, size in value.items():
        if key not in _LIMITS:
            return f"unknown limit “{key}”: {did_you_mean(key, _LIMITS)}"
        whole = isinstance(size, int) and not isinstance(size, bool)
        if not (whole or (isinstance(size, float) and key not in _WHOLE)) or not 0 < size < 1e6:
            return f"{key} needs a {'whole ' if key in _WHOLE else ''}number above 0"
    return ""


def _is_paths(value: Any) -> str:
    fine = isinstance(value, list) and value and not any(map(is_inner_path, value))
    return "" if fine else 'needs a list of paths in files/, like ["src/a.py"]'


def _is_whole_path(value: Any) -> str:
    whole = isinstance(value, str) and value.startswith("/")
    return "" if whole else 'needs a whole path inside the image, like "/app"'


def is_inner_path(value: Any) -> str:
    """What is wrong with a path that must stay inside the working folder."""
    if not isinstance(value, str) or not value.strip():
        return "needs a path in quotes"
    if value.startswith(("/", "~")) or "\\" in value or ".." in value.split("/"):
        return f"“{value}” leaves the working folder; give a path below it"
    return ""


TASK_KEYS: dict[str, Check] = {
    "title": is_text,
    "language": _is_one_of((*LANGUAGES, SCRIPTS)),
    "category": _is_one_of(CATEGORIES),
    "difficulty": _is_one_of(DIFFICULTIES),
    "entry": is_inner_path,
    "api": is_texts,
    "judge": _is_one_of(JUDGES),
    "why": is_text,
    "command": is_text,
    "show": _is_paths,
    "image": is_text,
    "workdir": _is_whole_path,
    "origin": is_text,
    "licence": is_text,
    "limits": _is_limits,
    "records": _is_records,
}
TASK_REQUIRED = ("language", "category", "difficulty", "entry")


def _is_suite_name(value: Any) -> str:
    fine = isinstance(value, str) and value[:1].isalnum() and all(c.isalnum() or c in "-_.+" for c in value)
    return "" if fine else "needs a name of letters, digits, - and _, without spaces"


SUITE_KEYS: dict[str, Check] = {
    "name": _is_suite_name,
    "version": is_text,
    "title": is_text,
    "licence": is_text,
}
SUITE_REQUIRED = ("name", "version")
