"""May two entrants' results on a suite be compared at all? What differs in how they were asked and judged,
what decides, and what nobody can know. Knows plans and the hashes in the records; refuses to judge scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.ids import agree
from assay.core.run import RunPlan
from assay.reports.matrix import Entry
from assay.reports.wording import counted, named
from assay.store.tables import Tables


class Remark(msgspec.Struct, frozen=True):
    """Something that the reader of a comparison has to know."""

    text: str
    decides: bool = False
    """A known difference of the apparatus: the scores do not measure the same thing."""
    unknown: bool = False
    """Nobody can know: it is said, and nothing is refused for it."""


_HASHES = {
    "task_hash": "other tests, files or limits",
    "prompt_hash": "another prompt",
    "judge_hash": "another judge or toolchain",
}
"""What it means when two records of one task carry different hashes."""

_OURS = ("csv", "parquet")
"""Forms in which our own records come back as they were."""

_SETTINGS = ("system", "context", "quant", "tool_format", "timeout", "solver")
"""Of an entrant, beside its sampling: they are part of what is compared, so they are named and decide nothing."""


def judged_alike(one: RunPlan, other: RunPlan, suite: str) -> bool:
    """By what the two runs planned, nothing known keeps them from standing on one board."""
    mine, theirs = ({planned.name: planned for planned in plan.suites}.get(suite) for plan in (one, other))
    if mine is None or theirs is None:
        return True
    if one.variant != other.variant or not judged_by_the_same(one, other, suite):
        return False
    before = {task.id: task for task in mine.tasks}
    return all(
        agree(getattr(before[task.id], name), getattr(task, name)) is not False
        for task in theirs.tasks
        if task.id in before
        for name in ("task_hash", "prompt_hash")
    )


def judged_by_the_same(one: RunPlan, other: RunPlan, suite: str) -> bool:
    """Protocol and judge are not known to differ, whatever the tasks."""
    mine, theirs = ({planned.name: planned for planned in plan.suites}.get(suite) for plan in (one, other))
    if mine is None or theirs is None:
        return True
    if mine.protocol and theirs.protocol and mine.protocol != theirs.protocol and _name_alike(one, other):
        return False
    return all(
        agree(mine.judge_hashes[language], judge) is not False
        for language, judge in theirs.judge_hashes.items()
        if language in mine.judge_hashes
    )


def _name_alike(one: RunPlan, other: RunPlan) -> bool:
    """Both call their protocols by the names of one tool. Names of different tools say nothing of each other."""
    mine, theirs = ("" if plan.imported_from in _OURS else plan.imported_from for plan in (one, other))
    return mine == theirs


def remarks(tables: Tables, suite: str, entries: Sequence[Entry]) -> tuple[Remark, ...]:
    """Everything about the pairs among `entries`, each thing once. `tables` hold `provenance`."""
    found: list[Remark] = []
    records = [_Record(tables, suite, entry) for entry in entries]
    for at, one in enumerate(records):
        found += one.by_itself()
        for other in records[at + 1 :]:
            found += _between(one, other)
    return tuple(dict.fromkeys(found))


class _Record:
    """One entrant's lines, as far as they say how it was asked and judged."""

    def __init__(self, tables: Tables, suite: str, entry: Entry) -> None:
        self.entry = entry
        self.plan = tables.runs[entry.run]
        self.name = f"{entry.run}:{entry.model}" if len(tables.runs) > 1 else entry.model
        self.entrant = next((one for one in self.plan.entrants if one.name == entry.model), None)
        key = [entry.run, entry.model, suite]
        _, rows = tables.rows(
            "SELECT task_id, any_value(task_hash), any_value(prompt_hash), any_value(judge_hash) FROM trials"
            " WHERE run = ? AND model = ? AND suite = ? AND judged GROUP BY task_id ORDER BY task_id",
            key,
        )
        self.hashes = {str(task): dict(zip(_HASHES, values, strict=True)) for task, *values in rows}
        self.values = {name: self._distinct(tables, name, key) for name in ("protocol", "version", "variant")}
        self.served = self._distinct(tables, "served_model", key)

    def _distinct(self, tables: Tables, column: str, key: list[str]) -> tuple[str, ...]:
        _, rows = tables.rows(
            f"SELECT DISTINCT {column}::VARCHAR FROM trials WHERE run = ? AND model = ? AND suite = ? AND judged"
            f" AND coalesce({column}::VARCHAR, '') <> '' ORDER BY 1",
            key,
        )
        return tuple(str(value) for (value,) in rows)

    def by_itself(self) -> Iterator[Remark]:
        if len(self.served) > 1:
            yield Remark(f"{self.name} was served by {' and by '.join(self.served)}: its score mixes them")


def _between(one: _Record, other: _Record) -> Iterator[Remark]:
    if one.plan is not other.plan:
        yield from _apparatus(one, other)
    yield from _entrants(one, other)


def _apparatus(one: _Record, other: _Record) -> Iterator[Remark]:
    names = f"{one.name} and {other.name}"
    same_tests = _same_tests(one, other)
    unknown: dict[str, list[str]] = {}
    """By the tasks that it is unknown for, what."""
    for name, (mine, theirs) in {key: (one.values[key], other.values[key]) for key in one.values}.items():
        if not mine or not theirs or mine == theirs:
            continue
        if name == "protocol" and not _name_alike(one.plan, other.plan):
            unknown.setdefault("all", []).append(f"protocol ({', '.join(mine)} against {', '.join(theirs)})")
        elif not (name == "version" and same_tests):
            said = f"{name} {', '.join(mine)} against {', '.join(theirs)}"
            said += " (`assay board` says how far apart variants are)" if name == "variant" else ""
            yield Remark(f"{names}: {said}", decides=True)
    common = one.hashes.keys() & other.hashes.keys()
    for name, meaning in _HASHES.items():
        agreed = {task: agree(one.hashes[task][name] or "", other.hashes[task][name] or "") for task in common}
        differ = sorted(task for task, same in agreed.items() if same is False)
        if differ:
            share = f"{len(differ)} of {counted(len(common), 'common task')}"
            yield Remark(f"{names}: {share} with {meaning} ({named(differ, most=3)})", decides=True)
        count = Counter(agreed.values())[None]
        if count:
            share = "all" if count == len(common) else f"{count} of {len(common)}"
            unknown.setdefault(share, []).append(name.removesuffix("_hash"))
    for share, what in unknown.items():
        same = f"the {what[0]} is" if len(what) == 1 else f"{', '.join(what[:-1])} and {what[-1]} are"
        yield Remark(f"{names}: whether {same} the same is unknown for {share} common tasks", unknown=True)
    if one.plan.sandbox != other.plan.sandbox:
        sandboxes = " against ".join(record.plan.sandbox or "the built-in one" for record in (one, other))
        yield Remark(f"{names}: sandbox {sandboxes}")


def _same_tests(one: _Record, other: _Record) -> bool:
    """Every common task is known to be the same, so that another version means other tasks, which have no part."""
    common = one.hashes.keys() & other.hashes.keys()
    return bool(common) and all(
        agree(one.hashes[task]["task_hash"] or "", other.hashes[task]["task_hash"] or "") for task in common
    )


def _entrants(one: _Record, other: _Record) -> Iterator[Remark]:
    if one.entrant is None or other.entrant is None or one.entrant.built_in or other.entrant.built_in:
        return
    mine, theirs = _settings(one.entrant), _settings(other.entrant)
    differ = [
        f"{name} {_said(mine.get(name))} against {_said(theirs.get(name))}"
        for name in dict.fromkeys([*mine, *theirs])
        if mine.get(name) != theirs.get(name)
    ]
    if differ:
        yield Remark(f"{one.name} and {other.name} were asked differently: {'; '.join(differ)}")
    if one.entry.model == other.entry.model and one.served and other.served and one.served != other.served:
        served = " against ".join(", ".join(record.served) for record in (one, other))
        yield Remark(f"{one.name} and {other.name}: served model {served}")


def _settings(entrant: Entrant) -> dict[str, Any]:
    sampling = {name: value for name, value in msgspec.to_builtins(entrant.sampling).items() if value not in (None, [])}
    return {**sampling, **{name: getattr(entrant, name) for name in _SETTINGS if getattr(entrant, name)}}


def _said(value: Any) -> str:
    if value is None:
        return "the server's own"
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
