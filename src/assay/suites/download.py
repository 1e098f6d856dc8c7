"""Brings official files from where their makers publish them into the data folder, each proven by its hash.

What came before a break is kept and gone on with, and only one process at a time writes it: others wait for that one.
$ASSAY_MIRROR names a server that holds the same files as `<suite>/<name>`, for machines that reach no other; the hash
decides there too.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assay.core.errors import UserError
from assay.suites.official_data import LARGEST, OfficialFile, place_of

if TYPE_CHECKING:
    import aiohttp

_PIECE = 1 << 18
_SILENCE = 60.0
"""Seconds without a byte after which a server is given up."""
_LOOK_AGAIN = 0.2
"""Seconds between two looks at what another process fetches."""

Progress = Callable[[int], None]
"""Hears how many bytes are there."""


async def download(file: OfficialFile, *, progress: Progress) -> Path:
    """The file's place in the data folder; nothing is fetched where it is there already. UserError where it cannot
    be had, with what to do instead."""
    path = place_of(file)
    partial = path.with_name(path.name + ".partial")
    try:
        if _is_official(path, file):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        async with _alone(partial, progress) as out:
            if not _is_official(path, file):  # another process may have brought it meanwhile
                await _complete(file, partial, out, progress)
                partial.replace(path)
    except OSError as error:
        raise UserError(f"{error.filename or partial}: {error.strerror or error}{_kept(partial)}") from error
    return path


@contextlib.asynccontextmanager
async def _alone(partial: Path, progress: Progress) -> AsyncIterator[BinaryIO]:
    """What came so far, open to be gone on with, when no other process writes it; nothing empty is left behind."""
    while True:
        with partial.open("ab") as out:
            if _locked(out) and _still_named(out, partial):
                try:
                    yield out
                finally:
                    if _still_named(out, partial) and not partial.stat().st_size:
                        partial.unlink()
                return
            progress(os.fstat(out.fileno()).st_size)
        await asyncio.sleep(_LOOK_AGAIN)


def _locked(out: BinaryIO) -> bool:
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_named(out: BinaryIO, path: Path) -> bool:
    """Whether the open file is the one of that name: who held the lock before may have moved it away."""
    return path.exists() and os.path.samestat(os.fstat(out.fileno()), path.stat())


async def _complete(file: OfficialFile, partial: Path, out: BinaryIO, progress: Progress) -> None:
    """Fetches what is missing; afterwards it is the official file, or nothing of it is kept."""
    if _is_official(partial, file):  # all had come, and the process was ended before it could say so
        return
    address = _address(file)
    await _fetch(file, address, partial, out, progress)
    out.flush()
    if not _is_official(partial, file):
        found = _digest(partial)
        partial.unlink()
        raise _another(file, address, f"SHA-256 {found[:16]}… instead of {file.sha256[:16]}…; nothing of it is kept")


def _address(file: OfficialFile) -> str:
    mirror = os.environ.get("ASSAY_MIRROR", "").rstrip("/")
    return f"{mirror}/{file.suite}/{file.name}" if mirror else file.address


async def _fetch(file: OfficialFile, address: str, partial: Path, out: BinaryIO, progress: Progress) -> None:
    import aiohttp

    size = file.size or LARGEST
    have = out.tell() if out.tell() < size else 0
    # Of a body that is packed on its way, no middle can be asked for: its bytes are counted packed.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=_SILENCE, sock_read=_SILENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(address, headers=headers) as answer,
        ):
            if answer.status not in (200, 206):
                raise _unreachable(address, f"it answers {answer.status} {answer.reason}", partial)
            have = have if answer.status == 206 else 0
            promised = None if "Content-Encoding" in answer.headers else answer.content_length
            if file.size and promised is not None and have + promised != file.size:
                raise _another(file, address, f"{have + promised:,} bytes instead of {file.size:,}{_kept(partial)}")
            out.truncate(have)
            progress(have)
            async for piece in answer.content.iter_chunked(_PIECE):
                have += len(piece)
                if have > size:
                    break  # it cannot be the official one; the hash says so
                out.write(piece)
                progress(have)
    except (TimeoutError, aiohttp.ClientError) as error:
        out.flush()
        raise _unreachable(address, _words(error), partial) from error


def _words(error: TimeoutError | aiohttp.ClientError) -> str:
    """What went wrong, on one line; some errors say nothing but their name."""
    import aiohttp

    if isinstance(error, aiohttp.TooManyRedirects):
        return "it sends us on and on"
    if isinstance(error, aiohttp.InvalidURL):
        return "that is no web address"
    return " ".join(str(error).split()) or type(error).__name__


def _unreachable(address: str, why: str, partial: Path) -> UserError:
    path = partial.with_suffix("")
    return UserError(
        f"{address} cannot be fetched: {why}{_kept(partial)}. Without a network: fetch it elsewhere and put"
        f" it at {path}, or name its place with --data, or a mirror with ASSAY_MIRROR"
    )


def _another(file: OfficialFile, address: str, how: str) -> UserError:
    instead = f"find the official file and put it at {place_of(file)}"
    return UserError(f"{address} does not give the official {file.name}: {how}; {instead}")


def _kept(partial: Path) -> str:
    try:
        return "; what came so far is kept" if partial.stat().st_size else ""
    except OSError:
        return ""


def _is_official(path: Path, file: OfficialFile) -> bool:
    return path.is_file() and _digest(path) == file.sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
