"""Standings, computed from facts: who solved how much of what, between which limits, at what price.
Pure: the same tables give the same summary. Refuses to know how it is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from assay.core.run import PlannedSuite, RunPlan
from assay.reports.boards import on_boards
from assay.reports.facts import SLICES, Cells, Facts, Key, Loose, Measures, Stratum, read_facts
from assay.reports.scores import scores
from assay.reports.standing import Standing, Summary, sorted_by
from assay.reports.variants import gaps
from assay.reports.wording import by_reason, counted, dollars, named, of_variant, percent
from assay.stats.binomial import Limits
from assay.stats.estimands import DEFAULT, Estimand
from assay.stats.quantiles import quantile_interval
from assay.store.tables import Tables


def summarise(
    tables: Tables, *, level: float = 0.95, about: Estimand = DEFAULT, limits: Limits = Limits.WILSON
) -> Summary:
    """The standings of all runs in `tables`, suite by suite, best first, what is built in last. `about` is the
    question that the intervals of scores answer, `limits` how."""
    facts = read_facts(tables)
    keys = _keys(tables.runs, facts)
    whole: list[Standing] = []
    sliced: list[Standing] = []
    for key in keys:
        built_in = _is_built_in(tables.runs, key)
        samples = tables.runs[key[0]].samples
        asked: dict[str, Any] = {
            "samples": samples,
            "built_in": built_in,
            "level": level,
            "about": about,
            "limits": limits,
        }
        whole.append(_standing(facts, tables.runs, key, **asked))
        for by in SLICES:
            sliced += [
                _standing(facts, tables.runs, key, by=by, value=value, **asked) for value in _values(facts, key, by)
            ]
    whole = on_boards(whole, tables.runs, facts, level=level)
    whole = list(sorted_by("solved", whole))
    order = {(one.run, one.model, one.suite): place for place, one in enumerate(whole)}
    sliced.sort(key=lambda one: (order[one.run, one.model, one.suite], SLICES.index(one.slice), one.value))
    return Summary(
        runs=dict(tables.runs),
        standings=tuple(whole),
        slices=tuple(sliced),
        notes=(
            *_plan_notes(tables.runs),
            *_standing_notes(whole, tables.runs),
            *_call_notes(facts.loose),
            *_bad_notes(tables),
        ),
        gaps=gaps(whole, tables.runs, facts, level=level),
        level=level,
        about=about,
        limits=limits,
    )


def suite_line(suite: PlannedSuite, *, variant: int = 0) -> str:
    """A suite by name, with all that was left out of it: the denominator in words."""
    name = f"{suite.name} {suite.version}".strip()
    total = len(suite.tasks) + suite.unsupported_tasks
    parts = [f"{name}: {counted(total, 'task')}"]
    if suite.unsupported:
        parts = [f"{name} without {named(sorted(suite.unsupported))}: {len(suite.tasks)} of {counted(total, 'task')}"]
    if variant:
        parts.append(of_variant(variant, tasks=total, others=suite.without_variants))
    if suite.filters:
        parts.append("only " + ", ".join(f"{key} {value}" for key, value in suite.filters.items()))
    if suite.limit is not None and suite.limit < len(suite.tasks):
        parts.append(f"first {suite.limit} of {len(suite.tasks)} of a committed random order")
    return "; ".join(parts)


def _keys(runs: dict[str, RunPlan], facts: Facts) -> list[Key]:
    planned = [
        (label, entrant.name, suite.name)
        for label, plan in runs.items()
        if not plan.imported_from
        for suite in plan.suites
        for entrant in plan.entrants
    ]
    return list(dict.fromkeys([*planned, *facts.cells]))


def _is_built_in(runs: dict[str, RunPlan], key: Key) -> bool:
    return any(entrant.built_in for entrant in runs[key[0]].entrants if entrant.name == key[1])


def _values(facts: Facts, key: Key, by: str) -> list[str]:
    at = SLICES.index(by)
    strata = set(facts.planned.get((key[0], key[2]), {}))
    if key in facts.cells:
        strata |= {facts.strata[number] for number in np.unique(facts.cells[key].stratum)}
    return sorted({stratum[at] for stratum in strata} - {""})


def _standing(
    facts: Facts,
    runs: dict[str, RunPlan],
    key: Key,
    *,
    samples: int,
    built_in: bool,
    level: float,
    about: Estimand,
    limits: Limits,
    by: str = "",
    value: str = "",
) -> Standing:
    cells = _cells_of(facts, key, by, value)
    population = _population(runs[key[0]], key[2], by, value) if about is Estimand.WHOLE_BENCHMARK else 0
    tasks, trials = _owed(facts, key, cells, samples=samples, by=by, value=value)
    judged, missing = round(cells.judged.sum()), round(cells.missing.sum())
    passed = round(cells.passed.sum())
    return Standing(
        run=key[0],
        model=key[1],
        suite=key[2],
        slice=by,
        value=value,
        built_in=built_in,
        tasks=tasks,
        trials=trials,
        judged=judged,
        passed=passed,
        missing=missing,
        not_run=max(0, trials - judged - missing),
        missing_by={} if by else facts.missing_by.get(key, {}),
        flagged=int(cells.flagged.sum()),
        together=int(cells.together.sum()),
        **scores(cells, level=level, about=about, limits=limits, population=population),
        **({} if by else _latency_limits(facts, runs[key[0]], key, level=level)),
        **_spending(facts.measures.get((key, by, value), Measures()), passed=passed),
    )


def _population(plan: RunPlan, suite: str, by: str, value: str) -> int:
    """How many tasks the whole of it has, those beyond `--limit` included."""
    planned = next((one.tasks for one in plan.suites if one.name == suite), ())
    return sum(not by or getattr(task, by) == value for task in planned)


def _cells_of(facts: Facts, key: Key, by: str, value: str) -> Cells:
    cells = facts.cells.get(key)
    if cells is None:
        none = np.zeros(0)
        whole = np.zeros(0, np.int64)
        return Cells(
            task=whole, stratum=whole, judged=none, score=none, passed=none, missing=none, unsupported=none,
            flagged=whole, together=whole, clean=none, clean_score=none, bounty=none, graded=whole > 0, whole=whole > 0,
        )  # fmt: skip
    if not by:
        return cells
    wanted = np.array([stratum[SLICES.index(by)] == value for stratum in facts.strata], np.bool_)
    return cells.only(wanted[cells.stratum])


def _owed(facts: Facts, key: Key, cells: Cells, *, samples: int, by: str, value: str) -> tuple[int, int]:
    """Tasks and trials planned. Records without a plan (an import) own up to what they hold."""
    planned: dict[Stratum, int] = facts.planned.get((key[0], key[2]), {})
    at = SLICES.index(by) if by else 0
    tasks = sum(count for stratum, count in planned.items() if not by or stratum[at] == value)
    held = round(cells.judged.sum() + cells.missing.sum())
    if not planned:
        return round(np.where(cells.whole, cells.judged, 1.0).sum()), held
    return tasks, max(held, tasks * samples - round(cells.unsupported.sum()))


def _latency_limits(facts: Facts, plan: RunPlan, key: Key, *, level: float) -> dict[str, Any]:
    """By order statistics; open where there are too few trials, or where a call would have been cut off."""
    values = facts.latencies.get(key)
    if values is None:
        return {}
    cap = next((one.timeout for one in plan.entrants if one.name == key[1]), None)
    found = {name: quantile_interval(values, q, level=level, cap=cap) for name, q in (("p50", 0.5), ("p95", 0.95))}
    fields: dict[str, Any] = {}
    for name, one in found.items():
        fields[f"latency_{name}_low"], fields[f"latency_{name}_high"] = map(_finite, (one.low, one.high))
        fields[f"latency_{name}_capped"] = one.censored
    return fields


def _finite(limit: float) -> float | None:
    return limit if np.isfinite(limit) else None


def _spending(measures: Measures, *, passed: int) -> dict[str, Any]:
    cost = None if measures.cost_unknown else measures.cost_usd
    tokens = (measures.tokens_in or 0) + (measures.tokens_out or 0)
    return {
        "latency_mean": measures.latency_mean,
        "latency_p50": measures.latency_p50,
        "latency_p95": measures.latency_p95,
        "ttft_p50": measures.ttft_p50,
        "tokens_in": measures.tokens_in,
        "tokens_out": measures.tokens_out,
        "cost_usd": cost,
        "cost_known_usd": measures.cost_usd,
        "cost_source": measures.cost_source,
        "cost_per_1k_tokens": 1000 * cost / tokens if cost is not None and tokens else None,
        "cost_per_solved": cost / passed if cost is not None and passed else None,
        "solved_per_hour": 3600 * passed / measures.seconds if measures.seconds else None,
    }


def _plan_notes(runs: dict[str, RunPlan]) -> list[str]:
    notes: list[str] = []
    for plan in runs.values():
        if plan.imported_from:
            notes.append(
                f"{plan.run_id} was judged elsewhere and imported from {plan.imported_from}: what it does not say of"
                " prompts, tests and judge is unknown and could not be checked"
            )
        for suite in plan.suites:
            if not plan.imported_from:
                notes.append(suite_line(suite, variant=plan.variant))
            if not suite.verified:
                notes.append(
                    f"{suite.name}: unverified: never run on its official rows, so the official number may differ"
                )
            notes += [f"without {lacking}: {reason}" for lacking, reason in by_reason(suite.unsupported)]
        built_in = [entrant.name for entrant in plan.entrants if entrant.built_in]
        if built_in:
            notes.append(f"{' and '.join(built_in)}: built in to prove tasks and sandbox, not a model")
    return list(dict.fromkeys(notes))


def _standing_notes(standings: list[Standing], runs: dict[str, RunPlan]) -> list[str]:
    notes = [_part_note(one, given=runs[one.run].given) for one in standings if one.not_run]
    notes += [
        f"{one.model} on {one.suite}: {counted(one.flagged, 'trial')} with a flag (see the column `flags`);"
        f" {percent(one.accuracy_unflagged)} solved without"
        for one in standings
        if one.flagged
    ]
    notes += [
        f"{one.suite}: its tests share a process with the answer, which could forge what they say (flag in_process)"
        for one in standings
        if one.together
    ]
    notes += [
        f"{one.model} on {one.suite}: calls reached their time-out, so the upper limit of its {' and '.join(capped)}"
        " latency is open (censored)"
        for one in standings
        if (capped := _capped(one))
    ]
    return list(dict.fromkeys(notes))


def _part_note(one: Standing, *, given: bool) -> str:
    decided = f"{one.model} on {one.suite}: {one.judged + one.missing} of {one.trials} trials"
    if given:
        return f"{decided}; the score is that of the answers in the file, which say nothing of tasks without one"
    return f"{decided} so far; the score is an estimate from the first of a committed random order"


def _capped(one: Standing) -> list[str]:
    return ["p50"] * one.latency_p50_capped + ["p95"] * one.latency_p95_capped


def _call_notes(loose: Loose) -> list[str]:
    notes: list[str] = []
    if loose.possibly_paid:
        calls = f"{loose.possibly_paid} call{'s were' if loose.possibly_paid > 1 else ' was'}"
        most = f": up to {dollars(loose.possibly_paid_usd)} more" if loose.possibly_paid_usd else ""
        notes.append(f"{calls} sent and never heard of again, so possibly paid{most}")
    if loose.undecided:
        calls = f"{loose.undecided} call{'s belong' if loose.undecided > 1 else ' belongs'}"
        notes.append(f"{calls} to trials that are not decided yet: {dollars(loose.undecided_usd)}, in no line here")
    if loose.first_usd:
        calls = f"{loose.first} cheap first call{'s' if loose.first > 1 else ''}"
        notes.append(f"{calls} before the trials: {dollars(loose.first_usd)}, in no line here")
    if loose.judging:
        notes.append(
            f"{counted(loose.judging, 'call')} of a model that judged answers: {dollars(loose.judging_usd)}, in no line"
            " here"
        )
    return notes


def _bad_notes(tables: Tables) -> list[str]:
    if not tables.bad_count:
        return []
    named = "; ".join(f"{line.path.name} line {line.number}" for line in tables.bad_lines[:5])
    more = ", …" if tables.bad_count > 5 else ""
    lines = "line is" if tables.bad_count == 1 else "lines are"
    return [f"{tables.bad_count} {lines} damaged and passed over: {named}{more}"]
