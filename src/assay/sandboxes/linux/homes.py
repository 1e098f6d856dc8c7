"""Folders on the host's disk for workers that have no file system of their own. The pool makes and removes them."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from assay.sandboxes.linux import folders
from assay.sandboxes.linux.cgroups import start_time

_PREFIX = "assay-box-"
_NAME = re.compile(r"assay-box-(?P<pid>\d+)-(?P<started>\d*)-.*")


def make() -> str:
    """A folder for one worker, whose name says whose it is."""
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-{start_time(os.getpid())}-")
    Path(folder).chmod(0o755)
    return folder


def sweep() -> None:
    """Removes the folders of pools that died without saying goodbye."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        ours = _NAME.fullmatch(folder.name)
        if ours and start_time(int(ours["pid"])) != ours["started"]:
            with suppress(OSError):  # another user's
                remove(str(folder))


def remove(folder: str) -> None:
    """For the pool, when the worker is gone."""
    for name in ("work", "tmp"):
        with suppress(FileNotFoundError):
            folders.empty(f"{folder}/{name}")
            Path(folder, name).rmdir()
    with suppress(FileNotFoundError):
        Path(folder).rmdir()
