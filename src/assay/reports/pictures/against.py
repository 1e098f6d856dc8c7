"""Quality against what it takes: dollars, or seconds, on a logarithmic axis, with the frontier of those that nobody
beats in both. Who has no known value is listed apart, never drawn at 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from assay.reports.pictures.frame import PERCENT, PIXELS, Drawn, Picture, Width, layered, listed, named, room, shortened
from assay.reports.pictures.labels import PLACES, placed
from assay.reports.pictures.theme import GROUND, INK, LEAD, LEAD_BAND, REST, REST_BAND, SOFT
from assay.reports.wording import counted, dollars, percent, seconds, span
from assay.stats.pareto import front


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A model: what it takes, and what it solves."""

    label: str
    takes: float | None
    """`None` is unknown; limits that are unknown are not drawn."""
    takes_low: float | None = None
    takes_high: float | None = None
    why: str = "unknown"
    """Why it is, where it is."""
    value: float
    low: float
    high: float
    n: int


class Measure(NamedTuple):
    """What is on the axis."""

    name: str
    axis: str
    noun: str
    unit: str
    how: str
    least: str


COST = Measure(
    "cost", "dollars per trial", "price", "$~g", "dollars for each trial, failed and repeated calls included", "cheaper"
)
PACE = Measure(
    "latency",
    "median seconds per trial",
    "latency",
    "~g",
    "median seconds from the first byte sent to the last received",
    "faster",
)

_HEIGHT: dict[Width, int] = {"wide": 430, "narrow": 330}
_CROWD = 40
_NAME: dict[Width, int] = {"wide": 34, "narrow": 22}


def picture(points: Sequence[Point], measure: Measure, *, suite: str, level: float) -> Picture | None:
    """`None` where it is known of fewer than two: there is nothing to weigh."""
    known = [one for one in points if one.takes is not None and one.takes > 0 and math.isfinite(one.takes)]
    if len(known) < 2:
        return None
    on_front = _front(known)
    sizes = sorted({one.n for one in known})
    n = f"n = {counted(sizes[0], 'trial')} each" if len(sizes) == 1 else f"n = {sizes[0]:,} to {sizes[-1]:,} trials"
    return Picture(
        name=measure.name,
        title=_title(known, on_front, measure, suite),
        reading=f"Across: {measure.how}, on a logarithmic axis. Up: share solved, with its "
        f"{percent(level, places=0)} interval; {n}. The line joins those that nobody beats in both.",
        apart=_apart([one for one in points if one not in known]),
        draw=lambda width: chart(known, on_front, measure, width),
        right=(18, 14),
    )


def chart(points: Sequence[Point], on_front: Sequence[bool], measure: Measure, width: Width) -> Drawn:
    """Points with both intervals; names where they have room, the frontier's first."""
    import altair as alt

    x_domain, y_domain = _domains(points)
    rows = _rows(points, on_front, measure, width, x_domain, y_domain)
    x = alt.X(
        "takes:Q",
        scale=alt.Scale(type="log", domain=list(x_domain), nice=False),
        axis=alt.Axis(title=measure.axis, format=measure.unit, values=_ticks(x_domain), labelOverlap=True),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(y_domain), zero=False, nice=False),
        axis=alt.Axis(title="solved", labelExpr=PERCENT, tickCount=6),
    )
    lead = alt.datum.front
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("full", "model"), ("solved", "solved"), ("interval", "interval"), ("said", measure.axis), ("n", "trials"),
    )]  # fmt: skip
    band = alt.condition(lead, alt.value(LEAD_BAND), alt.value(REST_BAND))
    layers = [
        alt.Chart(named("steps"))
        .mark_line(interpolate="step-after", color=LEAD, strokeWidth=1.6, strokeDash=[5, 3])
        .encode(x=x, y=y, order="order:Q"),
        alt.Chart(named("rows")).mark_rule(strokeWidth=3).encode(x=x, y="low:Q", y2="high:Q", color=band),
        alt.Chart(named("rows"))
        .transform_filter("isValid(datum.takes_low)")
        .mark_rule(strokeWidth=3)
        .encode(x="takes_low:Q", x2="takes_high:Q", y=y, color=band),
        alt.Chart(named("rows"))
        .mark_point(size=85, filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.condition(lead, alt.value(LEAD), alt.value(REST)),
            shape=alt.condition(lead, alt.value("circle"), alt.value("diamond")),
            tooltip=told,
        ),
    ]
    for number, place in enumerate(PLACES):
        if any(row["place"] == number for row in rows):
            text = alt.Chart(named("rows")).transform_filter(alt.datum.place == number).encode(x=x, y=y, text="name:N")
            layers += [
                text.mark_text(
                    align=place.align,
                    dx=place.dx,
                    dy=place.dy,
                    fontSize=11.5,
                    stroke=GROUND,
                    strokeWidth=3,
                    opacity=0.8,
                ),
                text.mark_text(align=place.align, dx=place.dx, dy=place.dy, fontSize=11.5).encode(
                    color=alt.condition(lead, alt.value(INK), alt.value(SOFT))
                ),
            ]
    steps = _steps(points, on_front, x_domain)
    return layered(*layers, rows={"rows": rows, "steps": steps}, height=_HEIGHT[width])


def _ticks(domain: tuple[float, float]) -> list[float]:
    """1, 2 and 5 of each ten, or 1 alone where there are many."""
    first, last = math.floor(math.log10(domain[0])), math.ceil(math.log10(domain[1]))
    steps = (1, 2, 5) if last - first <= 4 else (1,)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return [float(f"{tick:.1g}") for tick in ticks if domain[0] <= tick <= domain[1]]


def _front(points: Sequence[Point]) -> list[bool]:
    takes = np.array([one.takes for one in points], np.float64)
    value = np.array([one.value for one in points], np.float64)
    return [bool(one) for one in front(takes, value)]


def _domains(points: Sequence[Point]) -> tuple[tuple[float, float], tuple[float, float]]:
    held = [limit for one in points for limit in (one.takes, one.takes_low, one.takes_high) if limit and limit > 0]
    low, high = math.log10(min(held)), math.log10(max(held))
    margin = max(0.12, (high - low) * 0.08, (0.8 - (high - low)) / 2)
    bottom, top = room([one.low for one in points], [one.high for one in points])
    return (10 ** (low - margin), 10 ** (high + margin)), (bottom, top)


def _rows(
    points: Sequence[Point],
    on_front: Sequence[bool],
    measure: Measure,
    width: Width,
    x_domain: tuple[float, float],
    y_domain: tuple[float, float],
) -> list[dict[str, Any]]:
    size = (PIXELS[width] - (80.0 if width == "wide" else 70.0), float(_HEIGHT[width]))
    order = sorted(range(len(points)), key=lambda at: (not on_front[at], -points[at].value))
    names = shortened([points[at].label for at in order], _NAME[width])
    left, across = math.log10(x_domain[0]), math.log10(x_domain[1] / x_domain[0])
    at_pixels = [
        (
            size[0] * (math.log10(points[at].takes or 1.0) - left) / across,
            size[1] * (y_domain[1] - points[at].value) / (y_domain[1] - y_domain[0]),
        )
        for at in order
    ]
    # A phone, and a crowd, have room for the names that matter.
    roomy = width == "wide" and len(points) <= _CROWD
    wanted = [name if roomy or on_front[at] else "" for at, name in zip(order, names, strict=True)]
    rows = []
    for at, name, place in zip(
        order, wanted, placed(at_pixels, wanted, line=[on_front[at] for at in order], size=size), strict=True
    ):
        one = points[at]
        assert one.takes is not None
        bounded = one.takes_low is not None and one.takes_high is not None and one.takes_low > 0
        rows.append(
            {
                "name": name,
                "full": one.label,
                "takes": one.takes,
                "takes_low": one.takes_low if bounded else None,
                "takes_high": one.takes_high if bounded else None,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "front": on_front[at],
                "solved": percent(one.value),
                "interval": f"{span(one.low, one.high)} %",
                "said": dollars(one.takes) if measure is COST else seconds(one.takes),
                "n": f"{one.n:,}",
                "place": place,
            }
        )
    return rows


def _steps(points: Sequence[Point], on_front: Sequence[bool], x_domain: tuple[float, float]) -> list[dict[str, float]]:
    """The frontier as a stair to the right edge."""
    held = sorted((one.takes or 0.0, one.value) for one, lead in zip(points, on_front, strict=True) if lead)
    stair = [*held, (x_domain[1], held[-1][1])]
    return [{"takes": takes, "value": value, "order": order} for order, (takes, value) in enumerate(stair)]


def _title(points: Sequence[Point], on_front: Sequence[bool], measure: Measure, suite: str) -> str:
    held = sorted((one for one, lead in zip(points, on_front, strict=True) if lead), key=lambda one: one.takes or 0.0)
    first, last = held[0], held[-1]
    if len(held) == 1:
        return f"None of {len(points)} models is {measure.least} or better than {first.label} on {suite}"
    if math.isclose(first.takes or 0.0, last.takes or 0.0) and math.isclose(first.value, last.value):
        return f"On {suite}, {len(held)} of {len(points)} models take and solve the same, and nobody beats them"
    return (
        f"On {suite}, {len(held)} of {len(points)} models are worth their {measure.noun}: from {first.label} "
        f"({percent(first.value, places=0)} at {_worth(first, measure)}) to {last.label} "
        f"({percent(last.value, places=0)} at {_worth(last, measure)})"
    )


def _worth(one: Point, measure: Measure) -> str:
    return dollars(one.takes) if measure is COST else seconds(one.takes)


def _apart(points: Sequence[Point]) -> tuple[str, ...]:
    whys = dict.fromkeys(one.why for one in points)
    return tuple(
        f"Not drawn, {why}: {listed(f'{one.label} ({percent(one.value)})' for one in points if one.why == why)}."
        for why in whys
    )
