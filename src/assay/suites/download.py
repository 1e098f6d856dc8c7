"""Brings official files from where their makers publish them into the data folder, each proven by its hash.

What came before a break is kept and gone on with. $ASSAY_MIRROR names a server that holds the same files as
`<suite>/<name>`, for machines that reach no other; the hash decides there too.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from assay.core.errors import UserError
from assay.suites.official_data import LARGEST, OfficialFile, place_of

_PIECE = 1 << 18
_SILENCE = 60.0
"""Seconds without a byte after which a server is given up."""

Progress = Callable[[int], None]
"""Hears how many bytes are there."""


async def download(file: OfficialFile, *, progress: Progress) -> Path:
    """The file's place in the data folder; nothing is fetched where it is there already. UserError where it cannot
    be had, with what to do instead."""
    path = place_of(file)
    if path.exists() and _digest(path) == file.sha256:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    address = _address(file)
    try:
        await _fetch(address, partial, size=file.size, progress=progress)
    except OSError as error:
        raise UserError(f"{partial}: {error.strerror or error}; what came so far is kept") from error
    found = _digest(partial)
    if found != file.sha256:
        partial.unlink()
        raise UserError(
            f"{address} does not give the official {file.name}: SHA-256 {found[:16]}… instead of {file.sha256[:16]}…;"
            f" nothing of it is kept; find the official file and put it at {path}"
        )
    partial.replace(path)
    return path


def _address(file: OfficialFile) -> str:
    mirror = os.environ.get("ASSAY_MIRROR", "").rstrip("/")
    return f"{mirror}/{file.suite}/{file.name}" if mirror else file.address


async def _fetch(address: str, partial: Path, *, size: int, progress: Progress) -> None:
    import aiohttp

    have = partial.stat().st_size if partial.exists() else 0
    size = size or LARGEST
    if have >= size:
        have = 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=_SILENCE, sock_read=_SILENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(address, headers=headers) as answer,
        ):
            if answer.status not in (200, 206):
                raise UserError(_unreachable(address, f"it answers {answer.status} {answer.reason}", partial))
            goes_on = answer.status == 206
            have = have if goes_on else 0
            with partial.open("ab" if goes_on else "wb") as out:
                progress(have)
                async for piece in answer.content.iter_chunked(_PIECE):
                    have += len(piece)
                    if have > size:
                        break  # it cannot be the official one; the hash says so
                    out.write(piece)
                    progress(have)
    except (TimeoutError, aiohttp.ClientError) as error:
        raise UserError(_unreachable(address, str(error) or type(error).__name__, partial)) from error


def _unreachable(address: str, why: str, partial: Path) -> str:
    path = partial.with_suffix("")
    return (
        f"{address} cannot be fetched: {why}; what came so far is kept. Without a network: fetch it elsewhere and put"
        f" it at {path}, or name its place with --data, or a mirror with ASSAY_MIRROR"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
