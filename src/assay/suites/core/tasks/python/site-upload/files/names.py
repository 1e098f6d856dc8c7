"""What names of members may be, and where they lead."""


class BadUpload(ValueError):
    """An archive that is not taken in."""


def target(name: str) -> str:
    """The path that a member's name means: relative, with single slashes. Refuses what leads anywhere else."""
    path = name.lstrip("/").replace("../", "")
    if ".." in path:
        raise BadUpload(f"leads out of the folder: {name}")
    return path
