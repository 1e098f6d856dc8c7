"""`assay doctor matrix`, put together: what each model of a file can do, from probes of its endpoint and from runs
that were judged, never from what is written about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import AssayError, StorageError
from assay.doctor.endpoint.findings import CAPABILITIES, Report, within
from assay.reports.standing import Standing
from assay.reports.summary import summarise
from assay.store.journal import RunFolder
from assay.store.runs import find_run, run_folders
from assay.store.tables import Tables
from assay.wiring.endpoint import Examination, examine_endpoint
from assay.wiring.models import choose_models
from assay.wiring.session import runs_root

PROBED = {"tool calls": "tools", "fill-in-the-middle": "fim"}
"""What is found out by asking the endpoint, and the capabilities that it takes."""

JUDGED = ("generation", "completion", "bugfix")
"""Categories of tasks, found out by running a suite."""

AGENTIC = "agentic"
"""Nothing here runs an agent yet, so nobody has measured it."""


class Cell(msgspec.Struct, frozen=True):
    """One thing that one model can or cannot do."""

    known: bool
    said: str
    score: float | None = None
    low: float | None = None
    high: float | None = None
    tasks: int = 0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One model."""

    model: str
    source: str
    """The run that its scores are from; empty where there is none."""
    cells: dict[str, Cell]
    languages: dict[str, Cell]


async def coverage(
    models_file: Path | None,
    *,
    runs: Sequence[str] = (),
    probe: bool = True,
    timeout: float = 60.0,
    max_cost: float = 1.0,
    tell: Callable[[str], None] = lambda line: None,
) -> list[Row]:
    """A row for each entry, in the file's order. An endpoint that does not answer leaves its cells unknown."""
    folders = [find_run(runs_root(), name) for name in runs] or run_folders(runs_root())
    rows: list[Row] = []
    for one in await choose_models((), models_file=models_file):
        tell(one.entrant.name)
        examined: dict[str, Cell] = {}
        if probe:
            wanted = Examination(
                target=one.entrant.name,
                models_file=str(models_file) if models_file else None,
                only=tuple(PROBED.values()),
                timeout=timeout,
                max_cost=max_cost,
            )
            examined = await _examined(wanted)
        source, slices = _judged(one.entrant, folders)
        unasked = Cell(False, "not tried" if not probe else "no endpoint to try")
        unjudged = Cell(False, f"no run: assay run core -m {one.entrant.name}")
        cells = {name: _score(slices, "category", name) or unjudged for name in JUDGED}
        cells |= {name: examined.get(name, unasked) for name in PROBED}
        cells[AGENTIC] = Cell(False, "not measured: no agent has run")
        named = dict.fromkeys(part.value for part in slices if part.slice == "language")
        languages = {name: cell for name in named if (cell := _score(slices, "language", name)) is not None}
        rows.append(Row(model=one.entrant.name, source=source, cells=cells, languages=languages))
    return rows


async def _examined(wanted: Examination) -> dict[str, Cell]:
    try:
        report = await examine_endpoint(wanted, lambda one: None)
    except AssayError as error:
        return dict.fromkeys(PROBED, Cell(False, str(error)))
    if report.broke:
        return dict.fromkeys(PROBED, Cell(False, report.broke))
    return {name: _found(report, word) for name, word in PROBED.items()}


def _found(report: Report, word: str) -> Cell:
    """How many of its capabilities work, and which do not."""
    verdicts = {one.capability: one.verdict for one in report.findings if one.capability in within(word)}
    works = [name for name, verdict in verdicts.items() if verdict == "works"]
    tried = [name for name, verdict in verdicts.items() if verdict != "untried"]
    if not tried:
        return Cell(False, "could not be told")
    lacking = [name.partition(".")[2] for name in CAPABILITIES if name in tried and name not in works]
    untold = [name.partition(".")[2] for name, verdict in verdicts.items() if verdict == "untried"]
    said = f"{len(works)} of {len(tried)}" + (f", not {', '.join(lacking)}" if lacking else "")
    said += f"; could not be told: {', '.join(untold)}" if untold else ""
    return Cell(True, said, len(works) / len(tried), tasks=len(tried))


def _judged(entrant: Entrant, folders: Sequence[RunFolder]) -> tuple[str, list[Standing]]:
    """The slices of the newest run of the same model with the same settings; one on `core` goes before others."""
    found: list[tuple[bool, RunFolder]] = []
    for folder in folders:
        try:
            plan = folder.plan
        except StorageError:
            continue
        if any(one.entrant_hash == entrant.entrant_hash for one in plan.entrants):
            found.append((any(suite.name == "core" for suite in plan.suites), folder))
    for _, folder in sorted(found, key=lambda one: not one[0]):
        names = {one.name for one in folder.plan.entrants if one.entrant_hash == entrant.entrant_hash}
        with Tables([folder]) as tables:
            slices = [one for one in summarise(tables).slices if one.model in names]
        suite = next((one.suite for one in slices if one.accuracy is not None), "")
        if suite:
            return f"{folder.path.name}: {suite}", [one for one in slices if one.suite == suite]
    return "", []


def _score(slices: Sequence[Standing], by: str, value: str) -> Cell | None:
    one = next((part for part in slices if (part.slice, part.value) == (by, value)), None)
    if one is None or one.accuracy is None:
        return None
    limits = f"{100 * (one.ci_low or 0):.0f}–{100 * (one.ci_high or 0):.0f}"
    return Cell(
        True, f"{100 * one.accuracy:.0f} % ({limits}, {one.tasks})", one.accuracy, one.ci_low, one.ci_high, one.tasks
    )
