"""Models × tasks, hardest tasks left, best models on top: where scores come from, and whether the easy tasks are
easy for all. Knows a matrix; refuses to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.reports.matrix import Matrix
from assay.reports.pictures.frame import PIXELS, Drawn, Picture, Width, layered, named, shortened
from assay.reports.pictures.theme import FAINT, INK, LEAD
from assay.reports.wording import counted

_NAME: dict[Width, int] = {"wide": 38, "narrow": 18}
_MOST_ACROSS: dict[Width, int] = {"wide": 320, "narrow": 110}
_MOST_CELLS = 12_000
"""More than this is slow to draw: neighbours in difficulty share a cell."""


def picture(matrix: Matrix, *, suite: str) -> Picture | None:
    """`None` where nothing was judged. Tasks that some were not judged on are in it, with gaps."""
    judged = np.isfinite(matrix.score)
    if not matrix.entries or not judged.any():
        return None
    drawn = matrix.columns(np.asarray(judged.any(axis=0), np.bool_))
    cut: dict[Width, tuple[str, ...]] = {}
    for width in PIXELS:
        size = int(_columns(drawn, width).max())
        if size > 1:
            cut[width] = (f"Each column is {size} tasks, neighbours in difficulty.",)
    return Picture(
        name="tasks",
        title=_title(drawn, suite),
        reading=f"A column for each task, hardest left; a row for each model, best on top. Full colour: solved; "
        f"lighter: sometimes; grey: never; empty: not judged. n = {counted(len(drawn.tasks), 'task')}.",
        cut=cut,
        draw=lambda width: chart(drawn, width),
        right=(8, 8),
    )


def chart(matrix: Matrix, width: Width) -> Drawn:
    """Cells of equal width, edge to edge."""
    import altair as alt

    rows = _rows(matrix, width)
    models = len(matrix.entries)
    step = max(12, min(26, 520 // models))
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0, len(matrix.tasks)], nice=False, zero=False),
        axis=alt.Axis(title="tasks, hardest first", format="d", tickMinStep=1, grid=False, tickCount=6),
    )
    y = alt.Y("name:N", sort=None, scale=alt.Scale(paddingInner=0.12, paddingOuter=0.05), axis=alt.Axis(
        title=None, labelLimit=300, labelColor=INK, ticks=False, domain=False, labelOverlap=False,
        labelFontSize=12 if step > 14 else 10,
    ))  # fmt: skip
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in (
        ("model", "model"), ("task", "task"), ("said", "solved"),
    )]  # fmt: skip
    return layered(
        alt.Chart(named("judged")).mark_rect(color=FAINT).encode(x=x, x2="to:Q", y=y),
        alt.Chart(named("rows"))
        .mark_rect(color=LEAD, stroke=LEAD, strokeWidth=0.5)
        .encode(
            x=x,
            x2="to:Q",
            y=y,
            tooltip=told,
            opacity=alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.12, 1]), legend=None),
        ),
        rows={"judged": _joined(rows), "rows": [row for row in rows if row["share"] > 0]},
        height=step * models,
    )


def _joined(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was judged, neighbours in one: the ground on which solved tasks stand."""
    joined: list[dict[str, Any]] = []
    for row in rows:
        if joined and joined[-1]["name"] == row["name"] and joined[-1]["to"] == row["from"]:
            joined[-1]["to"] = row["to"]
        else:
            joined.append({"name": row["name"], "from": row["from"], "to": row["to"]})
    return joined


def _rows(matrix: Matrix, width: Width) -> list[dict[str, Any]]:
    mean = np.array([float(np.nanmean(row)) if np.isfinite(row).any() else -1.0 for row in matrix.score])
    models = sorted(range(len(mean)), key=lambda at: (-mean[at], matrix.labels[at]))
    order = np.argsort(np.nanmean(matrix.score, axis=0), kind="stable")
    names = shortened([matrix.labels[at] for at in models], _NAME[width])
    sizes = _columns(matrix, width)
    ends = np.cumsum(sizes)
    rows: list[dict[str, Any]] = []
    for model, name in zip(models, names, strict=True):
        for end, size in zip(ends.tolist(), sizes.tolist(), strict=True):
            held = order[end - size : end]
            scores = matrix.score[model, held]
            known = scores[np.isfinite(scores)]
            if not known.size:
                continue
            share = float(known.mean())
            rows.append(
                {
                    "name": name,
                    "from": end - size,
                    "to": end,
                    "share": round(share, 3),
                    "model": matrix.labels[model],
                    "task": matrix.tasks[held[0]] if size == 1 else f"{end - size + 1} to {end} of {len(order)}",
                    "said": f"{100 * share:.0f} % of {known.size}" if size > 1 else f"{100 * share:.0f} %",
                }
            )
    return rows


def _columns(matrix: Matrix, width: Width) -> NDArray[np.int64]:
    """How many tasks each column holds: one, unless there are too many."""
    tasks = len(matrix.tasks)
    most = max(30, min(_MOST_ACROSS[width], _MOST_CELLS // len(matrix.entries)))
    size = -(-tasks // most)
    sizes = np.full(-(-tasks // size), size, np.int64)
    sizes[-1] = tasks - size * (sizes.size - 1)
    return sizes


def _title(matrix: Matrix, suite: str) -> str:
    tasks = len(matrix.tasks)
    of = f"{counted(tasks, 'task')} of {suite}"
    if len(matrix.entries) == 1:
        solved = int((np.nan_to_num(matrix.score[0]) >= 1).sum())
        return f"{matrix.labels[0]} solves {solved:,} of {of}{' each time' * bool(matrix.runs.max() > 1)}"
    nobody = int((np.nanmax(matrix.score, axis=0) <= 0).sum())
    everybody = int((np.nanmin(matrix.score, axis=0) >= 1).sum())
    if tasks in {everybody, nobody}:
        return f"Everybody solves all {of}" if everybody else f"Nobody solves any of {of}"
    if not nobody + everybody:
        return f"Each of {of} is solved by some and missed by others"
    return f"Of {of}, {nobody:,} are solved by nobody and {everybody:,} by everybody"
