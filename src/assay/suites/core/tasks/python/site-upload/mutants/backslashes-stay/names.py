"""What names of members may be, and where they lead."""

import re

DRIVE = re.compile("[A-Za-z]:")


class BadUpload(ValueError):
    """An archive that is not taken in."""


def target(name: str) -> str:
    """The path that a member's name means: relative, with single slashes. Refuses what leads anywhere else."""
    if name.startswith(("/", "\\")) or DRIVE.match(name):
        raise BadUpload(f"not a relative path: {name}")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise BadUpload(f"leads out of the folder: {name}")
    return "/".join(parts)
