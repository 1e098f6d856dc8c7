"""Repeated runs on a time axis: whether a model's score moves by more than its intervals allow. Knows moments;
refuses to call a movement an alarm."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from assay.reports.pictures.frame import PERCENT, Drawn, Picture, Width, layered, named, room, shortened
from assay.reports.pictures.theme import SERIES, SHAPES
from assay.reports.wording import percent, span

MOST = len(SERIES)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A model's score in one run."""

    label: str
    run: str
    at: float
    """When the run was begun, in seconds since 1970."""
    value: float
    low: float
    high: float
    n: int


def picture(moments: Sequence[Moment], *, suite: str, level: float) -> Picture | None:
    """Of the first eight models that were measured twice; `None` where none was."""
    labels = [one.label for one in moments]
    again = [label for label in dict.fromkeys(labels) if labels.count(label) > 1]
    if not again:
        return None
    shown = [one for one in moments if one.label in again[:MOST]]
    sizes = sorted({one.n for one in shown})
    n = f"n = {sizes[0]:,}" if len(sizes) == 1 else f"n = {sizes[0]:,} to {sizes[-1]:,}"
    return Picture(
        name="timeline",
        title=_title(shown, suite),
        reading=f"Share solved in each run, by when it was begun; bars: {percent(level, places=0)} interval, each by "
        f"itself; {n} trials a run.",
        apart=(f"The first {MOST} of {len(again)} models.",) if len(again) > MOST else (),
        draw=lambda width: chart(shown, width),
        right=(16, 14),
    )


def chart(moments: Sequence[Moment], width: Width) -> Drawn:
    """A line for each model; runs at the same time stand side by side."""
    import altair as alt

    labels = list(dict.fromkeys(one.label for one in moments))
    names = dict(zip(labels, shortened(labels, 44), strict=True))
    rows = [
        {
            "name": names[one.label], "full": one.label, "run": one.run, "at": one.at * 1000, "value": one.value,
            "low": one.low, "high": one.high, "solved": percent(one.value), "interval": f"{span(one.low, one.high)} %",
            "begun": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(one.at)), "n": one.n,
        }
        for one in moments
    ]  # fmt: skip
    low, high = room([one.low for one in moments], [one.high for one in moments])
    first, last = min(one.at for one in moments), max(one.at for one in moments)
    margin = max(3600.0, (last - first) * 0.05)
    x = alt.X(
        "at:T",
        scale=alt.Scale(type="utc", domain=[1000 * (first - margin), 1000 * (last + margin)], nice=False),
        axis=alt.Axis(title=None, grid=False, tickCount=4 if width == "narrow" else 8, labelOverlap=True),
    )
    scaled = alt.Scale(domain=[low, high], nice=False, zero=False)
    axis = alt.Axis(title="solved", labelExpr=PERCENT, tickCount=6)
    y, y_low = (alt.Y(field, scale=scaled, axis=axis) for field in ("value:Q", "low:Q"))
    legend = alt.Legend(title=None, symbolOpacity=1, orient="bottom", columns=1 if width == "narrow" else 3)
    color = alt.Color("name:N", sort=None, scale=alt.Scale(range=list(SERIES)), legend=legend)
    shape = alt.Shape("name:N", sort=None, scale=alt.Scale(range=list(SHAPES)), legend=legend)
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("full", "model"), ("run", "run"), ("begun", "begun"), ("solved", "solved"), ("interval", "interval"),
        ("n", "trials"),
    )]  # fmt: skip
    base = alt.Chart(named("rows")).encode(x=x, color=color)
    return layered(
        base.mark_rule(strokeWidth=4, opacity=0.35).encode(y=y_low, y2="high:Q"),
        base.mark_line(strokeWidth=1.8).encode(y=y),
        base.mark_point(size=70, filled=True, opacity=1).encode(y=y, shape=shape, tooltip=told),
        rows={"rows": rows}, height=340 if width == "wide" else 270,
    )  # fmt: skip


def _title(moments: Sequence[Moment], suite: str) -> str:
    runs = len({one.run for one in moments})
    moved = []
    for label in dict.fromkeys(one.label for one in moments):
        mine = [one for one in moments if one.label == label]
        if max(one.low for one in mine) > min(one.high for one in mine):
            moved.append(label)
    if not moved:
        return f"Over {runs} runs of {suite}, no score moved out of its intervals"
    if len(moved) == 1:
        return f"Over {runs} runs of {suite}, the intervals of {moved[0]} do not all overlap"
    return f"Over {runs} runs of {suite}, the intervals of {len(moved)} models do not all overlap"
