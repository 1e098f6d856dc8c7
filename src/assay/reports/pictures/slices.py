"""Slices as a heat map: who solves how much of each language, category or difficulty, with the number of trials
in each cell. Knows standings of slices; refuses to compute any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assay.reports.pictures.frame import PERCENT, PIXELS, Drawn, Picture, Width, layered, listed, named, shortened
from assay.reports.pictures.theme import INK
from assay.reports.standing import Standing
from assay.reports.wording import percent, span

_MOST_MODELS = 40
_MOST_VALUES: dict[Width, int] = {"wide": 16, "narrow": 7}
_NAME: dict[Width, int] = {"wide": 38, "narrow": 18}
_STEP = 34


_HARDER = {"easy": 1, "medium": 2, "hard": 3, "expert": 4}
"""What is known by such names is read in this order."""

Cells = Mapping[tuple[str, str], Standing]
"""By model's label and slice's value."""


def picture(labels: Sequence[str], cells: Cells, *, by: str, suite: str, level: float) -> Picture | None:
    """`None` where there is one value only: it would say what the board says."""
    values = _largest_first(cells)
    if len(values) < 2 or not labels:
        return None
    apart = []
    if len(labels) > _MOST_MODELS:
        apart.append(f"The {_MOST_MODELS} models with the highest scores, of {len(labels)}; slices.csv has all.")
    cut: dict[Width, tuple[str, ...]] = {
        width: (f"The largest {most} of {len(values)}; left out: {listed(values[most:])}.",)
        for width, most in _MOST_VALUES.items()
        if len(values) > most
    }
    return Picture(
        name=f"slices-{by}",
        title=_title(labels, cells, values, by, suite),
        reading=f"Share solved by {by}; below it n, the trials judged. Slices are small: point at a cell for its "
        f"{percent(level, places=0)} interval.",
        apart=tuple(apart),
        cut=cut,
        draw=lambda width: chart(labels[:_MOST_MODELS], cells, values[: _MOST_VALUES[width]], by, width),
    )


def chart(labels: Sequence[str], cells: Cells, values: Sequence[str], by: str, width: Width) -> Drawn:
    """Models down, values across."""
    import altair as alt

    narrow = width == "narrow"
    names = shortened(labels, _NAME[width])
    heads = shortened(values, 14 if narrow else 22)
    rows = [
        _cell(cells.get((label, value)), label, value, name, head, narrow=narrow)
        for label, name in zip(labels, names, strict=True)
        for value, head in zip(values, heads, strict=True)
    ]
    across = (PIXELS[width] - 8 * max(map(len, names))) / len(values)
    flat = all(len(head) * 7 < across for head in heads)
    x = alt.X("value:N", sort=None, scale=alt.Scale(paddingInner=0.02, paddingOuter=0), axis=alt.Axis(
        title=None, orient="top", labelAngle=0 if flat else -40, labelColor=INK, ticks=False, domain=False,
        labelLimit=160, labelOverlap=False,
    ))  # fmt: skip
    y = alt.Y("name:N", sort=None, scale=alt.Scale(paddingInner=0.04, paddingOuter=0), axis=alt.Axis(
        title=None, labelLimit=300, labelColor=INK, ticks=False, domain=False, labelOverlap=False,
    ))  # fmt: skip
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("model", "model"), ("of", by), ("solved", "solved"), ("interval", "interval"), ("n", "trials"),
    )]  # fmt: skip
    base = alt.Chart(named("rows")).encode(x=x, y=y)
    ink = alt.condition("datum.share > 0.52", alt.value("#10141a"), alt.value("#ffffff"))
    text = base.transform_filter("isValid(datum.share)")
    return layered(
        text.mark_rect().encode(
            color=alt.Color("share:Q", scale=alt.Scale(scheme="cividis", domain=[0, 1]), legend=alt.Legend(
                title="solved", orient="bottom", labelExpr=PERCENT, gradientLength=160, gradientThickness=10,
                values=[0, 0.5, 1],
            )),
            tooltip=told,
        ),
        text.mark_text(dy=-5, fontSize=12).encode(text="short:N", color=ink),
        text.mark_text(dy=8, fontSize=9.5).encode(text="n:N", color=ink),
        rows={"rows": rows}, height=_STEP * len(labels),
    )  # fmt: skip


def _cell(one: Standing | None, label: str, value: str, name: str, head: str, *, narrow: bool) -> dict[str, Any]:
    known = one is not None and one.accuracy is not None
    return {
        "name": name,
        "value": head,
        "model": label,
        "of": value,
        "share": one.accuracy if known and one else None,
        "solved": percent(one.accuracy) if one else "",
        "interval": f"{span(one.ci_low, one.ci_high)} %" if known and one else "",
        "short": f"{100 * (one.accuracy or 0):.0f}{'' if narrow else ' %'}" if known and one else "",
        "n": f"{one.judged:,}" if narrow and one else f"n {one.judged:,}" if one else "",
    }


def _largest_first(cells: Cells) -> list[str]:
    sizes: dict[str, int] = {}
    for (_, value), one in cells.items():
        sizes[value] = max(sizes.get(value, 0), one.judged)
    largest = sorted(sizes, key=lambda value: (-sizes[value], value))
    first = sorted(largest[: _MOST_VALUES["narrow"]], key=lambda value: (_HARDER.get(value, 0), value))
    return first + largest[_MOST_VALUES["narrow"] :]


def _title(labels: Sequence[str], cells: Cells, values: Sequence[str], by: str, suite: str) -> str:
    """Names the hardest and the easiest where the models' intervals, on average, do not overlap."""
    means: dict[str, tuple[float, float, float]] = {}
    for value in values:
        known = [one for label in labels if (one := cells.get((label, value))) and one.accuracy is not None]
        if known:
            columns = zip(*((one.accuracy or 0.0, one.ci_low or 0.0, one.ci_high or 0.0) for one in known), strict=True)
            mean, low, high = (sum(column) / len(known) for column in columns)
            means[value] = (mean, low, high)
    if not means:
        return f"{suite} by {by}: nothing judged yet"
    hard, easy = min(means, key=lambda value: means[value]), max(means, key=lambda value: means[value])
    least, most = percent(means[hard][0], places=0), percent(means[easy][0], places=0)
    if means[hard][2] >= means[easy][1]:
        seen = least if least == most else f"{least} to {most}"
        return f"By {by}, {suite} shows no difference for sure: {seen} solved"
    return f"By {by}, {suite} is hardest in {hard} ({least} solved) and easiest in {easy} ({most})"
