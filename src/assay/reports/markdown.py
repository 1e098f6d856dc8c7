"""report.md: the standings as tables that read well as they are, each score with its interval. Names of models and
tasks are data: what Markdown or HTML would take for markup is escaped. Refuses to compute anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assay.reports.board import reading
from assay.reports.pictures.board import rank_said
from assay.reports.pictures.gallery import labels_of
from assay.reports.standing import Standing, Summary
from assay.reports.variants import said
from assay.reports.wording import cost, count, percent, seconds, span

_COLUMNS = ("model", "solved", "interval", "rank", "n of N", "missing", "cost", "per solved", "latency p50")

_MARKUP = str.maketrans(
    {letter: f"&#{ord(letter)};" for letter in "<>&|`*_[]!#~\\$"} | {"\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "}
)


def markdown(summary: Summary) -> str:
    """The whole document."""
    parts = [f"# {escaped(' and '.join(plan.run_id for plan in summary.runs.values()))}"]
    parts.append("\n".join(f"- {escaped(note)}" for note in summary.notes))
    for suite, runs in dict.fromkeys((one.suite, one.table) for one in summary.standings):
        standings = [one for one in summary.standings if (one.suite, one.table) == (suite, runs)]
        label = {(one.run, one.model): name for one, name in zip(standings, labels_of(standings), strict=True)}
        of = f" (runs {runs})" if len(summary.runs) > 1 else ""
        parts.append(f"## {escaped(suite + of)}")
        rows = [_row(one, label[one.run, one.model]) for one in standings]
        shown = [at for at, name in enumerate(_COLUMNS) if name != "rank" or any(row[at] for row in rows)]
        parts.append(table([_COLUMNS[at] for at in shown], [[row[at] for at in shown] for row in rows]))
        parts.append(escaped(reading(standings, summary)))
        sliced = [one for one in summary.slices if one.suite == suite and (one.run, one.model) in label]
        for by in dict.fromkeys(one.slice for one in sliced):
            values = list(dict.fromkeys(one.value for one in sliced if one.slice == by))
            if len(values) > 1:
                cells = {(one.run, one.model, one.value): one for one in sliced if one.slice == by}
                parts.append(f"### By {by}")
                parts.append(
                    table(
                        ["model", *values],
                        [
                            [name, *(_slice(cells.get((run, model, value))) for value in values)]
                            for (run, model), name in label.items()
                        ],
                    )
                )
    if summary.gaps:
        parts.append("## Variants\n\n" + "\n".join(f"- {escaped(line)}" for line in said(summary.gaps)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _row(one: Standing, label: str) -> list[str]:
    missing = f"{one.missing} [{span(one.worst, one.best)}]" if one.missing else "0"
    return [
        f"{label} (not a model)" if one.built_in else label,
        percent(one.accuracy),
        span(one.ci_low, one.ci_high),
        " ".join(part for part in (rank_said(one).removeprefix("rank "), one.letters) if part),
        f"{count(one.judged)} of {count(one.trials)}",
        missing,
        cost(one.cost_usd, one.cost_source, known=one.cost_known_usd),
        cost(one.cost_per_solved, one.cost_source) if one.passed else "–",
        seconds(one.latency_p50),
    ]


def _slice(one: Standing | None) -> str:
    if one is None or one.accuracy is None:
        return "–"
    return f"{percent(one.accuracy, places=0)} ({span(one.ci_low, one.ci_high, places=0)}), n {one.judged:,}"


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Padded, so that it is a table before it is rendered too."""
    cells = [[escaped(cell) for cell in row] for row in (names, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(names))]
    first, *others = (
        "| "
        + " | ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in cells
    )
    rule = (
        "|" + "|".join(("-" * (width + 1) + ":") if at else "-" * (width + 2) for at, width in enumerate(widths)) + "|"
    )
    return "\n".join([first, rule, *others])


def escaped(text: str) -> str:
    """As Markdown that shows it as it is."""
    return text.translate(_MARKUP)
