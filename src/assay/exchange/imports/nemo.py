"""NeMo Evaluator: `results.jsonl` with the run's `eval-*.json` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.messages import Sampling
from assay.core.task import Ask
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, asked, counted, number, score_in, seconds_at
from assay.exchange.imports.reading import files_of, read_json, read_lines
from assay.exchange.imports.suite_names import suite_name


class _Benchmark(msgspec.Struct):
    name: str = ""


class _Bundle(msgspec.Struct):
    config: dict[str, Any] = {}
    benchmark: _Benchmark = msgspec.field(default_factory=_Benchmark)
    timestamp: str = ""
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
    )
    started = seconds_at(bundle.timestamp)
    count = broken = 0
    for place, one in read_lines(path, _Result):
        found = _found(series, one, place, started)
        count += 1
        broken += found.decision.score is None
        yield found
    if broken:
        note(f"{path.parent.name}: {broken} results are errors; NeMo Evaluator counts them as 0, here they are missing")
    if bundle.n_results is not None and bundle.n_results != count:
        note(f"{path.parent.name}: the run names {bundle.n_results} results, the file holds {count}")


def _found(series: Series, one: _Result, place: str, started: float) -> Found:
    details, metadata = one.scoring_details or {}, one.metadata or {}
    error = details.get("error")
    broken = one.reward is None or (bool(error) and not one.reward)
    latency = number(one.latency_ms)
    return series.found(
        str(one.problem_idx),
        sample=max(0, one.repeat),
        score=None if broken else score_in(one.reward, place),
        status=Status.SANDBOX_ERROR if broken else None,
        reason=str(error)[:200] if error else "",
        completion=one.model_response,
        ask=_ask(one.prompt),
        latency=latency / 1000 if latency else None,
        category=str(metadata.get("category") or ""),
        started_at=started,
    )


def _ask(prompt: Any) -> Ask | None:
    if isinstance(prompt, str):
        return asked(("user", prompt)) if prompt else None
    if isinstance(prompt, list) and all(isinstance(turn, dict) for turn in prompt):
        return asked(*((str(turn.get("role")), str(turn.get("content"))) for turn in prompt))
    return None
