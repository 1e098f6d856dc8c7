"""pass@k as curves: what more tries are worth to each model. Knows estimates with limits; refuses to compute any."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from assay.reports.pictures.frame import PERCENT, Drawn, Picture, Width, layered, named, room, shortened
from assay.reports.pictures.theme import SERIES, SHAPES
from assay.reports.standing import Rate
from assay.reports.wording import percent, span

MOST = len(SERIES)


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One model's chance that at least one of k samples is right."""

    label: str
    tasks: int
    at: dict[int, Rate]


def picture(curves: Sequence[Curve], *, suite: str, level: float) -> Picture | None:
    """Of the first eight; `None` where nobody has a second sample."""
    several = [one for one in curves if len(one.at) > 1]
    if not several:
        return None
    shown = several[:MOST]
    sizes = sorted({one.tasks for one in shown})
    n = f"{sizes[0]:,}" if len(sizes) == 1 else f"{sizes[0]:,} to {sizes[-1]:,}"
    apart = []
    if len(several) > MOST:
        apart.append(f"The {MOST} models with the highest scores, of {len(several)}; results.csv has all.")
    if len(several) < len(curves):
        apart.append(f"{len(curves) - len(several)} with one sample of each task have no curve.")
    return Picture(
        name="pass-at-k",
        title=_title(shown, suite),
        reading=f"Chance that at least one of k samples is right; bands: {percent(level, places=0)} interval; "
        f"n = {n} tasks.",
        apart=tuple(apart),
        draw=lambda width: chart(shown, width),
        right=(16, 14),
    )


def chart(curves: Sequence[Curve], width: Width) -> Drawn:
    """A line, a band and a shape of mark for each."""
    import altair as alt

    names = shortened([one.label for one in curves], 44)
    rows = [
        {
            "name": name, "full": one.label, "k": k, "value": rate.value, "low": rate.low, "high": rate.high,
            "solved": percent(rate.value), "interval": f"{span(rate.low, rate.high)} %", "n": one.tasks,
        }
        for one, name in zip(curves, names, strict=True)
        for k, rate in sorted(one.at.items())
    ]  # fmt: skip
    low, high = room(
        [one.at[k].low for one in curves for k in one.at], [one.at[k].high for one in curves for k in one.at]
    )
    ks = sorted({k for one in curves for k in one.at})
    far = ks[-1] > 12
    x = alt.X(
        "k:Q",
        scale=alt.Scale(type="log" if far else "linear", domain=[ks[0], ks[-1]], nice=False, zero=False),
        axis=alt.Axis(title="k, tries", values=[k for k in ks if not far or k in _TICKS], format="d", grid=False),
    )
    scaled = alt.Scale(domain=[low, high], nice=False, zero=False)
    axis = alt.Axis(title="at least one right", labelExpr=PERCENT, tickCount=6)
    y, y_low = (alt.Y(field, scale=scaled, axis=axis) for field in ("value:Q", "low:Q"))
    legend = alt.Legend(
        title=None, symbolOpacity=1, orient="bottom", columns=1 if width == "narrow" else 3, symbolType="circle"
    )
    color = alt.Color("name:N", sort=None, scale=alt.Scale(range=list(SERIES)), legend=legend)
    shape = alt.Shape("name:N", sort=None, scale=alt.Scale(range=list(SHAPES)), legend=legend)
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("full", "model"), ("k", "k"), ("solved", "pass@k"), ("interval", "interval"), ("n", "tasks"),
    )]  # fmt: skip
    base = alt.Chart(named("rows")).encode(x=x, color=color)
    return layered(
        base.mark_area(opacity=0.13, line=False).encode(y=y_low, y2="high:Q"),
        base.mark_line(strokeWidth=2).encode(y=y),
        base.mark_point(size=55, filled=True, opacity=1).encode(y=y, shape=shape, tooltip=told),
        rows={"rows": rows}, height=360 if width == "wide" else 280,
    )  # fmt: skip


_TICKS = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500, 1000)


def _title(curves: Sequence[Curve], suite: str) -> str:
    best = max(curves, key=lambda one: one.at[max(one.at)].value)
    k = max(best.at)
    first, last = percent(best.at[1].value), percent(best.at[k].value)
    if len(curves) == 1:
        return f"On {suite}, {k} tries take {best.label} from {first} to {last}"
    return f"On {suite}, {best.label} reaches the most with {k} tries: {last}, after {first} with one"
