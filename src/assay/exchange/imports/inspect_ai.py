"""Inspect AI: `.eval` and `.json` logs, or a folder of them, a sample at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Sampling, Usage
from assay.core.task import Ask
from assay.core.trial import Status
from assay.exchange.carried import CARRIED
from assay.exchange.imports.found import (
    Found,
    Notes,
    Series,
    as_carried,
    asked,
    counted,
    number,
    score_in,
    seconds_at,
    shown,
)
from assay.exchange.imports.inspect_log import Header, Said, Sample, header_of, samples_of
from assay.exchange.imports.reading import files_of
from assay.exchange.imports.suite_names import suite_name

_LETTERS = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0, "yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}


class _Log(msgspec.Struct):
    """A log's header and a way to its samples."""

    path: Path
    header: Header


def read(path: Path, note: Notes) -> Iterator[Found]:
    for log in _newest(files_of(path, ("*.eval", "*.json")), note, lone=path.is_file()):
        yield from _trials(log, note)


def _newest(paths: list[Path], note: Notes, *, lone: bool) -> list[_Log]:
    """A retried evaluation's later log holds the finished samples of the earlier one: the last one counts."""
    logs: dict[tuple[str, str, str], _Log] = {}
    for path in paths:
        header = header_of(path)
        if header is None:
            if lone:
                raise UserError(f"{path}: no log of Inspect AI: it has no `eval`")
            continue
        log = _Log(path, header)
        key = (header.eval.model, header.eval.task, header.eval.task_id or str(path))
        earlier = logs.get(key)
        if earlier is not None:
            note(f"{path.name} and {earlier.path.name} are one evaluation, retried: the later one is taken")
        if earlier is None or header.eval.created >= earlier.header.eval.created:
            logs[key] = log
    return list(logs.values())


def _trials(log: _Log, note: Notes) -> Iterator[Found]:
    spec = log.header.eval
    generate = spec.model_generate_config
    series = Series(
        tool="inspect",
        model=spec.model,
        suite=suite_name(spec.task),
        protocol=f"inspect: {spec.task} {spec.task_version or ''}".strip(),
        solver=spec.solver or "",
        sampling=Sampling(
            max_tokens=generate.max_tokens,
            temperature=generate.temperature,
            top_p=generate.top_p,
            seed=generate.seed,
            reasoning_effort=generate.reasoning_effort,
        ),
        settings={
            key: value for key, value in (("model_args", spec.model_args), ("task_args", spec.task_args)) if value
        },
        release=str(spec.packages.get("inspect_ai") or ""),
    )
    scorers = [one.name or one.scorer for one in log.header.results.scores] if log.header.results else []
    judge = _Scorer(scorers[0] if scorers else "", note)
    count = unscored = 0
    for place, sample in samples_of(log.path):
        one = as_carried(_native(series, sample, judge, place), sample.metadata.get(CARRIED))
        count += 1
        unscored += one.decision.score is None
        yield one
    if log.header.status != "success":
        note(f"{log.path.name}: the evaluation ended as “{shown(log.header.status)}”, with {count} samples in its log")
    if unscored:
        note(f"{log.path.name}: {unscored} samples have no score; Inspect leaves them out, here they are missing")


def _native(series: Series, sample: Sample, judge: _Scorer, place: str) -> Found:
    score, reason = judge.score(sample, place)
    text, why = _answer(sample)
    usage, cost = _spent(sample, series.entrant.model_id)
    turns = sum(message.role == "assistant" for message in sample.messages) or int(text is not None)
    return series.found(
        str(sample.id),
        sample=max(0, sample.epoch - 1),
        score=score,
        status=_status(sample, score),
        completion=text,
        reason=reason,
        ask=_asked(sample),
        latency=number(sample.output.time) if turns == 1 else None,
        elapsed=number(sample.total_time),
        waited=_waited(sample),
        turns=turns,
        usage=usage,
        cost_usd=cost,
        cost_source="unknown" if cost is None else "priced",
        finish_reason=why,
        served_model=sample.output.model or None,
        started_at=seconds_at(sample.started_at),
    )


class _Scorer:
    """Takes one number from a sample's scores, and says once where it had to choose."""

    def __init__(self, preferred: str, note: Notes) -> None:
        self._preferred = preferred
        self._note = note
        self._said: set[str] = set()

    def score(self, sample: Sample, place: str) -> tuple[float | None, str]:
        """The score and, where there is none, why."""
        failed = sample.error.message if sample.error else ""
        if not sample.scores:
            return None, failed or "not scored"
        name = self._preferred if self._preferred in sample.scores else next(iter(sample.scores))
        if len(sample.scores) > 1:
            self._say(f"several scorers ({', '.join(sample.scores)}): “{name}” is taken")
        given = sample.scores[name]
        value = given.value
        if isinstance(value, dict) and value:
            key = next(iter(value))
            self._say(f"scores of {name} are tables ({', '.join(value)}): “{key}” is taken")
            value = value[key]
        if value is None:
            return None, given.reason or failed or "unscored"
        return self._number(value, place), failed or (given.explanation or "")[:200]

    def _number(self, value: Any, place: str) -> float:
        if isinstance(value, str):
            letter = _LETTERS.get(value, _LETTERS.get(value.lower()))
            if letter is not None:
                return letter
            with contextlib.suppress(ValueError):
                value = float(value)
        return score_in(value, place)

    def _say(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._note(line)


def _status(sample: Sample, score: float | None) -> Status | None:
    if score is None:
        asked_of_model = sample.error is not None and "model/_providers" in sample.error.traceback
        return Status.PROVIDER_ERROR if asked_of_model else Status.SANDBOX_ERROR
    return Status.EXCEEDED if sample.limit is not None and score == 0 else None


def _answer(sample: Sample) -> tuple[str | None, str | None]:
    if not sample.output.choices:
        return None, None
    choice = sample.output.choices[0]
    return _text(choice.message, sample), choice.stop_reason


def _text(message: Said, sample: Sample) -> str:
    parts = [message.content] if isinstance(message.content, str) else [part.text for part in message.content]
    return "".join(_attached(part, sample) for part in parts)


def _attached(text: str, sample: Sample) -> str:
    mark, _, key = text.partition("attachment://")
    if mark or not key:
        return text
    return sample.attachments.get(key, text)


def _asked(sample: Sample) -> Ask | None:
    if isinstance(sample.input, str):
        return asked(("user", _attached(sample.input, sample))) if sample.input else None
    return asked(*((message.role, _text(message, sample)) for message in sample.input)) if sample.input else None


def _waited(sample: Sample) -> float | None:
    whole, working = number(sample.total_time), number(sample.working_time)
    return max(0.0, whole - working) if whole is not None and working is not None else None


def _spent(sample: Sample, model: str) -> tuple[Usage, float | None]:
    """Of the model itself where it is named, not of those that graded it."""
    used = [sample.model_usage[model]] if model in sample.model_usage else list(sample.model_usage.values())
    if not used:
        return Usage(), None

    def total(field: str) -> int | None:
        values = [counted(getattr(one, field)) for one in used]
        return sum(value for value in values if value is not None) if any(v is not None for v in values) else None

    costs = [number(one.total_cost) for one in used]
    usage = Usage(
        input=total("input_tokens"),
        output=total("output_tokens"),
        cache_read=total("input_tokens_cache_read"),
        cache_write=total("input_tokens_cache_write"),
        reasoning=total("reasoning_tokens"),
    )
    return usage, None if None in costs else sum(cost for cost in costs if cost is not None)
