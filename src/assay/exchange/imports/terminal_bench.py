"""Terminal-Bench's first harness: one `results.json` for a run, its `run_metadata.json` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Series, asked, counted, seconds_at, seconds_between
from assay.exchange.imports.reading import decode, read_json
from assay.exchange.imports.suite_names import suite_name

_OVER = {
    "agent_timeout": "wall",
    "context_length_exceeded": "context",
    "output_length_exceeded": "output",
}
_LOST = ("agent_installation_failed",)
"""Failures before the agent began: the tests ran all the same, and say nothing of it."""


class _Trial(msgspec.Struct):
    task_id: str
    instruction: str = ""
    is_resolved: bool | None = None
    failure_mode: str = ""
    total_input_tokens: int | None = None
    total_output_tokens: int | None = None
    trial_started_at: str | None = None
    agent_started_at: str | None = None
    agent_ended_at: str | None = None


class _File(msgspec.Struct):
    results: list[_Trial]


class _Run(msgspec.Struct):
    agent_name: str = ""
    model_name: str | None = None
    dataset_name: str | None = None
    dataset_version: str | None = None


def trials(path: Path, data: bytes) -> Iterator[Found]:
    beside = path.with_name("run_metadata.json")
    run = read_json(beside, _Run, lenient=True) if beside.is_file() else _Run()
    name = " + ".join(filter(None, (run.agent_name, run.model_name)))
    series = Series(
        tool="harbor",
        model=name or path.parent.name or "unknown",
        suite=suite_name(run.dataset_name or "terminal-bench"),
        version=run.dataset_version or "",
        protocol="terminal-bench",
        solver=run.agent_name,
    )
    for one in decode(data, _File, str(path), lenient=True).results:
        lost = one.is_resolved is None or one.failure_mode in _LOST
        over = _OVER.get(one.failure_mode) if one.is_resolved is False else None
        reason = "" if one.failure_mode in ("unset", "none") else one.failure_mode
        yield series.found(
            one.task_id,
            sample=series.next_sample(one.task_id),
            score=None if lost else float(bool(one.is_resolved)),
            status=Status.EXCEEDED if over else None,
            reason=over or reason,
            ask=asked(("user", one.instruction)) if one.instruction else None,
            elapsed=seconds_between(one.agent_started_at, one.agent_ended_at),
            # An agent that does not count its tokens says 0.
            usage=Usage(input=counted(one.total_input_tokens) or None, output=counted(one.total_output_tokens) or None),
            started_at=seconds_at(one.trial_started_at),
        )
