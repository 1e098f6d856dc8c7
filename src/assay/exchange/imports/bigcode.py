"""BigCode's harness: its results (aggregates), its details per task (as its MultiPL-E fork writes them), and
BigCodeBench's `*_eval_results.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, counted, score_in, seconds_at, shown
from assay.exchange.imports.reading import decode, files_of, read_bytes
from assay.exchange.imports.suite_names import language_of, suite_name

SIZES = {"humaneval": 164, "humaneval+": 164, "mbpp": 500, "mbpp+": 378}
"""Tasks of benchmarks whose result files do not say over how many their score is."""

_HUMANEVAL = re.compile(r"(instruct-|instruct_wizard_)?humaneval(-unstripped|(fix|explain|synthesize)\w*-\w+)?")
"""Its names for HumanEval under other prompts, and in other languages: as many tasks."""
_NO_MODEL = "codeparrot/codeparrot-small"
"""What it calls a model that nobody named."""

_SETTINGS = ("do_sample", "temperature", "top_p", "prompt", "revision")
"""What changes an answer; how many were drawn of each task does not."""


class _Detail(msgspec.Struct):
    task_id: str
    passed: bool
    completion_id: int = 0
    result: str = ""


class _Graded(msgspec.Struct):
    status: str
    task_id: str = ""
    solution: str | None = None


class _Bench(msgspec.Struct):
    """BigCodeBench."""

    eval: dict[str, list[_Graded]]
    date: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    read_any = False
    for file in files_of(path, ("*.json",)):
        forms = [form for mark, form in _FORMS if mark(_keys(file))]
        if forms:
            read_any = True
            yield from forms[0](file, note)
        elif path.is_file():
            raise UserError(
                f"{file}: neither results (task → pass@k), nor details (task → list of [number, verdict]), nor "
                "BigCodeBench's eval_results.json"
            )
    if not read_any:
        raise UserError(f"{path}: holds no results of BigCode's harness")


def _keys(path: Path) -> dict[str, Any]:
    """The outermost object, undecoded below it; empty for a list."""
    data = read_bytes(path)
    if not data.lstrip().startswith(b"{"):
        return {}
    return dict(decode(data, dict[str, msgspec.Raw], str(path)))


def _is_bench(content: dict[str, Any]) -> bool:
    return "eval" in content


def _is_details(content: dict[str, Any]) -> bool:
    return bool(content) and all(bytes(value).lstrip().startswith(b"[") for value in content.values())


def _is_results(content: dict[str, Any]) -> bool:
    values = [bytes(value).lstrip() for key, value in content.items() if key != "config"]
    return bool(values) and all(value.startswith(b"{") for value in values)


def _bench(path: Path, note: Notes) -> Iterator[Found]:
    content = decode(read_bytes(path), _Bench, str(path))
    stem = path.name.removesuffix(".json").removesuffix("_eval_results")
    name, mark, settings = stem.partition("--bigcodebench-")
    if not mark:
        name, mark, settings = stem.partition("--main--bigcodebench-")
    suite = "bigcodebench:hard" if "hard" in settings else "bigcodebench"
    series = Series(
        tool="bigcode", model=name.removesuffix("--main"), suite=suite, protocol=f"bigcodebench {settings}".strip()
    )
    for task_id, results in content.eval.items():
        for sample, one in enumerate(results):
            status = {"pass": Status.PASSED, "timeout": Status.EXCEEDED}.get(one.status, Status.FAILED)
            yield series.found(
                task_id,
                sample=sample,
                score=float(status is Status.PASSED),
                status=status,
                completion=one.solution,
                files={"answer.py": one.solution} if one.solution else None,
                reason="wall" if status is Status.EXCEEDED else "",
                language="python",
                started_at=seconds_at(content.date),
            )


def _details(path: Path, note: Notes) -> Iterator[Found]:
    content = decode(read_bytes(path), dict[str, list[tuple[int, _Detail]]], str(path))
    match = re.fullmatch(r"(?:humaneval|multiple)-(?P<language>\w+)-details", path.stem)
    language = language_of(match["language"]) if match else ""
    suite = f"multipl-e:{language}" if language else path.stem.removesuffix("-details")
    folder = path.parent if path.parent.name not in ("multipl_e", "multiple") else path.parent.parent
    series = Series(tool="bigcode", model=folder.name or "unknown", suite=suite, protocol="bigcode: details")
    for task_id, results in content.items():
        for sample, (_, one) in enumerate(results):
            yield series.found(
                task_id,
                sample=sample,
                score=float(one.passed),
                status=Status.EXCEEDED if one.result == "timed out" else None,
                reason="wall" if one.result == "timed out" else "" if one.passed else one.result[:200],
                language=language,
            )


def _results(path: Path, note: Notes) -> Iterator[Found]:
    content = decode(read_bytes(path), dict[str, dict[str, Any]], str(path))
    config = content.pop("config", {})
    model = str(config.get("model") or path.parent.name or path.stem)
    stored = config.get("load_generations_path")
    if stored and model == _NO_MODEL:
        model = Path(str(stored)).stem
        note(f"{path.name}: judges stored answers, and nobody named their model; it is named after their file")
    settings = {key: value for key, value in config.items() if key in _SETTINGS}
    for task, metrics in content.items():
        suite = suite_name(task)
        series = Series(tool="bigcode", model=model, suite=suite, protocol=f"bigcode: {task}", settings=settings)
        if "pass@1" not in metrics:
            note(f"{path.name}: {task} has no pass@1 ({', '.join(map(str, metrics)) or 'nothing'}); left out")
            continue
        value = metrics["pass@1"]
        percent = isinstance(value, (int, float)) and 1 < value <= 100
        if percent:
            note(f"{path.name}: {task} says {shown(value)}, taken as percent")
        size = SIZES.get(suite) or (SIZES["humaneval"] if _HUMANEVAL.fullmatch(task) else 0)
        left = max(0, size - (counted(config.get("limit_start")) or 0))
        limit = counted(config.get("limit"))
        tasks = min(limit, left or limit) if limit else left
        if not tasks:
            note(f"{path.name}: nobody says over how many tasks the score of {task} is; it is taken as one")
        score = score_in(value / 100 if percent else value, f"{path}: {task} pass@1")
        yield series.whole(score, tasks=tasks, detail={"metrics": metrics})


_FORMS = ((_is_bench, _bench), (_is_details, _details), (_is_results, _results))
