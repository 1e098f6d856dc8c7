"""Where the names of points go so that none lies on another, or on a point. Pure geometry in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A side of a point."""

    align: Literal["left", "right", "center"]
    dx: int
    dy: int


PLACES = (
    Place("left", 9, 0), Place("right", -9, 0), Place("center", 0, -13), Place("center", 0, 14),
    Place("left", 7, -11), Place("left", 7, 12), Place("right", -7, -11), Place("right", -7, 12),
)  # fmt: skip

_LETTER, _LINE, _POINT = 6.6, 13.0, 5.0

Box = tuple[float, float, float, float]


def placed(
    points: Sequence[tuple[float, float]], names: Sequence[str], *, size: tuple[float, float]
) -> list[int | None]:
    """For each point the number of its place, in order of importance; `None` where its name finds no room."""
    taken: list[Box] = [(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in points]
    found: list[int | None] = []
    for at, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        others = [*taken[:at], *taken[at + 1 :]]
        chosen = None
        for number, place in enumerate(PLACES):
            box = _box(x + place.dx, y + place.dy, len(name) * _LETTER, place.align)
            if box[0] < 0 or box[1] < 0 or box[2] > size[0] or box[3] > size[1]:
                continue
            if not any(_meet(box, other) for other in others):
                chosen = number
                taken.append(box)
                break
        found.append(chosen)
    return found


def _box(x: float, y: float, width: float, align: str) -> Box:
    left = x if align == "left" else x - width if align == "right" else x - width / 2
    return (left, y - _LINE / 2, left + width, y + _LINE / 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
