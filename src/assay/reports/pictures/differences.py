"""All pairs: how far the model of the row is ahead of the model of the column, blank where they cannot be told
apart. Refuses to decide: it is told what is decided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assay.reports.pictures.frame import Drawn, Picture, Width, layered, named, shortened
from assay.reports.pictures.theme import FAINT, INK, LINE
from assay.reports.wording import counted, percent

_MOST: dict[Width, int] = {"wide": 40, "narrow": 12}
_NAME: dict[Width, int] = {"wide": 34, "narrow": 17}
_NUMBERS = 16
"""With more models than this a cell has no room for its number."""

_COLOURS = ["#a34d00", "#f5b26b", "#b4b4b4", "#8fbfe6", "#0f5ca3"]
"""From far behind to just behind, from just ahead to far ahead; what lies between is not decided."""


def picture(
    labels: Sequence[str],
    difference: NDArray[np.float64],
    decided: NDArray[np.bool_],
    *,
    suite: str,
    tasks: int,
    level: float,
) -> Picture | None:
    """`difference[a, b]` is row less column, in the order of `labels`; `None` with fewer than two models."""
    if len(labels) < 2:
        return None
    pairs = len(labels) * (len(labels) - 1) // 2
    told = int(np.triu(decided, 1).sum())
    cut: dict[Width, tuple[str, ...]] = {
        width: (f"The first {most} of {len(labels)} models.",) for width, most in _MOST.items() if len(labels) > most
    }
    return Picture(
        name="differences",
        title=_title(told, pairs, suite),
        reading="Each cell: the row's score less the column's, in points; columns have their row's number. "
        f"Empty: not decided at {percent(level, places=0)}, corrected for all {counted(pairs, 'pair')}; "
        f"n = {counted(tasks, 'task')} that all were judged on.",
        cut=cut,
        draw=lambda width: chart(labels, difference, decided, width),
        fixed=True,
    )


def chart(labels: Sequence[str], difference: NDArray[np.float64], decided: NDArray[np.bool_], width: Width) -> Drawn:
    """A square of the first models."""
    import altair as alt

    size = min(len(labels), _MOST[width])
    names = [f"{name}  {at}" for at, name in enumerate(shortened(labels[:size], _NAME[width]), start=1)]
    rows = [
        {
            "row": names[a],
            "column": str(b + 1),
            "first": labels[a],
            "second": labels[b],
            "other": a != b,
            "points": round(100 * float(difference[a, b]), 1) if decided[a, b] else None,
            "said": f"{100 * float(difference[a, b]):+.1f} points" + ("" if decided[a, b] else ", not decided"),
            "short": f"{100 * float(difference[a, b]):+.0f}" if decided[a, b] else "",
            "strong": bool(decided[a, b]) and abs(float(difference[a, b])) > 0.5 * _most(difference),
        }
        for a in range(size)
        for b in range(size)
    ]
    most = max(1.0, 100 * _most(difference))
    step = max(17, min(46, 560 // size)) if width == "wide" else max(14, min(38, 170 // size))
    numbered = size <= _NUMBERS and step >= 26
    x = alt.X("column:N", sort=None, axis=alt.Axis(
        title=None, orient="top", labelAngle=0, labelColor=INK, ticks=False, domain=False, labelOverlap=False,
        labelFontSize=12 if step >= 20 else 9,
    ))  # fmt: skip
    y = alt.Y("row:N", sort=None, axis=alt.Axis(
        title=None, labelLimit=300, labelColor=INK, ticks=False, domain=False,
        labelOverlap=False,
    ))  # fmt: skip
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("first", "row"), ("second", "column"), ("said", "row less column"),
    )]  # fmt: skip
    base = alt.Chart(named("rows")).encode(x=x, y=y)
    layers = [
        base.mark_rect(color=FAINT, stroke=LINE, strokeWidth=0.5).encode(
            opacity=alt.condition(alt.datum.other, alt.value(0.45), alt.value(0)), tooltip=told
        ),
        base.transform_filter("isValid(datum.points)").mark_rect().encode(
            color=alt.Color(
                "points:Q",
                scale=alt.Scale(domain=[-most, -0.001, 0, 0.001, most], range=_COLOURS),
                legend=alt.Legend(
                    title="points ahead", orient="bottom", labelExpr=_SIGNED, gradientLength=180, gradientThickness=10,
                    values=[-round(most), 0, round(most)],
                ),
            ),
            tooltip=told,
        ),
    ]  # fmt: skip
    if numbered:
        layers.append(
            base.mark_text(fontSize=10.5).encode(
                text="short:N", color=alt.condition(alt.datum.strong, alt.value("#ffffff"), alt.value("#14171b"))
            )
        )
    return layered(*layers, rows={"rows": rows}, width=step * size, height=step * size)


_SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+.0f')"


def _most(difference: NDArray[np.float64]) -> float:
    return float(np.nanmax(np.abs(difference), initial=0.0))


def _title(told: int, pairs: int, suite: str) -> str:
    if pairs == 1:
        return f"The two models {'differ' if told else 'cannot be told apart'} on {suite}"
    if not told:
        return f"No two models can be told apart on {suite}"
    if told == pairs:
        return f"All {pairs:,} pairs of models can be told apart on {suite}"
    return f"{told:,} of {pairs:,} pairs of models can be told apart on {suite}"
