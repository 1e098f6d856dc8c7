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


_CLEAR = (6, 2, 1, 5, 3)
"""Places of a point that a stair leaves to the right, and reaches from below."""


def placed(
    points: Sequence[tuple[float, float]], names: Sequence[str], *, line: Sequence[bool], size: tuple[float, float]
) -> list[int | None]:
    """For each point the number of its place, in order of importance; `None` where its name finds no room. Points
    on the line have theirs beside it."""
    taken: list[Box] = [(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in points]
    found: list[int | None] = []
    for at, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        others = [*taken[:at], *taken[at + 1 :]]
        boxes = {
            number: _box(x + PLACES[number].dx, y + PLACES[number].dy, len(name) * _LETTER, PLACES[number].align)
            for number in (_CLEAR if line[at] else range(len(PLACES)))
        }
        free = (
            number
            for number, box in boxes.items()
            if _inside(box, size) and not any(_meet(box, other) for other in others)
        )
        chosen = next(free, None) if name else None
        found.append(chosen)
        if chosen is not None:
            taken.append(boxes[chosen])
    return found


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]


def _box(x: float, y: float, width: float, align: str) -> Box:
    left = x if align == "left" else x - width if align == "right" else x - width / 2
    return (left, y - _LINE / 2, left + width, y + _LINE / 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
