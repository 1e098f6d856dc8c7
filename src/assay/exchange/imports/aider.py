"""Aider's benchmark: the leaderboard's YAML (an aggregate for each entry) and a folder of results, a file for
each exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, counted, number, score_in, seconds_at
from assay.exchange.imports.reading import files_of, read_json, read_yaml

SUITE = "aider-polyglot"
_PARTS = ("diff", "udiff", "patch")
"""Edit formats that stand behind our suite's name; `whole` needs no word."""
_ROUNDED = 0.1
"""In percent: rates have one place, some of them cut off instead of rounded."""
_RESULTS = ".aider.results.json"


class _Entry(msgspec.Struct):
    """One row of the leaderboard."""

    model: str
    pass_rate_2: float
    test_cases: int
    dirname: str = ""
    edit_format: str = ""
    pass_rate_1: float | None = None
    pass_num_2: int | None = None
    percent_cases_well_formed: float | None = None
    total_tests: int | None = None
    seconds_per_case: float | None = None
    total_cost: float | None = None
    date: Any = None
    versions: Any = None
    reasoning_effort: Any = None
    thinking_tokens: Any = None


class _Exercise(msgspec.Struct):
    """One exercise of a run."""

    testcase: str = ""
    model: str = ""
    edit_format: str = ""
    tests_outcomes: list[bool] = []
    cost: float | None = None
    duration: float | None = None
    reasoning_effort: Any = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    num_malformed_responses: int | None = None
    test_timeouts: int | None = None
    exception: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    if path.is_dir() and any(path.rglob(_RESULTS)):
        yield from _folder(path, note)
        return
    for file in files_of(path, ("*.yml", "*.yaml")):
        for entry in read_yaml(file, list[_Entry]):
            yield _entry(entry, str(file), note)


def _entry(entry: _Entry, place: str, note: Notes) -> Found:
    name = f"{entry.model}, {entry.edit_format}" if entry.edit_format else entry.model
    settings = {
        key: str(value)
        for key in ("dirname", "edit_format", "reasoning_effort", "thinking_tokens", "versions")
        if (value := getattr(entry, key)) not in (None, "")
    }
    series = Series(
        tool="aider", model=name, suite=SUITE, protocol="aider polyglot, two tries", solver="aider", settings=settings
    )
    cost = number(entry.total_cost) or None  # 0 dollars: nobody kept count
    return series.whole(
        _rate(entry, f"{place}: {entry.dirname or name}", note),
        tasks=entry.test_cases,
        cost_usd=cost,
        cost_source="unknown" if cost is None else "estimated",
        started_at=seconds_at(entry.date),
        detail={
            "pass_rate_1": entry.pass_rate_1,
            "pass_rate_2": entry.pass_rate_2,
            "percent_cases_well_formed": entry.percent_cases_well_formed,
            "seconds_per_case": entry.seconds_per_case,
        },
    )


def _rate(entry: _Entry, place: str, note: Notes) -> float:
    """Exact where the counts agree with the rounded rate; where they contradict each other the rate holds."""
    stated = score_in(entry.pass_rate_2 / 100, place)
    solved = entry.pass_num_2
    if solved is None or entry.test_cases <= 0:
        return stated
    if abs(100 * solved / entry.test_cases - entry.pass_rate_2) <= _ROUNDED:
        return score_in(solved / entry.test_cases, place)
    total = entry.total_tests or 0
    if total > 0 and abs(100 * solved / total - entry.pass_rate_2) <= _ROUNDED:
        note(
            f"{entry.model} ({entry.dirname}): {entry.pass_rate_2:g} % is {solved} of {total} exercises, but only "
            f"{entry.test_cases} were run; the stated rate is kept"
        )
        return score_in(solved / total, place)
    note(f"{entry.model} ({entry.dirname}): {solved} of {entry.test_cases} is not {entry.pass_rate_2:g} %; it holds")
    return stated


def _folder(folder: Path, note: Notes) -> Iterator[Found]:
    """`<run>/<language>/exercises/practice/<exercise>/.aider.results.json`"""
    series: dict[tuple[str, str, str], Series] = {}
    idle = 0
    for file in sorted(folder.rglob(_RESULTS)):
        one = read_json(file, _Exercise)
        language, run = _place(file)
        key = (run, one.model, one.edit_format)
        if not one.model and len(series) == 1:
            key = next(iter(series))
        if key not in series:
            settings = {"edit_format": one.edit_format, "dirname": run, "reasoning_effort": one.reasoning_effort}
            series[key] = Series(
                tool="aider",
                model=one.model or run or "unknown",
                suite=f"{SUITE}:{one.edit_format}" if one.edit_format in _PARTS else SUITE,
                protocol="aider polyglot, two tries",
                solver="aider",
                settings={name: value for name, value in settings.items() if value},
            )
        found = _exercise(series[key], one, f"{language}/{one.testcase or file.parent.name}", language)
        idle += found.decision.score is None
        yield found
    if idle:
        note(f"{idle} exercises have no outcome: set up, and never run to an end; here they are missing")


def _place(file: Path) -> tuple[str, str]:
    parts = file.parts
    if len(parts) >= 6 and parts[-4:-2] == ("exercises", "practice"):
        return parts[-5], parts[-6]
    raise UserError(f"{file}: not in the place <run>/<language>/exercises/practice/<exercise>/")


def _exercise(series: Series, one: _Exercise, task_id: str, language: str) -> Found:
    score = float(any(one.tests_outcomes)) if one.tests_outcomes else None
    cost = number(one.cost) or None
    return series.found(
        task_id,
        score=score,
        status=Status.EXCEEDED if one.test_timeouts and score == 0 else None,
        reason=one.exception.strip().rpartition("\n")[2][:200] if score is None else "",
        turns=len(one.tests_outcomes),
        latency=number(one.duration),
        usage=Usage(input=counted(one.prompt_tokens), output=counted(one.completion_tokens)),
        cost_usd=cost,
        cost_source="unknown" if cost is None else "estimated",
        language=language,
        detail={"tries": one.tests_outcomes, "malformed": one.num_malformed_responses},
    )
