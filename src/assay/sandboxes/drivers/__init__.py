"""What runs beside the answer, one driver per language: it reads calls, makes them, says what they did.

A driver knows nothing of expected values. Python's runs in a fork of the box's own interpreter; JavaScript's is
put beside the answer; the others are folders of sources that their toolchain compiles once for all answers.
"""

from __future__ import annotations

from importlib import resources

PRELOADED = tuple(
    f"{__name__}.{driver}:main"
    for driver in (
        "python",
        "official",
        "apart",
        "replay",
        "contest",
        "script",
        "evalplus",
        "unittests",
        "tool_states",
        "written_tests",
    )
)
"""The warm entry points that a pool of boxes has to know."""


def source(name: str) -> str:
    """The text of one file."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def sources(folder: str) -> dict[str, str]:
    """The files of a driver that has several, by name."""
    files = resources.files(__package__).joinpath(folder).iterdir()
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)}
