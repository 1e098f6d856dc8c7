"""lm-evaluation-harness: `results_*.json` with `samples_*.jsonl` beside it. Where a task's samples were logged
each is a trial; where not, the task's result is an aggregate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Sampling
from assay.core.task import Ask
from assay.exchange.carried import CARRIED
from assay.exchange.imports.found import Found, Notes, Series, as_carried, asked, counted, number, seconds_at
from assay.exchange.imports.reading import decode, files_of, read_json, read_lines
from assay.exchange.imports.suite_names import suite_name

METRICS = ("pass@1", "pass_at_1", "exact_match", "acc", "acc_norm")
"""The metrics that are taken first, where a task has several."""

_NAME = re.compile(r"(?P<kind>samples|results)_(?:(?P<task>.*)_)?(?P<stamp>\d{4}-\d\d-\d\dT[\d.:-]+)\.jsonl?")


class _Config(msgspec.Struct):
    model: str = ""
    model_args: str | dict[str, Any] | None = None
    gen_kwargs: str | dict[str, Any] | None = None


class _Count(msgspec.Struct):
    original: int = 0
    effective: int = 0


class _Results(msgspec.Struct):
    """One results file, without what is not read."""

    results: dict[str, dict[str, Any]] = {}
    group_subtasks: dict[str, list[str]] = {}
    versions: dict[str, Any] = {}
    samples: dict[str, _Count] = msgspec.field(name="n-samples", default_factory=dict)
    config: _Config = msgspec.field(default_factory=_Config)
    model_name: str = ""
    lm_eval_version: str | None = None
    date: float | None = None


class _Sample(msgspec.Struct):
    """A line of a samples file; its metrics stand beside these fields under names of their own."""

    doc_id: int | str
    doc: Any = None
    arguments: Any = None
    resps: Any = None
    filter: str = "none"
    metrics: list[str] = []
    doc_hash: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    files = files_of(path, ("results_*.json", "samples_*.jsonl"))
    if path.is_file():  # the rest of the same run lies beside it
        stamp = _stamp(path)
        files += [one for one in sorted(path.parent.glob(f"*{stamp}.json*")) if one != path and _stamp(one) == stamp]
    results = {(file.parent, _stamp(file)): file for file in files if not _is_samples(file)}
    samples: dict[tuple[Path, str], list[Path]] = {key: [] for key in results}
    for file in filter(_is_samples, files):
        samples.setdefault((file.parent, _stamp(file)), []).append(file)
    for key, logged in samples.items():
        read_file = read_json(results[key], _Results, lenient=True) if key in results else None
        yield from _run(key[0], read_file, logged, note)


def _is_samples(path: Path) -> bool:
    return path.suffix == ".jsonl"


def _stamp(path: Path) -> str:
    match = _NAME.fullmatch(path.name)
    return match["stamp"] if match else path.stem


def _run(folder: Path, results: _Results | None, logged: list[Path], note: Notes) -> Iterator[Found]:
    results = results or _Results()
    name = results.model_name or _model_of(results.config) or folder.name.replace("__", "/")
    done = set()
    for file in logged:
        match = _NAME.fullmatch(file.name)
        task = (match["task"] if match else None) or file.stem.removeprefix("samples_")
        done.add(task)
        yield from _task(file, _series(results, name, task), results.samples.get(task), note)
    groups = {group for group, members in results.group_subtasks.items() if members}
    for task, metrics in results.results.items():
        if task not in done and task not in groups:
            yield from _aggregate(_series(results, name, task), task, metrics, results, note)


def _model_of(config: _Config) -> str:
    arguments = config.model_args
    if isinstance(arguments, str):
        arguments = dict(part.partition("=")[::2] for part in arguments.split(","))
    for key in ("pretrained", "model", "engine", "path"):
        if arguments and arguments.get(key):
            return str(arguments[key])
    return config.model


def _series(results: _Results, model: str, task: str) -> Series:
    version = results.versions.get(task)
    settings = {"gen_kwargs": results.config.gen_kwargs} if results.config.gen_kwargs else {}
    return Series(
        tool="lm-eval",
        model=model,
        suite=suite_name(task),
        protocol=f"lm-eval: {task} {'' if version is None else version}".strip(),
        sampling=Sampling(),
        settings=settings,
        release=results.lm_eval_version or "",
    )


def _task(path: Path, series: Series, count: _Count | None, note: Notes) -> Iterator[Found]:
    """A document stands once for each filter: the first filter's lines count."""
    wanted = metric = ""
    others: set[str] = set()
    for place, raw in read_lines(path, msgspec.Raw, lenient=True):
        line = decode(raw, _Sample, place)
        values = decode(raw, dict[str, Any], place)
        wanted = wanted or line.filter
        if line.filter != wanted:
            others.add(line.filter)
            continue
        metric = metric or _metric(line.metrics or [key for key in values if key in METRICS])
        if not metric:
            raise UserError(f"{place}: has no metric; a sample's line names them in `metrics`")
        score = number(values.get(metric))
        if score is None or not 0 <= score <= 1:
            note(f"{path.name}: {metric} is no score between 0 and 1 for each document; left out")
            return
        yield as_carried(_found(series, line, score, metric), values.get(CARRIED))
    if others:
        note(f"{path.name}: the results under filter “{wanted}” are taken, not those under {', '.join(sorted(others))}")
    if count and count.effective < count.original:
        note(
            f"{path.name}: {count.effective} of {count.original} documents, by --limit: the first ones, no random draw"
        )


def _metric(names: list[str]) -> str:
    return next((name for name in METRICS if name in names), names[0] if names else "")


def _found(series: Series, line: _Sample, score: float, metric: str) -> Found:
    replies = _replies(line.resps)
    task_id = line.doc.get("task_id") if isinstance(line.doc, dict) else None
    known = task_id if isinstance(task_id, (str, int)) else line.doc_id
    repeated = len(replies) > 1
    return series.found(
        f"Mbpp/{known}" if series.suite.startswith("mbpp") and isinstance(known, int) else str(known),
        score=score,
        completion=replies[0] if replies else None,
        ask=_ask(line.arguments),
        weight=float(max(1, len(replies))),
        task_hash=f"lm-eval:{line.doc_hash[:32]}" if line.doc_hash else "",
        detail={"metric": metric, "filter": line.filter},
        passed=None if repeated else score == 1,
    )


def _replies(resps: Any) -> list[str]:
    """A request's answers: a list for each request, of one answer for each repeat."""
    first = resps[0] if isinstance(resps, list) and resps else []
    return [text for text in (first if isinstance(first, list) else [first]) if isinstance(text, str)]


def _ask(arguments: Any) -> Ask | None:
    """`{gen_args_0: {arg_0: prompt, arg_1: {until: …}}}`; a chat's prompt is its messages as JSON."""
    first = arguments.get("gen_args_0") if isinstance(arguments, dict) else None
    prompt = first.get("arg_0") if isinstance(first, dict) else None
    if isinstance(prompt, list):
        prompt = prompt[0] if prompt else None
    if not isinstance(prompt, str) or not isinstance(first, dict):
        return None
    settings = first.get("arg_1")
    until = settings.get("until") if isinstance(settings, dict) else None
    stop = tuple(str(word) for word in (until if isinstance(until, list) else [until]) if word)
    if prompt.startswith("[{"):
        try:
            turns = msgspec.json.decode(prompt, type=list[dict[str, Any]])
            return asked(*((str(turn.get("role")), str(turn.get("content"))) for turn in turns), stop=stop)
        except msgspec.DecodeError:
            pass  # a prompt that only begins like one
    return Ask(prompt=prompt, stop=stop)


def _aggregate(series: Series, task: str, metrics: dict[str, Any], results: _Results, note: Notes) -> Iterator[Found]:
    numbers = {key: number(value) for key, value in metrics.items() if "," in key and "_stderr," not in key}
    names = [key.partition(",")[0] for key in numbers]
    key = next((key for key in numbers if key.partition(",")[0] == _metric(names)), "")
    score = numbers.get(key)
    if score is None or not 0 <= score <= 1:
        note(f"{task}: {key.partition(',')[0] or 'its result'} is no score between 0 and 1; left out")
        return
    count = results.samples.get(task)
    tasks = counted(metrics.get("sample_len")) or (count.effective if count else 0)
    if not tasks:
        note(f"{task}: nobody says over how many documents its score is; it is taken as one")
    started = results.date if results.date and number(results.date) else seconds_at("")
    yield series.whole(score, tasks=tasks, started_at=started, detail={"metric": key})
