"""Removing what a stranger made: folders deeper than any path, without rights, with names that are no text.

Nothing is followed. Whoever could still change things meanwhile is dead. Standard library only.
"""

from __future__ import annotations

import os
import stat

_OPEN = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


def empty(folder: str) -> None:
    """Removes all that is in a folder, however deep and however locked: each folder is first moved to the top."""
    os.chmod(folder, 0o700)  # noqa: PTH101
    top = os.open(folder, _OPEN)
    pending: list[str] = []

    def clear(here: int) -> None:
        with os.scandir(here) as entries:
            names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for name, is_folder in names:
            if not is_folder:
                os.unlink(name, dir_fd=here)
                continue
            if stat.S_IMODE(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode) & 0o700 != 0o700:
                os.chmod(name, 0o700, dir_fd=here)
            moved = f".gone-{os.urandom(16).hex()}"
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
