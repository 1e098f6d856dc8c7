"""report.html: one file that opens from disk with the network off. Model output in it is data: either
escaped by the template or base64 that a script turns into text nodes, under a policy that lets no other
script run. Refuses to compute: it shows a summary."""

from __future__ import annotations

import base64
import hashlib
import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.core.run import PlannedSuite, RunPlan
from assay.reports.board import reading
from assay.reports.embedded import Embedded, embed
from assay.reports.standing import Standing, Summary
from assay.reports.wording import WHY_MISSING, cost, count, dollars, percent, seconds, span
from assay.store.journal import RunFolder, replace_file

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_MODELS_ACROSS = 12
"""More columns than this are no table to read; the CSV has them all."""


def write_report(folder: RunFolder, summary: Summary) -> Path:
    """Writes report.html into the run's folder, whole or not at all."""
    path = folder.path / "report.html"
    replace_file(path, html_report(folder, summary).encode("utf-8", "replace"))
    return path


def html_report(folder: RunFolder, summary: Summary) -> str:
    """The page of one run. `summary` was made from that run alone."""
    from markupsafe import Markup

    plan = folder.plan
    script = _part("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    unsolved = embed(folder)
    return _template().render(
        title=plan.run_id,
        subtitle=_subtitle(plan, summary),
        command=plan.command,
        notes=summary.notes,
        level=percent(summary.level, places=0),
        suites=[_suite(summary, plan, suite) for suite in plan.suites],
        unsolved=_unsolved_said(unsolved),
        index=unsolved.index,
        chunks=unsolved.chunks,
        machine=_machine(plan),
        # Our own files, and nothing else, go in unescaped.
        css=Markup(_part("report.css")),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_part("report.html.j2"))


def _part(name: str) -> str:
    return (files("assay.reports") / "page" / name).read_text("utf-8")


def _subtitle(plan: RunPlan, summary: Summary) -> str:
    models = [entrant.name for entrant in plan.entrants if not entrant.built_in]
    who = f"{len(models)} model{'s' * (len(models) != 1)}" if models else "no model, only what is built in"
    suites = ", ".join(f"{suite.name} {suite.version}".strip() for suite in plan.suites)
    trials = sum(one.judged for one in summary.standings)
    begun = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(plan.created_at))
    return f"{who} on {suites} · {count(trials)} trials judged · begun {begun}"


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


def _suite(summary: Summary, plan: RunPlan, suite: PlannedSuite) -> dict[str, Any]:
    standings = [one for one in summary.standings if one.suite == suite.name]
    sliced = [one for one in summary.slices if one.suite == suite.name]
    return {
        "name": f"{suite.name} {suite.version}".strip(),
        "samples": "one run" if plan.samples == 1 else f"{plan.samples} runs",
        "any_missing": any(one.missing for one in standings),
        "rows": [_row(one) for one in standings],
        "reading": reading(standings, level=summary.level),
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
        "prices": [
            cost(one.cost_usd, one.cost_source, known=one.cost_known_usd),
            cost(one.cost_per_solved, one.cost_source) if one.passed else "–",
            dollars(one.cost_per_1k_tokens),
            count(one.tokens_in),
            count(one.tokens_out),
            seconds(one.latency_p50),
            seconds(one.latency_p95),
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
