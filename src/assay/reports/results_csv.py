"""results.csv and slices.csv: a line per entrant × suite, and per slice of it. What is unknown is empty,
never 0. Refuses to compute anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assay.reports.standing import Standing, Summary
from assay.store.journal import replace_file

_BEFORE = ("model", "suite", "tasks", "trials", "missing", "accuracy", "ci_low", "ci_high", "worst", "best")
_AFTER = (
    "latency_mean", "latency_p50", "latency_p95", "ttft_p50", "tokens_in", "tokens_out", "cost_usd",
    "cost_per_1k_tokens", "cost_per_solved", "solved_per_hour", "earned_usd", "offered_usd",
    "cost_source", "cost_known_usd", "judged", "passed", "not_run", "flagged", "accuracy_unflagged", "built_in", "run",
)  # fmt: skip
_LIMITS = (
    "latency_p50_low", "latency_p50_high", "latency_p50_capped",
    "latency_p95_low", "latency_p95_high", "latency_p95_capped",
    "earned_low_usd", "earned_high_usd", "rank_low", "rank_high", "letters", "maybe_best",
)  # fmt: skip
_ALWAYS = (1, 10)
"""The pass@k columns that are there even when no entrant has samples enough for them."""


def results_csv(summary: Summary) -> str:
    return _text(summary.standings, slices=False)


def slices_csv(summary: Summary) -> str:
    return _text(summary.slices, slices=True)


def write_csv(folder: Path, summary: Summary) -> tuple[Path, Path]:
    """Writes both files, each whole or not at all."""
    results, slices = folder / "results.csv", folder / "slices.csv"
    replace_file(results, results_csv(summary).encode())
    replace_file(slices, slices_csv(summary).encode())
    return results, slices


def columns(standings: Sequence[Standing], *, slices: bool) -> tuple[list[str], list[list[Any]]]:
    """The names of the columns, and a row of values for each standing."""
    ks = sorted({*_ALWAYS, *(k for one in standings for k in one.pass_at)})
    before = ("model", "suite", "slice", "value", *_BEFORE[2:]) if slices else _BEFORE
    after = _AFTER if slices else (*_AFTER, *_LIMITS)
    rows = [
        [
            *(getattr(one, name) for name in before),
            *(one.pass_at[k].value if k in one.pass_at else None for k in ks),
            *(getattr(one, name) for name in after),
        ]
        for one in standings
    ]
    return [*before, *(f"pass_at_{k}" for k in ks), *after], rows


def _text(standings: Sequence[Standing], *, slices: bool) -> str:
    names, rows = columns(standings, slices=slices)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    # A spreadsheet would run a name that begins like a formula.
    return "'" + text if text[:1] in ("=", "+", "-", "@") and not isinstance(value, int) else text
