"""The official files of public benchmarks: where they lie, that they are the official ones, and their rows.

Nothing of a benchmark is in this package. Each file is pinned by its SHA-256: a changed one is refused, since
its tasks would give other numbers under the same name.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tempfile
import zipfile
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
    """0 where it is not known."""
    rows: int
    key: str = "task_id"
    """The field by which a row is known."""


def data_folder() -> Path:
    """Where official files are looked for: below $ASSAY_HOME, else in the user's cache."""
    home = os.environ.get("ASSAY_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"
    return base / "data"


def place_of(file: OfficialFile) -> Path:
    """Where the file is looked for when nobody says where it is."""
    return data_folder() / file.suite / file.name


def rows_of(file: OfficialFile, data: Path | None) -> list[dict[str, Any]]:
    """Its rows, from the data folder, or from what the user named: the file itself, or a folder with it in it."""
    return read_official(file, at=_found(file, data))


def text_of(file: OfficialFile, data: Path | None) -> str:
    """What it says, of a file that is no table, found as rows are."""
    return _content(file, _found(file, data)).decode("utf-8")


def _found(file: OfficialFile, data: Path | None) -> Path:
    if data is None:
        return place_of(file)
    if data.is_dir():
        inside = (data / file.name, data / file.suite / file.name)
        return next((path for path in inside if path.exists()), inside[0])
    return data


def read_official(file: OfficialFile, *, at: Path) -> list[dict[str, Any]]:
    """The rows of the file at that place. UserError where it is missing or another one."""
    return _rows(_content(file, at), file.name)


def _content(file: OfficialFile, path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except FileNotFoundError:
        raise UserError(absent(file, path)) from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        how = _difference(file, data, digest)
        raise UserError(f"{path}: is not the official {file.name}: {how}; take it anew from {file.address}")
    return data


def absent(file: OfficialFile, path: Path) -> str:
    """What to do about a file that is not there."""
    get = f"`assay suites get {file.suite}` fetches it" if path == place_of(file) else "--data names another place"
    return f"{file.suite}: its data is not here; {get}, or put {file.name} from {file.address} at {path}"


def _difference(file: OfficialFile, data: bytes, digest: str) -> str:
    parts = []
    if file.name.endswith(".gz") and not data.startswith(b"\x1f\x8b"):
        return "it is not packed; what is proven by its hash is the file as it is published"
    if file.size and len(data) != file.size:
        parts.append(f"{len(data):,} bytes instead of {file.size:,}")
    try:
        rows = _rows(data, file.name) if file.rows else []
    except (ValueError, OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
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
    if name.endswith(".parquet"):
        return _parquet_rows(data)
    if name.endswith(".gz"):
        data = gzip.decompress(data)
    elif name.endswith(".zip"):
        data, name = _only_member(data)
    if name.removesuffix(".gz").endswith(".json") and data[:1] == b"[":  # some call lines of JSON so as well
        rows: list[dict[str, Any]] = msgspec.json.decode(data, type=list[dict[str, Any]])
        return rows
    return [_row(line) for line in data.splitlines() if line.strip()]


def _row(line: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        row = json.loads(line)  # which reads the NaN and Infinity that Python writes and JSON does not have
        if not isinstance(row, dict):
            raise
        return row


def _only_member(data: bytes) -> tuple[bytes, str]:
    """The one file in an archive, and its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1 or members[0].file_size > LARGEST:
            raise ValueError(f"an archive of {len(members)} files, where one of at most {LARGEST:,} bytes is expected")
        return archive.read(members[0]), members[0].filename


def _parquet_rows(data: bytes) -> list[dict[str, Any]]:
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        try:
            found = duckdb.connect().execute("select * from read_parquet(?)", [file.name])
        except duckdb.Error as error:
            raise ValueError(str(error).splitlines()[0]) from error
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
