"""The board as dots on intervals, best first: who may be the best stands out, who cannot be told apart shares a
letter. Knows standings; refuses to compute any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.reports.pictures.frame import PERCENT, Drawn, Picture, Width, layered, listed, named, room, shortened
from assay.reports.pictures.theme import GROUND, INK, LEAD, LEAD_BAND, LEAD_ROW, LINE, REST, REST_BAND, SOFT, WARN
from assay.reports.standing import Standing
from assay.reports.wording import counted, percent, span

_STEP: dict[Width, int] = {"wide": 25, "narrow": 38}
_NAME: dict[Width, int] = {"wide": 46, "narrow": 28}
_MOST_LETTERS = 8
_MOST_COLUMNS = 10


def picture(standings: Sequence[Standing], labels: Sequence[str], *, suite: str, level: float) -> Picture | None:
    """Of one suite; `labels` are the names to show. What is built in is drawn only where there is no model. `None`
    where nothing was judged."""
    judged = [(one, label) for one, label in zip(standings, labels, strict=True) if one.accuracy is not None]
    pairs = [pair for pair in judged if not pair[0].built_in] or judged
    if not pairs:
        return None
    pairs.sort(key=lambda pair: (-(pair[0].accuracy or 0.0), pair[1]))
    ranked = any(one.rank_low is not None for one, _ in pairs)
    lettered = ranked and all(len(one.letters) <= _MOST_LETTERS for one, _ in pairs)
    return Picture(
        name="board",
        title=_title(pairs, suite),
        reading=_reading([one for one, _ in pairs], ranked=ranked, lettered=lettered, level=level),
        apart=_apart(standings, labels),
        draw=lambda width: chart(pairs, width, lettered=lettered),
        right=(_beside([one for one, _ in pairs], ranked=ranked, lettered=lettered), 14),
    )


def chart(pairs: Sequence[tuple[Standing, str]], width: Width, *, lettered: bool = False) -> Drawn:
    """A row for each standing. On a narrow one its name stands above its interval."""
    import altair as alt

    rows = _rows(pairs, width, lettered=lettered)
    low, high = room([row["low"] for row in rows], [row["high"] for row in rows])
    if any(row["missing"] for row in rows):
        low, high = room(
            [min(row["low"], row["worst"]) for row in rows], [max(row["high"], row["best"]) for row in rows]
        )
    narrow = width == "narrow"
    middle = (low + high) / 2
    kinds = alt.Scale(domain=list(_KINDS), range=[dot for dot, _, _ in _KINDS.values()])
    bands = alt.Scale(domain=list(_KINDS), range=[band for _, band, _ in _KINDS.values()])
    shapes = alt.Scale(domain=list(_KINDS), range=[shape for _, _, shape in _KINDS.values()])

    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(labelExpr=PERCENT, title="solved", orient="top" if len(rows) > 12 else "bottom", tickCount=6),
    )
    y = alt.Y(
        "name:N",
        sort=None,
        axis=None if narrow else alt.Axis(title=None, labelLimit=330, labelColor=INK, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.0, paddingOuter=0.0),
    )
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in _TOLD]
    down = 8 if narrow else 0
    base = alt.Chart(named("rows")).encode(y=y)
    layers = [
        base.transform_filter(alt.datum.kind == "best")
        .mark_rect(color=LEAD_ROW)
        .encode(x=alt.value(0), x2=alt.value("width")),
        base.transform_filter(alt.datum.missing > 0)
        .mark_rule(strokeDash=[2, 3], strokeWidth=1.6, color=WARN, yOffset=down + 6)
        .encode(x="worst:Q", x2="best:Q"),
        base.mark_rule(strokeWidth=6, strokeCap="round", yOffset=down).encode(
            x="low:Q", x2="high:Q", color=alt.Color("kind:N", scale=bands, legend=None), tooltip=told
        ),
        base.mark_point(size=75, opacity=1, strokeWidth=1.5, stroke=GROUND, yOffset=down).encode(
            x=x,
            fill=alt.Fill("kind:N", scale=kinds, legend=None),
            shape=alt.Shape("kind:N", scale=shapes, legend=None),
            tooltip=told,
        ),
    ]
    if narrow:
        layers += [
            base.mark_text(align="left", dy=-9, fontSize=12.5, color=INK).encode(x=alt.value(2), text="name:N"),
            base.mark_text(align="right", dy=-9, fontSize=11.5, color=SOFT).encode(x=alt.value("width"), text="said:N"),
            # Letters stand on the side of the row that its interval leaves free.
            base.transform_filter(alt.datum.value < middle)
            .mark_text(align="right", dy=8, fontSize=10.5, color=SOFT, font="monospace")
            .encode(x=alt.value("width"), text="letters:N"),
            base.transform_filter(alt.datum.value >= middle)
            .mark_text(align="left", dy=8, fontSize=10.5, color=SOFT, font="monospace")
            .encode(x=alt.value(2), text="letters:N"),
        ]
    else:
        beside = alt.value("width")
        layers.append(base.mark_text(align="left", dx=10, color=INK).encode(x=beside, text="solved:N"))
        layers.append(base.mark_text(align="left", dx=66, color=SOFT, fontSize=11.5).encode(x=beside, text="rank:N"))
        if lettered:
            layers.append(
                base.mark_text(align="left", dx=154, color=SOFT, font="monospace").encode(x=beside, text="letters:N")
            )
    return layered(*layers, rows={"rows": rows}, height=_STEP[width] * len(rows))


_TOLD = (
    ("full", "model"), ("solved", "solved"), ("interval", "interval"), ("rank", "may be"), ("n", "trials"),
    ("lost", "missing"),
)  # fmt: skip


_KINDS = {
    "best": (LEAD, LEAD_BAND, "circle"),
    "other": (REST, REST_BAND, "diamond"),
    "unranked": (SOFT, LINE, "square"),
    "alone": (LEAD, LEAD_BAND, "circle"),
}
"""Colour, colour of the interval, and mark."""


def _rows(pairs: Sequence[tuple[Standing, str]], width: Width, *, lettered: bool) -> list[dict[str, Any]]:
    names = shortened([label for _, label in pairs], _NAME[width])
    ranked = any(one.rank_low is not None for one, _ in pairs)
    rows = []
    for (one, label), name in zip(pairs, names, strict=True):
        rank = rank_said(one)
        letters = _spread(one.letters, [one.letters for one, _ in pairs]) if lettered else ""
        rows.append(
            {
                "name": name,
                "full": f"{label} (not a model)" if one.built_in else label,
                "value": one.accuracy,
                "low": one.accuracy if one.ci_low is None else one.ci_low,
                "high": one.accuracy if one.ci_high is None else one.ci_high,
                "worst": one.worst,
                "best": one.best,
                "missing": one.missing,
                "kind": _kind(one) if ranked or one.built_in else "alone",
                "solved": percent(one.accuracy),
                "interval": f"{span(one.ci_low, one.ci_high)} %",
                "rank": rank,
                "letters": letters,
                "said": " · ".join(part for part in (percent(one.accuracy), rank) if part),
                "n": f"{one.judged:,} of {one.trials:,}",
                "lost": f"{one.missing:,}",
            }
        )
    return rows


def _kind(one: Standing) -> str:
    return "best" if one.maybe_best else "other" if one.rank_low is not None else "unranked"


def rank_said(one: Standing) -> str:
    """The places that the data allow; nothing where none are known."""
    if one.rank_low is None or one.rank_high is None:
        return ""
    return f"rank {one.rank_low}" if one.rank_low == one.rank_high else f"rank {one.rank_low}–{one.rank_high}"


def _beside(standings: Sequence[Standing], *, ranked: bool, lettered: bool) -> int:
    """Pixels for what stands right of a wide board."""
    if not ranked:
        return 66
    everyone = [one.letters for one in standings]
    return 150 + (10 + 7 * max(len(_spread(mine, everyone)) for mine in everyone) if lettered else 0)


def _spread(mine: str, everyone: Sequence[str]) -> str:
    """Each letter in a column of its own, so that groups can be followed down, while there are few."""
    held = sorted(set("".join(everyone)))
    if not mine or len(held) > _MOST_COLUMNS:
        return mine
    return "".join(letter if letter in mine else "·" for letter in held)


def _title(models: Sequence[tuple[Standing, str]], suite: str) -> str:
    top, name = models[0]
    if top.built_in:
        return f"No model yet on {suite}: only what proves tasks and sandbox"
    if len(models) == 1:
        between = span(top.ci_low, top.ci_high, places=0)
        return f"{name} solves {percent(top.accuracy)} of {suite}; of tasks like these {between} %"
    if all(one.rank_low is None for one, _ in models):
        return f"{len(models)} models on {suite}, each with its interval"
    ranked = [(one, label) for one, label in models if one.rank_low is not None]
    able = [label for one, label in ranked if one.maybe_best]
    some = f"{len(ranked)} models" if len(ranked) == len(models) else f"{len(ranked)} models known task by task"
    if len(able) == 1:
        return f"Only {able[0]} may be the best of {some} on {suite}"
    if len(able) == len(ranked):
        return f"Any of these {some} may be the best on {suite}"
    return f"{len(able)} of {some} may be the best on {suite}"


def _reading(standings: Sequence[Standing], *, ranked: bool, lettered: bool, level: float) -> str:
    sizes = sorted({one.judged for one in standings})
    n = f"n = {counted(sizes[0], 'trial')} each" if len(sizes) == 1 else f"n = {sizes[0]:,} to {sizes[-1]:,} trials"
    parts = [
        f"Dots: share solved; bars: {percent(level, places=0)} interval for tasks like these, each by itself; {n}."
    ]
    if ranked:
        parts.append("Shaded rows with round dots may be the best; ranks are all that the data allow.")
        if any(one.rank_low is None for one in standings):
            parts.append("Square dots stand on too few common tasks to be ranked.")
    if lettered:
        parts.append("Who shares a letter cannot be told apart.")
    if any(one.missing for one in standings):
        parts.append("Dotted: what missing trials could make of it.")
    return " ".join(parts)


def _apart(standings: Sequence[Standing], labels: Sequence[str]) -> tuple[str, ...]:
    unjudged = [label for one, label in zip(standings, labels, strict=True) if one.accuracy is None]
    if not unjudged:
        return ()
    return (f"Nothing judged yet: {listed(unjudged)}.",)
