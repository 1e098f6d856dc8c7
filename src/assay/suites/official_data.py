"""The official files of public benchmarks: where they lie, that they are the official ones, and their rows.

Nothing of a benchmark is in this package. Each file is pinned by its SHA-256: a changed one is refused, since
its tasks would give other numbers under the same name.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError

LARGEST = 1 << 30


class OfficialFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a benchmark, as its makers publish it."""

    suite: str
    """The folder below `data` in $ASSAY_HOME."""
    name: str
    address: str
    """Where its makers publish it."""
    sha256: str
    size: int
    rows: int
    key: str = "task_id"
    """The field by which a row is known."""


def data_folder() -> Path:
    """Where official files are looked for: below $ASSAY_HOME, else in the user's cache."""
    home = os.environ.get("ASSAY_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"
    return base / "data"


def read_official(file: OfficialFile, *, at: Path | None = None) -> list[dict[str, Any]]:
    """Its rows; `at` is the file itself, elsewhere than in the data folder. UserError where it is missing or
    another one."""
    path = at or data_folder() / file.suite / file.name
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except FileNotFoundError:
        raise UserError(f"{file.suite}: its data is not here; put {file.name} from {file.address} at {path}") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        how = _difference(file, data, digest)
        raise UserError(f"{path}: is not the official {file.name}: {how}; take it anew from {file.address}")
    return _rows(data, file.name)


def _difference(file: OfficialFile, data: bytes, digest: str) -> str:
    parts = []
    if len(data) != file.size:
        parts.append(f"{len(data):,} bytes instead of {file.size:,}")
    try:
        rows = _rows(data, file.name)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        parts.append(f"cannot be read as what it should be ({error})")
    else:
        known = {row.get(file.key) for row in rows if isinstance(row, dict)}
        if len(rows) != file.rows or len(known) != file.rows:
            parts.append(f"{len(rows)} tasks ({len(known)} different ones) instead of {file.rows}")
        elif len(data) == file.size:
            parts.append("as many tasks, with another content")
    parts.append(f"SHA-256 {digest[:16]}… instead of {file.sha256[:16]}…")
    return ", ".join(parts)


def _rows(data: bytes, name: str) -> list[dict[str, Any]]:
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    if name.removesuffix(".gz").endswith(".json"):
        rows: list[dict[str, Any]] = msgspec.json.decode(data, type=list[dict[str, Any]])
        return rows
    return [msgspec.json.decode(line, type=dict[str, Any]) for line in data.splitlines() if line.strip()]
