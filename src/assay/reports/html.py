"""report.html: one file that opens from disk with the network off. Model output in it is data: either
escaped by the template or base64 that a script turns into text nodes and pictures, under a policy that lets
no other script run and nothing be evaluated. Refuses to compute: it shows a summary."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from assay.core.run import PlannedSuite, RunPlan
from assay.reports.board import reading
from assay.reports.embedded import Embedded, embed
from assay.reports.pictures.board import rank_said
from assay.reports.pictures.drawing import HOW, library
from assay.reports.pictures.frame import Picture
from assay.reports.pictures.gallery import labels_of
from assay.reports.pictures.inpage import Figure, figures
from assay.reports.pictures.theme import style_sheet
from assay.reports.standing import Standing, Summary
from assay.reports.variants import said
from assay.reports.wording import WHY_MISSING, cost, count, counted, dollars, percent, seconds, span, within
from assay.store.journal import RunFolder, replace_file

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_MODELS_ACROSS = 12
"""More columns than this are no table to read; the CSV has them all."""


Gallery = Mapping[tuple[str, str], Sequence[Picture]]
"""The pictures of each board, by suite and table."""


def write_report(path: Path, folders: Sequence[RunFolder], summary: Summary, gallery: Gallery | None = None) -> Path:
    """Writes the page, whole or not at all."""
    replace_file(path, html_report(folders, summary, gallery).encode("utf-8", "replace"))
    return path


def html_report(folders: Sequence[RunFolder], summary: Summary, gallery: Gallery | None = None) -> str:
    """The page of one or more runs. `summary` was made from them alone; without a gallery there are bars and
    tables, and a line that says how to get the pictures."""
    from markupsafe import Markup

    plans = [folder.plan for folder in folders]
    boards: list[dict[str, Any]] = []
    number = 0
    for key in dict.fromkeys((one.suite, one.table) for one in summary.standings):
        drawn = figures((gallery or {}).get(key, ()), first=number)
        number += len(drawn)
        boards.append(_board(summary, *key, drawn))
    scripts = [*([library()] if number else []), _part("report.js")]
    unsolved = embed(*folders)
    return _template().render(
        title=" and ".join(plan.run_id for plan in plans),
        subtitle=_subtitle(plans, summary),
        commands=[plan.command for plan in plans if plan.command],
        notes=(*summary.notes, *said(summary.gaps)),
        level=percent(summary.level, places=0),
        boards=boards,
        without="" if gallery is not None else f"Pictures are drawn where their library is: {HOW}",
        figures=[figure for board in boards for figure in board["figures"].values()],
        unsolved=_unsolved_said(unsolved),
        index=unsolved.index,
        chunks=unsolved.chunks,
        machines=[_machine(plan) for plan in plans],
        # Our own files and the pictures' library, and nothing else, go in unescaped.
        css=Markup(_part("report.css") + style_sheet()),
        scripts=[Markup(script) for script in scripts],
        script_hashes=Markup(" ".join(_hash(script) for script in scripts)),
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_part("report.html.j2"))


def _part(name: str) -> str:
    return (files("assay.reports") / "page" / name).read_text("utf-8")


def _subtitle(plans: Sequence[RunPlan], summary: Summary) -> str:
    models = {entrant.name for plan in plans for entrant in plan.entrants if not entrant.built_in}
    who = counted(len(models), "model") if models else "no model, only what is built in"
    on = {one.suite for one in summary.standings}
    held = [suite for plan in plans for suite in plan.suites if suite.name in on or len(plans) == 1]
    suites = ", ".join(dict.fromkeys(_versioned(suite) for suite in held))
    trials = sum(one.judged for one in summary.standings)
    begun = " and ".join(time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(plan.created_at)) for plan in plans)
    return f"{who} on {suites} · {count(trials)} trials judged · begun {begun}"


def _versioned(suite: PlannedSuite) -> str:
    return f"{suite.name} {suite.version}".strip()


def _machine(plan: RunPlan) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in plan.versions.items())
    machine = ", ".join(f"{name} {value}" for name, value in plan.machine.items())
    parts = [f"seed {plan.seed}", f"samples {plan.samples}", versions, machine]
    return " · ".join(part for part in parts if part)


def _unsolved_said(unsolved: Embedded) -> str:
    if not unsolved.trials:
        return "Every trial that was judged was solved."
    if unsolved.whole:
        return f"{count(unsolved.trials)} trials that were wrong or lost, newest first. Open one to see all of it."
    return (
        f"The newest {count(unsolved.trials)} trials that were wrong or lost; older ones were left out to keep "
        "this page small. `assay show` has each of them."
    )


def _board(summary: Summary, suite: str, table: str, drawn: dict[str, Figure]) -> dict[str, Any]:
    standings = [one for one in summary.standings if (one.suite, one.table) == (suite, table)]
    label = {(one.run, one.model): name for one, name in zip(standings, labels_of(standings), strict=True)}
    standings = [msgspec.structs.replace(one, model=label[one.run, one.model]) for one in standings]
    sliced = [
        msgspec.structs.replace(one, model=label[one.run, one.model])
        for one in summary.slices
        if one.suite == suite and (one.run, one.model) in label
    ]
    plans = [summary.runs[run] for run in dict.fromkeys(one.run for one in standings)]
    planned = next((one for plan in plans for one in plan.suites if one.name == suite), None)
    runs = sorted({plan.samples for plan in plans})
    return {
        "name": _versioned(planned) if planned else suite,
        "runs": table if len(summary.runs) > 1 else "",
        "samples": "one run" if runs == [1] else f"{' or '.join(map(str, runs))} runs",
        "figures": drawn,
        "any_missing": any(one.missing for one in standings),
        "rows": [_row(one) for one in standings],
        "reading": reading(standings, summary),
        "pass_at": _pass_at(standings),
        "slices": _slices(standings, sliced),
        "missing": [
            {
                "model": one.model,
                "why": WHY_MISSING.get(status, status),
                "count": count(number),
                "range": f"{span(one.worst, one.best)} %",
            }
            for one in standings
            for status, number in one.missing_by.items()
        ],
    }


def _row(one: Standing) -> dict[str, Any]:
    known = one.accuracy is not None
    return {
        "model": one.model,
        "built_in": one.built_in,
        "n": f"{count(one.judged)} of {count(one.trials)}"
        + (f", {count(one.missing)} missing" if one.missing else "")
        + (f", {count(one.flagged)} flagged" if one.flagged else ""),
        "dot": _at(one.accuracy) if known else None,
        "low": _at(one.ci_low),
        "high": _at(one.ci_high),
        "reach": (_at(one.worst), _at(one.best)) if one.missing else None,
        "said": percent(one.accuracy),
        "interval": span(one.ci_low, one.ci_high),
        "rank": rank_said(one),
        "measured": any(
            value is not None for value in (one.cost_known_usd, one.tokens_in, one.tokens_out, one.latency_p50)
        ),
        "prices": [
            cost(one.cost_usd, one.cost_source, known=one.cost_known_usd),
            cost(one.cost_per_solved, one.cost_source) if one.passed else "–",
            dollars(one.cost_per_1k_tokens),
            count(one.tokens_in),
            count(one.tokens_out),
            within(one.latency_p50, one.latency_p50_low, one.latency_p50_high, capped=one.latency_p50_capped),
            within(one.latency_p95, one.latency_p95_low, one.latency_p95_high, capped=one.latency_p95_capped),
            seconds(one.ttft_p50),
            count(one.solved_per_hour),
        ],
    }


def _at(value: float | None) -> float:
    return round(100 * (value or 0.0), 2)


def _pass_at(standings: list[Standing]) -> dict[str, Any] | None:
    ks = sorted({k for one in standings for k in one.pass_at})
    if not ks or ks == [1]:
        return None
    rows = [
        {
            "model": one.model,
            "cells": [
                (percent(one.pass_at[k].value), span(one.pass_at[k].low, one.pass_at[k].high))
                if k in one.pass_at
                else ("–", "")
                for k in ks
            ],
        }
        for one in standings
    ]
    return {"ks": ks, "rows": rows}


def _slices(standings: list[Standing], sliced: list[Standing]) -> list[dict[str, Any]]:
    models = [one.model for one in standings if not one.built_in][:_MOST_MODELS_ACROSS]
    models = models or [one.model for one in standings]
    shown: list[dict[str, Any]] = []
    for name in dict.fromkeys(one.slice for one in sliced):
        of = {(one.value, one.model): one for one in sliced if one.slice == name}
        values = list(dict.fromkeys(value for value, _ in of))
        if len(values) < 2:
            continue
        rows = [
            {
                "value": value,
                "tasks": max(one.tasks for (named, _), one in of.items() if named == value),
                "cells": [_slice_cell(of.get((value, model))) for model in models],
            }
            for value in values
        ]
        shown.append({"name": name, "models": models, "rows": rows})
    return shown


def _slice_cell(one: Standing | None) -> dict[str, Any]:
    if one is None or one.accuracy is None:
        return {"said": "–", "interval": "", "width": None}
    return {
        "said": percent(one.accuracy, places=0),
        "interval": span(one.ci_low, one.ci_high, places=0),
        "width": _at(one.accuracy),
    }
