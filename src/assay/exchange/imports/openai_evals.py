"""openai/evals: the event record of a run, JSON lines: `spec`, events, `final_report`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.task import Ask
from assay.core.trial import Status
from assay.exchange.carried import CARRIED
from assay.exchange.imports.found import Found, Notes, Series, as_carried, asked, number, score_in, seconds_at
from assay.exchange.imports.reading import files_of, read_lines


class _Spec(msgspec.Struct):
    completion_fns: list[str] = []
    eval_name: str = ""
    base_eval: str = ""
    split: str = ""
    run_config: dict[str, Any] = {}
    model_name: str = ""


class _Line(msgspec.Struct):
    """Any line: only one of its kinds of fields is there."""

    spec: _Spec | None = None
    final_report: dict[str, Any] | None = None
    sample_id: str | int | None = None
    type: str = ""
    data: Any = None
    created_at: str = ""


class _Pending(msgspec.Struct):
    """What has been told of a sample that has no verdict yet."""

    prompt: Any = None
    sampled: str | None = None
    error: str = ""
    kept: Any = None


def read(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path, ("*.jsonl", "*.log")):
        yield from _record(file, note)


def _record(path: Path, note: Notes) -> Iterator[Found]:
    series: Series | None = None
    pending: dict[str, _Pending] = {}
    judged: set[str] = set()
    late = 0
    report: dict[str, Any] | None = None
    score_sum = 0.0
    for place, line in read_lines(path, _Line, lenient=True):
        if line.spec is not None:
            series = _series(line.spec)
        elif line.final_report is not None:
            report = line.final_report
        elif line.sample_id is not None:
            if series is None:
                raise UserError(f"{place}: an event before the `spec`; the first line of a record is its spec")
            sample_id = str(line.sample_id)
            score = _verdict(line, place)
            if score is None:
                _note_event(pending.setdefault(sample_id, _Pending()), line)
            elif sample_id in judged:
                late += 1
            else:
                judged.add(sample_id)
                score_sum += score
                yield _found(series, sample_id, score, pending.pop(sample_id, _Pending()), line)
    for sample_id, told in pending.items():
        if series is not None and sample_id not in judged:
            yield _lost(series, sample_id, told)
    _say(path, note, report=report, late=late, lost=len(pending.keys() - judged), judged=len(judged), total=score_sum)


def _series(spec: _Spec) -> Series:
    name = spec.base_eval or spec.eval_name.partition(".")[0]
    models = spec.completion_fns or [spec.model_name or "unknown"]
    return Series(
        tool="openai-evals",
        model=", ".join(models),
        suite=f"openai-evals:{name}" if name else "openai-evals",
        protocol=f"openai-evals: {spec.eval_name}",
    )


def _verdict(line: _Line, place: str) -> float | None:
    """What an event says of its sample, if it says anything."""
    data = line.data if isinstance(line.data, dict) else {}
    if line.type == "match" and "correct" in data:
        return score_in(bool(data["correct"]), place)
    if line.type == "metrics":
        values = [data[key] for key in ("score", "accuracy", "correct", "pass") if number(data.get(key)) is not None]
        return score_in(values[0], place) if values else None
    return None


def _note_event(told: _Pending, line: _Line) -> None:
    data = line.data if isinstance(line.data, dict) else {}
    if line.type == "sampling":
        sampled = data.get("sampled")
        first = sampled[0] if isinstance(sampled, list) and sampled else sampled
        told.prompt, told.sampled = data.get("prompt"), first if isinstance(first, str) else None
    elif line.type == "error":
        told.kept = data.get(CARRIED)
        told.error = f"{data.get('type') or 'error'}: {data.get('message') or ''}"[:200]


def _found(series: Series, sample_id: str, score: float, told: _Pending, line: _Line) -> Found:
    picked = line.data.get("picked") or line.data.get("sampled")
    native = series.found(
        sample_id,
        score=score,
        completion=told.sampled if told.sampled is not None else picked if isinstance(picked, str) else None,
        ask=_ask(told.prompt),
        started_at=seconds_at(line.created_at),
    )
    return as_carried(native, line.data.get(CARRIED))


def _lost(series: Series, sample_id: str, told: _Pending) -> Found:
    native = series.found(
        sample_id,
        score=None,
        status=Status.PROVIDER_ERROR if told.error else Status.SANDBOX_ERROR,
        reason=told.error or "no verdict in the record",
        completion=told.sampled,
        ask=_ask(told.prompt),
    )
    return as_carried(native, told.kept)


def _ask(prompt: Any) -> Ask | None:
    if isinstance(prompt, str):
        return Ask(prompt=prompt)
    if isinstance(prompt, list) and all(isinstance(turn, dict) for turn in prompt):
        return asked(*((str(turn.get("role")), str(turn.get("content"))) for turn in prompt))
    return None


def _say(
    path: Path, note: Notes, *, report: dict[str, Any] | None, late: int, lost: int, judged: int, total: float
) -> None:
    if report is None:
        note(f"{path.name}: no final report: the run did not come to its end")
    if late:
        note(f"{path.name}: {late} samples have a second verdict, late ones; each sample is counted once")
    if lost:
        note(f"{path.name}: {lost} samples have no verdict; here they are missing")
    stated = number((report or {}).get("accuracy"))
    if stated is not None and judged and abs(stated - total / judged) > 0.0005:
        note(f"{path.name}: its report says {stated:.4g}, its samples make {total / judged:.4g}")
