"""Pictures as a page carries them: words for the template, and specifications as base64 that the page's script
inflates. No name and no datum of a run is in anything that is run. Refuses to know the page's looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from assay.reports.embedded import pack
from assay.reports.pictures.frame import Picture, Width


class Figure(msgspec.Struct, frozen=True):
    """A picture's place in the page."""

    number: int
    name: str
    title: str
    reading: str
    apart: tuple[str, ...]
    cut: Mapping[Width, tuple[str, ...]]
    packed: str


def figures(pictures: Iterable[Picture], *, first: int = 0) -> dict[str, Figure]:
    """By name, numbered from `first`."""
    return {
        picture.name: Figure(
            first + at,
            picture.name,
            picture.title,
            picture.reading,
            picture.apart,
            picture.cut,
            pack({"wide": picture.spec("wide"), "narrow": picture.spec("narrow"), "fixed": picture.fixed}),
        )
        for at, picture in enumerate(pictures)
    }
