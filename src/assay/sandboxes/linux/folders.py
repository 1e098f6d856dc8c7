"""Removing what a stranger made: folders deeper than any path, without rights, with names that are no text.

Nothing is followed. Whoever could still change things meanwhile is dead.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from assay.sandboxes.linux.cgroups import start_time

_PREFIX = "assay-box-"
_NAME = re.compile(r"assay-box-(?P<pid>\d+)-(?P<started>\d*)-.*")

_OPEN = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


def empty(folder: str) -> None:
    """Removes all that is in a folder, however deep and however locked: each folder is first moved to the top."""
    os.chmod(folder, 0o700)  # noqa: PTH101
    top = os.open(folder, _OPEN)
    pending: list[str] = []
    numbers = iter(range(1 << 62))

    def clear(here: int) -> None:
        with os.scandir(here) as entries:
            names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for name, is_folder in names:
            if not is_folder:
                os.unlink(name, dir_fd=here)
                continue
            if stat.S_IMODE(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode) & 0o700 != 0o700:
                os.chmod(name, 0o700, dir_fd=here)
            moved = f".gone-{os.getpid()}-{next(numbers)}"
            os.rename(name, moved, src_dir_fd=here, dst_dir_fd=top)
            pending.append(moved)

    clear(top)
    while pending:
        name = pending.pop()
        here = os.open(name, _OPEN, dir_fd=top)
        clear(here)
        os.close(here)
        os.rmdir(name, dir_fd=top)
    os.close(top)


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
            empty(f"{folder}/{name}")
            Path(folder, name).rmdir()
    with suppress(FileNotFoundError):
        Path(folder).rmdir()


