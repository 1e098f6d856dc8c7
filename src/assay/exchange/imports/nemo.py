"""NeMo Evaluator: `results.jsonl` with the run's `eval-*.json` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.core.messages import Sampling, Usage
from assay.core.task import Ask
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, asked, counted, number, score_in, seconds_at
from assay.exchange.imports.reading import files_of, read_json, read_lines
from assay.exchange.imports.suite_names import suite_name

_ASKING = ("system", "user")
_CATEGORIES = {"infra_error": Status.PROVIDER_ERROR, "graceful": Status.FAILED}
"""Of errors, whose they are. Only `graceful` ones are the agent's own: its turns are used up, or it said nothing."""


class _Benchmark(msgspec.Struct):
    name: str = ""


class _Bundle(msgspec.Struct):
    config: dict[str, Any] = {}
    benchmark: _Benchmark = msgspec.field(default_factory=_Benchmark)
    timestamp: str = ""
    sdk_version: str = ""
    n_results: int | None = None


class _Result(msgspec.Struct):
    problem_idx: int | str
    reward: float | int | bool | None = None
    repeat: int = 0
    prompt: Any = None
    model_response: str | None = None
    scoring_details: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None
    latency_ms: float | None = None
    expected_answer: Any = None
    trajectory: Any = None


class _Step(msgspec.Struct):
    source: str = ""
    message: Any = None


class _Totals(msgspec.Struct):
    total_prompt_tokens: int | None = None
    total_completion_tokens: int | None = None


class _Trajectory(msgspec.Struct):
    """What was said, step by step."""

    steps: list[_Step] = []
    final_metrics: _Totals | None = None


def read(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path.with_name("results.jsonl") if path.suffix == ".json" else path, ("results.jsonl",)):
        bundles = sorted(file.parent.glob("eval-*.json"))
        bundle = read_json(bundles[-1], _Bundle, lenient=True) if bundles else None
        if bundle is None:
            note(f"{file}: no eval-*.json beside it, so model and benchmark are named after its folder")
        yield from _results(file, bundle or _Bundle(), note)


def _results(path: Path, bundle: _Bundle, note: Notes) -> Iterator[Found]:
    config = bundle.config
    benchmark = bundle.benchmark.name or path.parent.name
    series = Series(
        tool="nemo",
        model=str(config.get("model") or path.parent.name),
        suite=suite_name(benchmark),
        protocol=f"nemo: {benchmark}",
        sampling=Sampling(
            max_tokens=counted(config.get("max_tokens")),
            temperature=number(config.get("temperature")),
            top_p=number(config.get("top_p")),
            seed=counted(config.get("seed")),
        ),
        settings={"system_prompt": config["system_prompt"]} if config.get("system_prompt") else None,
        release=bundle.sdk_version,
    )
    started = seconds_at(bundle.timestamp)
    count = broken = 0
    ids = _ids(path)
    for place, one in read_lines(path, _Result, lenient=True):
        found = _found(series, one, ids, place, started)
        count += 1
        broken += found.decision.score is None
        yield found
    if broken:
        note(f"{path.parent.name}: {broken} results are errors; NeMo Evaluator counts them as 0, here they are missing")
    if bundle.n_results is not None and bundle.n_results != count:
        note(f"{path.parent.name}: the run names {bundle.n_results} results, the file holds {count}")


def _ids(path: Path) -> dict[int | str, str]:
    """Of each problem's number the benchmark's own id, where every problem has one for itself."""
    ids: dict[int | str, str] = {}
    for _, one in read_lines(path, _Result, lenient=True):
        own = (one.metadata or {}).get("task_id")
        ids[one.problem_idx] = str(own) if isinstance(own, (str, int)) and own != "" else ""
    return ids if len({own for own in ids.values() if own}) == len(ids) else {}


def _found(series: Series, one: _Result, ids: dict[int | str, str], place: str, started: float) -> Found:
    status, reason = _trouble(one)
    latency = number(one.latency_ms)
    lost = status is not None and status is not Status.FAILED
    told = _told(one.trajectory)
    totals = told.final_metrics or _Totals()
    return series.found(
        ids.get(one.problem_idx) or str(one.problem_idx),
        sample=max(0, one.repeat),
        score=None if lost else score_in(one.reward, place),
        status=status,
        reason=reason[:200],
        completion=None if lost and not one.model_response else one.model_response,
        ask=_ask(told, one.prompt),
        latency=latency / 1000 if latency else None,
        usage=Usage(input=counted(totals.total_prompt_tokens), output=counted(totals.total_completion_tokens)),
        category=str((one.metadata or {}).get("category") or ""),
        task_hash=f"nemo:{content_hash(one.prompt, one.expected_answer)}",
        started_at=started,
    )


def _trouble(one: _Result) -> tuple[Status | None, str]:
    """What went wrong, and whose it is: nothing where a verdict stands."""
    details = one.scoring_details or {}
    judge = details.get("judge")
    error = details.get("error") or (judge.get("error") if isinstance(judge, dict) else None)
    if one.reward is None:
        return Status.SANDBOX_ERROR, str(error or "no reward")
    if error and not one.reward:
        return _CATEGORIES.get(str(details.get("error_category")), Status.SANDBOX_ERROR), str(error)
    return None, str(error or "")


def _told(trajectory: Any) -> _Trajectory:
    """Empty where it has another form."""
    try:
        return msgspec.convert(trajectory[0] if isinstance(trajectory, list) else trajectory, _Trajectory)
    except (msgspec.ValidationError, IndexError):
        return _Trajectory()


def _ask(told: _Trajectory, prompt: Any) -> Ask | None:
    """What stands before the first answer: the system's words are only there."""
    turns = [(step.source, step.message) for step in takewhile(lambda step: step.source in _ASKING, told.steps)]
    if turns and all(isinstance(text, str) for _, text in turns):
        return asked(*turns)
    if isinstance(prompt, str):
        return asked(("user", prompt)) if prompt else None
    if isinstance(prompt, list) and all(isinstance(turn, dict) for turn in prompt):
        return asked(*((str(turn.get("role")), str(turn.get("content"))) for turn in prompt))
    return None
