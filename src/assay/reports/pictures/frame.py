"""What every picture has: a title that says something, how to read it, what was left out, and a chart in two
widths. Knows names and sizes; refuses to know what is drawn."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from assay.reports.pictures.theme import CONFIG, GROUND, Scheme, painted

if TYPE_CHECKING:
    import altair as alt

Width = Literal["wide", "narrow"]

PIXELS: dict[Width, int] = {"wide": 940, "narrow": 358}
"""Of a file. In a page a picture takes the room there is."""

PERCENT = "format(100 * datum.value, '.0f') + ' %'"
"""How an axis from 0 to 1 is labelled."""

_TITLE_PIXELS, _READING_PIXELS = 10.8, 7.6
"""Of one letter, where fonts are wide."""


Rows = Sequence[Mapping[str, Any]]


class Drawn(NamedTuple):
    """A chart, and the rows that it shows, by the names that it knows them under."""

    chart: alt.LayerChart
    rows: Mapping[str, Rows]


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """One picture; `draw` makes its chart for either width."""

    name: str
    title: str
    reading: str
    """How to read it, with its n."""
    apart: tuple[str, ...] = ()
    """What is not in it, and why: a line each."""
    cut: Mapping[Width, tuple[str, ...]] = {}
    """What one of the widths has no room for."""
    draw: Callable[[Width], Drawn]
    fixed: bool = False
    """Its cells have one size: it is as wide as it has columns, and a page scrolls it."""
    right: tuple[int, int] = (5, 5)
    """Pixels beside the plot for words there, wide and narrow."""

    def spec(self, width: Width) -> dict[str, Any]:
        """The Vega-Lite specification for a page, which has the title in words of its own."""
        drawn = self.draw(width)
        spec: dict[str, Any] = drawn.chart.to_dict(validate=False)
        spec.pop("$schema", None)
        spec["datasets"] = {name: list(rows) for name, rows in drawn.rows.items()}
        spec["config"] = CONFIG
        spec["padding"] = {"left": 4, "top": 6, "bottom": 4, "right": self.right[width == "narrow"]}
        if not self.fixed:
            spec["width"] = "container"
            spec["autosize"] = {"type": "fit-x", "contains": "padding"}
        return spec

    def file_spec(self, width: Width, scheme: Scheme) -> dict[str, Any]:
        """The same by itself: with its title, at a width of its own, and painted."""
        spec = self.spec(width)
        if not self.fixed:
            spec["width"] = PIXELS[width]
        letters = int(PIXELS[width] / _READING_PIXELS)
        said = [
            line
            for part in (self.reading, *self.apart, *self.cut.get(width, ()))
            for line in textwrap.wrap(part, letters)
        ]
        spec["title"] = {"text": textwrap.wrap(self.title, int(PIXELS[width] / _TITLE_PIXELS)), "subtitle": said}
        spec["padding"] = {**spec["padding"], "left": 16, "top": 16, "bottom": 14}
        spec["padding"]["right"] = max(16, spec["padding"]["right"] + 10)
        spec["background"] = GROUND
        painted_spec: dict[str, Any] = painted(spec, scheme)
        return painted_spec


def named(data: str) -> Any:
    """Rows by name; `layered` has them. Altair would look at each of them."""
    import altair as alt

    made: Any = alt.NamedData
    return made(name=data)


def layered(*layers: Any, rows: Mapping[str, Rows], height: int, width: int | None = None) -> Drawn:
    """Layers of one size, the first one lowest."""
    import altair as alt

    chart: Any = alt.layer(*layers)
    return Drawn(chart.properties(height=height, **({} if width is None else {"width": width})), rows)


def shortened(names: Sequence[str], limit: int) -> list[str]:
    """Each within `limit` characters, both ends kept, and no two alike."""
    short = [_one_line(name, limit) for name in names]
    often = Counter(short)
    used = {name for name, times in often.items() if times == 1}
    for at, name in enumerate(short):
        if often[name] > 1:
            marks = (f" ({number})" for number in range(1, len(names) + 1))
            tried = (_one_line(names[at], max(4, limit - len(mark))) + mark for mark in marks)
            short[at] = next(one for one in tried if one not in used)
            used.add(short[at])
    return short


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """`a, b and 3 more`."""
    held = [_one_line(name, 48) for name in names]
    if len(held) <= most:
        return ", ".join(held)
    return f"{', '.join(held[:most])} and {len(held) - most} more"


def room(lows: Iterable[float], highs: Iterable[float], *, least: float = 0.3) -> tuple[float, float]:
    """Part of the scale from 0 to 1 that holds all intervals, in tenths, and is not smaller than `least`: a
    difference of nothing is not to look large."""
    low, high = min(lows, default=0.0), max(highs, default=1.0)
    short = max(0.0, least - (high - low)) / 2
    low, high = max(0.0, low - short), min(1.0, high + short)
    return math.floor(low * 10 + 1e-9) / 10, math.ceil(high * 10 - 1e-9) / 10


def _one_line(name: str, limit: int) -> str:
    flat = " ".join(name.split())
    if len(flat) <= limit:
        return flat
    tail = (limit - 1) * 2 // 5
    return f"{flat[: limit - 1 - tail]}…{flat[len(flat) - tail :]}"
