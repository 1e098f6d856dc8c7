"""What runs beside the answer, one driver per language: it reads calls, makes them, says what they did.

A driver knows nothing of expected values. Python's runs in a fork of the box's own interpreter; the others
are sources that their toolchain puts beside the answer's files.
"""

from __future__ import annotations

from importlib import resources


def source(name: str) -> str:
    """The text of one driver's source."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
