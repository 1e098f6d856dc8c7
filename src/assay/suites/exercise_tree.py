"""Exercism exercises on disk: `<language>/exercises/practice/<name>/` with a `.meta/config.json`. Nothing is run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from assay.core.errors import UserError

_LARGEST = 4 << 20
_BINARY = (".jar",)
_BUILT = ("build", "target", "node_modules", "__pycache__", ".pytest_cache", "gradle", ".gradle", ".git")
_TOOLS = ("gradlew", "gradlew.bat", "LICENSE", "Cargo.lock")
_TEXTS = (".docs/introduction.md", ".docs/instructions.md", ".docs/instructions.append.md")


class _Files(msgspec.Struct):
    solution: tuple[str, ...]
    test: tuple[str, ...]
    example: tuple[str, ...] = ()


class _Config(msgspec.Struct):
    files: _Files


class Exercise(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise, whole."""

    language: str
    name: str
    files: dict[str, str]
    """All its texts by path, those in `.meta` and `.docs` too; what a tool built there is left out."""
    solution: tuple[str, ...]
    tests: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.language}/{self.name}"

    @property
    def instructions(self) -> str:
        return "".join(self.files.get(path, "") for path in _TEXTS)

    @property
    def project(self) -> dict[str, str]:
        """What stands in the folder when its tests run."""
        hidden = [path for path in self.files if path.startswith(".") and "/" in path]
        return {path: text for path, text in self.files.items() if path not in hidden}


def read_exercises(root: Path, languages: Iterable[str]) -> list[Exercise]:
    """All of them, by language and name. UserError where one cannot be read."""
    folders = [folder for language in languages for folder in sorted(practice(root, language).glob("*/"))]
    return [read_exercise(folder) for folder in folders]


def practice(root: Path, language: str) -> Path:
    return root / language / "exercises" / "practice"


def read_exercise(folder: Path) -> Exercise:
    config = folder / ".meta" / "config.json"
    try:
        listed = msgspec.json.decode(config.read_bytes(), type=_Config).files
        files = dict(texts(folder))
    except (OSError, ValueError) as error:
        raise UserError(f"{folder}: no exercise that can be read: {error}") from error
    missing = [path for path in listed.test if path not in files]
    if missing or not listed.test:
        raise UserError(f"{folder}: its tests are not all there: {', '.join(missing) or 'config.json names none'}")
    return Exercise(
        language=folder.parents[2].name,
        name=folder.name,
        files=files,
        solution=listed.solution,
        tests=listed.test,
        examples=listed.example,
    )


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Its files by path, but for what tools brought or built; no link is followed. OSError, UnicodeDecodeError."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _BUILT)
        for name in sorted(names):
            path = Path(above, name)
            ours = name in _TOOLS or name.startswith(".aider") or path.suffix in _BINARY
            if ours or path.is_symlink() or not path.is_file():
                continue
            if path.stat().st_size > _LARGEST:
                raise UserError(f"{path}: is larger than {_LARGEST >> 20} MiB")
            yield path.relative_to(folder).as_posix(), path.read_bytes().decode("utf-8")
