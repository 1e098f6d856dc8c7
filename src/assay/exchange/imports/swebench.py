"""SWE-bench: the site's `leaderboards.json`, the harness's run report, and its report for each instance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, counted, number, score_in, seconds_at
from assay.exchange.imports.reading import decode, files_of, read_bytes

BOARDS = {
    "bash-only": ("swe-bench-verified", 500),
    "Verified": ("swe-bench-verified", 500),
    "Test": ("swe-bench", 2294),
    "Multimodal": ("swe-bench-multimodal", 517),
    "Multilingual": ("swe-bench-multilingual", 300),
    "Lite": ("swe-bench-lite", 300),
}
"""The site's boards: which suite each is of, and how many instances that has."""

_AGREES = 0.05
_TRUSTED = 0.5
"""In percent: flags that give another score than the stated one are told; those further off are left out."""


class _Instance(msgspec.Struct):
    resolved: bool
    cost: float | None = None
    api_calls: int | None = None


class _Entry(msgspec.Struct):
    name: str
    resolved: float
    folder: str = ""
    date: str = ""
    cost: float | None = None
    per_instance_details: dict[str, _Instance] | None = None


class _Board(msgspec.Struct):
    name: str
    results: list[_Entry]


class _Site(msgspec.Struct):
    leaderboards: list[_Board]


class _Report(msgspec.Struct):
    """Of a run; `schema_version` 2 and those before it."""

    resolved_ids: list[str]
    unresolved_ids: list[str] = []
    empty_patch_ids: list[str] = []
    error_ids: list[str] = []
    incomplete_ids: list[str] = []
    infra_failure_ids: list[str] = []
    failure_reasons: dict[str, str] = {}
    total_instances: int = 0


class _One(msgspec.Struct):
    """Of an instance, in its folder below the run's logs."""

    resolved: bool
    patch_is_None: bool = False
    patch_exists: bool = True
    patch_successfully_applied: bool = True


def read(path: Path, note: Notes) -> Iterator[Found]:
    if path.is_dir() and any(path.rglob("report.json")):
        yield from _reports_of_instances(path)
        return
    for file in files_of(path, ("*.json",)):
        data = read_bytes(file)
        parts = decode(data, dict[str, msgspec.Raw], str(file))
        if "leaderboards" in parts:
            yield from _site(decode(data, _Site, str(file)), str(file), note)
        elif "resolved_ids" in parts:
            yield from _report(file, decode(data, _Report, str(file)), note)
        elif path.is_file():
            raise UserError(f"{file}: no leaderboards.json of the site, and no run report (it has no `resolved_ids`)")


def _site(site: _Site, place: str, note: Notes) -> Iterator[Found]:
    folders: set[tuple[str, str]] = set()
    names: set[tuple[str, str]] = set()
    uncounted: list[str] = []
    again = 0
    for board in site.leaderboards:
        suite, size = BOARDS.get(board.name, (f"swe-bench:{board.name}", 0))
        for entry in board.results:
            if entry.folder and (suite, entry.folder) in folders:
                again += 1
                continue
            folders.add((suite, entry.folder))
            name = entry.name
            if (suite, name) in names:  # two submissions of one system: told apart as the site stores them
                name = f"{name} ({entry.folder or entry.date})"
            names.add((suite, name))
            series = Series(tool="swebench", model=name, suite=suite, protocol="swe-bench")
            yield from _entry(series, entry, size=size, place=f"{place}: {name}", note=note)
            if not entry.per_instance_details and size and not _is_count(entry.resolved, size):
                uncounted.append(f"{entry.resolved:g} % of {name}")
    if again:
        note(f"{again} entries stand on two boards of the same instances; each is taken once")
    if uncounted:
        note(f"stated scores that no number of solved instances gives: {', '.join(uncounted)}")


def _entry(series: Series, entry: _Entry, *, size: int, place: str, note: Notes) -> Iterator[Found]:
    instances = entry.per_instance_details or {}
    solved = sum(one.resolved for one in instances.values())
    off = abs(100 * solved / len(instances) - entry.resolved) if instances else 0.0
    said = f"{entry.name}: {entry.resolved:g} % stated, but {solved} of {len(instances)} instances are flagged resolved"
    started = seconds_at(entry.date)
    if instances and off <= _TRUSTED:
        if off > _AGREES:
            note(f"{said}; the flags are taken")
        for task_id, one in instances.items():
            cost = number(one.cost)
            yield series.found(
                task_id, score=float(one.resolved), cost_usd=cost, cost_source=_source(cost),
                turns=counted(one.api_calls) or 0, language="python", started_at=started,
            )  # fmt: skip
        return
    if instances:
        note(f"{said}; the stated score is kept, the flags are left out")
    cost = number(entry.cost) or None  # 0 dollars for hundreds of instances: nobody kept count
    yield series.whole(
        score_in(entry.resolved / 100, place), tasks=size, cost_usd=cost, cost_source=_source(cost), started_at=started
    )


def _is_count(stated: float, size: int) -> bool:
    """The stated percentage, which has two places, is a share of so many."""
    return abs(stated - 100 * round(stated * size / 100) / size) < 0.0051


def _source(cost: float | None) -> str:
    return "unknown" if cost is None else "estimated"


def _report(path: Path, report: _Report, note: Notes) -> Iterator[Found]:
    model, _, run = path.stem.rpartition(".")
    suites = {size: suite for suite, size in BOARDS.values()}
    series = Series(
        tool="swebench",
        model=(model or path.stem).replace("__", "/"),
        suite=suites.get(report.total_instances, "swe-bench"),
        protocol="swe-bench",
        settings={"run": run} if run else None,
    )
    broken = set(report.infra_failure_ids) | set(report.error_ids)
    rows: list[tuple[list[str], float | None, Status, str]] = [
        (report.resolved_ids, 1.0, Status.PASSED, ""),
        ([one for one in report.unresolved_ids if one not in broken], 0.0, Status.FAILED, ""),
        (report.empty_patch_ids, 0.0, Status.INVALID, "empty patch"),
        (report.incomplete_ids, 0.0, Status.INVALID, "no prediction"),
        (sorted(broken), None, Status.SANDBOX_ERROR, "no report"),
    ]
    for ids, score, status, reason in rows:
        for task_id in ids:
            why = report.failure_reasons.get(task_id, reason)
            yield series.found(task_id, score=score, status=status, reason=why, language="python")
    if broken:
        note(
            f"{path.name}: {len(broken)} instances came to an error; the harness counts them as unresolved, here they "
            "are missing: its score is the worst value shown"
        )


def _reports_of_instances(folder: Path) -> Iterator[Found]:
    """`…/<run>/<model>/<instance>/report.json`"""
    series: dict[Path, Series] = {}
    for file in sorted(folder.rglob("report.json")):
        home = file.parent.parent
        one = series.setdefault(
            home, Series(tool="swebench", model=home.name.replace("__", "/"), suite="swe-bench", protocol="swe-bench")
        )
        report: dict[str, Any] = decode(read_bytes(file), dict[str, Any], str(file))
        for task_id, raw in report.items():
            try:
                told = msgspec.convert(raw, _One)
            except msgspec.ValidationError as error:
                raise UserError(f"{file}: {task_id}: {error}") from error
            empty = told.patch_is_None or not told.patch_exists
            yield one.found(
                task_id,
                score=float(told.resolved),
                status=Status.INVALID if empty else None,
                reason="empty patch"
                if empty
                else ""
                if told.patch_successfully_applied
                else "the patch does not apply",
                language="python",
            )
