"""Rows of contest benchmarks, from files of any number and size: one at a time, so that a window of dates never
costs the memory of the whole.

What `assay suites get` fetched is proven to be that each time. What comes from elsewhere, in whatever wrapping, is
checked field by field, and its hash stands in the suite's version.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import msgspec

from assay.core.errors import UserError
from assay.suites.asked import Asked
from assay.suites.official_data import OfficialFile, data_folder, place_of

FORMS = (".jsonl", ".jsonl.gz", ".jsonl.zip", ".json", ".parquet")
_LARGEST_WHOLE = 1 << 30
_AT_ONCE = 16
_UNREADABLE = (
    msgspec.DecodeError, UnicodeDecodeError, RecursionError,
    OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""RuntimeError is what an encrypted archive raises."""

Row = TypeVar("Row", bound=msgspec.Struct)


def files_of(
    asked: Asked, names: Sequence[str], *, address: str, official: Sequence[OfficialFile] = ()
) -> tuple[Path, ...]:
    """The files of these names (without their ending) in the data folder or in the folder that the user named; or what
    he named, where it is a file. UserError says which is missing and where it is published."""
    suite, data = asked.name.partition(":")[0], asked.data
    if data is not None and data.is_file():
        return (data,)
    folder = data if data is not None else data_folder() / suite
    found = []
    for name in names:
        path = next((path for path in _candidates(folder, name) if path.is_file()), None)
        if path is None:
            get = any(file.name.startswith((f"{name}.", f"{name}-")) for file in official) and data is None
            take = f"`assay suites get {asked.name}` fetches it, or take it" if get else "take it"
            raise UserError(
                f"{suite}: no {name}.jsonl or {name}*.parquet in {folder}; {take} from {address} and put it there, "
                "or name its place with --data"
            )
        found.append(path)
    return tuple(found)


def _candidates(folder: Path, name: str) -> list[Path]:
    return [*(folder / f"{name}{form}" for form in FORMS), *sorted(folder.glob(f"{name}-[0-9]*.parquet"))]


def digest_of(paths: Sequence[Path], official: Sequence[OfficialFile]) -> str:
    """The first digits of the hash over the files' content, each being `proven`."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(proven(path, official))
    return whole.hexdigest()[:12]


def proven(path: Path, official: Sequence[OfficialFile]) -> bytes:
    """Its hash. UserError where it was fetched and has changed since."""
    with _opened(path) as content:
        digest = hashlib.file_digest(content, "sha256")
    file = next((file for file in official if place_of(file) == path), None)
    if file is not None and digest.hexdigest() != file.sha256:
        raise UserError(
            f"{path}: is not the official {file.name}: {path.stat().st_size:,} bytes with SHA-256"
            f" {digest.hexdigest()[:16]}… instead of {file.sha256[:16]}…; `assay suites get` fetches it anew"
        )
    return digest.digest()


def rows(paths: Sequence[Path], kind: type[Row]) -> Iterator[tuple[str, Row]]:
    """Each row with its place; UserError where one lacks what this benchmark's rows have."""
    for path in paths:
        for where, raw in _raw(path):
            try:
                yield where, msgspec.convert(raw, kind, strict=False)
            except (msgspec.ValidationError, RecursionError) as error:
                raise UserError(f"{where}: {error}; it is no row of this benchmark in its official form") from error


def _raw(path: Path) -> Iterator[tuple[str, Any]]:
    if path.name.endswith(".parquet"):
        yield from ((f"{path}: row {number}", row) for number, row in enumerate(_parquet(path), start=1))
        return
    place = str(path)
    try:
        with _opened(path) as packed, _unpacked(packed, path.name) as (file, name):
            if name.endswith(".json"):
                whole = msgspec.json.decode(file.read(_LARGEST_WHOLE), type=list[Any])
                yield from ((f"{path}: row {number}", row) for number, row in enumerate(whole, start=1))
                return
            for number, line in enumerate(file, start=1):
                place = f"{path}: line {number}"
                if line.strip():
                    yield place, msgspec.json.decode(line)
    except _UNREADABLE as error:
        raise UserError(f"{place}: cannot be read as what it should be: {error}") from error


@contextmanager
def _unpacked(packed: BufferedReader, name: str) -> Iterator[tuple[IO[bytes], str]]:
    """What lies in it, and the name that this has."""
    if name.endswith(".gz"):
        with gzip.GzipFile(fileobj=packed) as file:
            yield cast(IO[bytes], file), name.removesuffix(".gz")
    elif name.endswith(".zip"):
        with zipfile.ZipFile(packed) as archive:
            members = [member for member in archive.namelist() if not member.endswith("/")]
            if len(members) != 1 or members[0].endswith(".parquet"):
                raise zipfile.BadZipFile("an archive is read that holds one file of JSON or JSON lines")
            with archive.open(members[0]) as file:
                yield file, members[0]
    else:
        yield packed, name


def _opened(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    import duckdb

    try:
        found = duckdb.connect().execute("select * from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        while batch := found.fetchmany(_AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in batch)
    except duckdb.Error as error:
        raise UserError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error


def refuse_doubles(suite: str, ids: Sequence[str]) -> None:
    """Two tasks of one name would be one."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise UserError(f"{suite}: two tasks are called {one}; is a file given twice?")
        seen.add(one)
