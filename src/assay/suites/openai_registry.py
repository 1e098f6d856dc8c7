"""A registry of openai/evals in a checkout or a folder: which evals there are, and the rows of their samples.

Read as data: YAML and JSON lines. What an eval's class would do is no business of this module, and no file outside
the registry is read, whatever a YAML says.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from assay.core.errors import UserError
from assay.core.names import did_you_mean

LARGEST = 256 << 20
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Eight times as quick as the safe loader in Python, where PyYAML was built with it: a registry has 450 files."""
_PLACES = (".", "evals/registry", "registry")
_POINTER = b"version https://git-lfs.github.com/spec/"


class Eval(msgspec.Struct, frozen=True):
    """One entry that is run, behind all its other names."""

    name: str
    """`test-match.s1.simple-v0`."""
    cls: str
    """`evals.elsuite.basic.match:Match`."""
    args: dict[str, Any]


class Registry:
    """The folder that holds `evals/*.yaml` and `data/`."""

    def __init__(self, path: Path) -> None:
        """`path` is it, or a checkout with it in it. UserError where there is none."""
        found = next((path / place for place in _PLACES if any((path / place / "evals").glob("*.yaml"))), None)
        if found is None:
            raise UserError(
                f"{path}: no registry of openai/evals is there; give a checkout, or a folder that holds evals/*.yaml"
            )
        self.path = found
        self._entries = dict(self._read())

    def _read(self) -> Iterator[tuple[str, Any]]:
        for file in sorted((self.path / "evals").glob("*.yaml")):
            try:
                entries = yaml.load(_bytes(file), Loader=_QUICK)
            except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
                raise UserError(f"{file}: no YAML ({' '.join(str(error).split())[:200]})") from error
            if isinstance(entries, dict):
                yield from entries.items()

    def names(self) -> list[str]:
        """Of all that its files define."""
        return [key for key in self._entries if isinstance(key, str)]

    def find(self, name: str) -> Eval:
        """By its own name or another one of it. UserError where it is unknown, or is no eval."""
        if name not in self._entries:
            known = self.names()
            near = did_you_mean(name, known) if len(known) < 50 or _near(name, known) else f"{len(known)} are there"
            raise UserError(f"{self.path}: no eval is called “{name}”; {near}")
        seen = [name]
        while (other := _other_name(self._entries[seen[-1]])) and other in self._entries and other not in seen:
            seen.append(other)
        entry = self._entries[seen[-1]]
        cls = entry.get("class") if isinstance(entry, dict) else None
        args = entry.get("args") or {} if isinstance(entry, dict) else None
        if not isinstance(cls, str) or not isinstance(args, dict):
            raise UserError(f"{self.path}: the eval “{seen[-1]}” names no class; it is only a name, or half an entry")
        return Eval(seen[-1], cls, args)

    def rows(self, named: Any) -> list[tuple[str, dict[str, Any]]]:
        """The objects of a file, or of all such files of a folder, below `data`, each with its place."""
        data = (self.path / "data").resolve()
        path = (data / str(named)).resolve()
        if not isinstance(named, str) or not path.is_relative_to(data):
            raise UserError(f"{self.path}: the samples “{named}” lie outside of its data folder, and are not read")
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        found = [row for file in files for row in _objects(file)]
        if not found:
            raise UserError(f"{path}: holds no samples")
        return found


def _near(name: str, known: list[str]) -> bool:
    return did_you_mean(name, known).startswith("did you mean")


def _other_name(entry: Any) -> str:
    """What an entry points to, if it is only a name."""
    other = entry.get("id") if isinstance(entry, dict) else entry
    return other if isinstance(other, str) else ""


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UserError(f"{file}: larger than {LARGEST >> 20} MiB")
        return file.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{file}: there is no such file; is the checkout whole?") from None
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}") from error


def _objects(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    data = _bytes(file)
    if data.startswith(_POINTER):
        raise UserError(f"{file}: is only a pointer to its data; fetch that with `git lfs pull` in the checkout")
    if file.name.endswith(".gz"):
        data = _unpacked(file, data)
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UserError(f"{file} line {number}: no JSON in UTF-8 ({str(error)[:120]})") from error
        if not isinstance(row, dict):
            raise UserError(f"{file} line {number}: no JSON object")
        yield f"{file} line {number}", row


def _unpacked(file: Path, data: bytes) -> bytes:
    try:
        with gzip.open(file) as packed:
            data = packed.read(LARGEST + 1)
    except (OSError, EOFError) as error:
        raise UserError(f"{file}: cannot be unpacked ({error})") from error
    if len(data) > LARGEST:
        raise UserError(f"{file}: larger than {LARGEST >> 20} MiB when unpacked")
    return data
