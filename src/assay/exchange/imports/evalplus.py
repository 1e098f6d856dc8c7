"""EvalPlus: `*_eval_results.json`, today's form and the one before it. The plus verdict needs the base one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, seconds_at, shown
from assay.exchange.imports.reading import files_of, read_json

VERSIONS = {
    "84f4b93a1270b492e4c54d5212da7a5b": ("0.1.9", ":v0.1.9"),
    "fe585eb4df8c88d844eeb463ea4d0302": ("0.1.10", ""),
    "ebe95df0d5220f00cedd6f4bddea35e4": ("0.1.0", ":v0.1.0"),
    "ee43ecabebf20deef4bb776a405ac5b1": ("0.2.0", ""),
}
"""What EvalPlus calls `hash`, the MD5 of its data file, to the version of HumanEval+ or MBPP+, and to what stands
behind our suite's name where it is not today's."""

_STATUS = {"pass": Status.PASSED, "success": Status.PASSED, "fail": Status.FAILED, "failed": Status.FAILED,
           "timeout": Status.EXCEEDED, "timed out": Status.EXCEEDED}  # fmt: skip


class _Line(msgspec.Struct):
    task_id: str = ""
    solution: str | None = None
    base_status: str | None = None
    plus_status: str | None = None


class _Old(msgspec.Struct):
    """Lists of (status, details), one for each sample."""

    base: list[list[Any]] = []
    plus: list[list[Any]] = []


class _File(msgspec.Struct):
    eval: dict[str, list[_Line] | _Old]
    date: str = ""
    hash: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path, ("*eval_results.json",)):
        yield from _file(file, note)


def _file(path: Path, note: Notes) -> Iterator[Found]:
    if path.name.endswith(".jsonl"):
        raise UserError(f"{path}: are samples, no results; `assay grade humaneval+` or `assay grade mbpp+` judges them")
    content = read_json(path, _File)
    version, part = VERSIONS.get(content.hash, ("", ""))
    if not version:
        note(f"{path.name}: made on data with the hash “{shown(content.hash)}”, which is no released version")
    model = path.name.removesuffix("eval_results.json").rstrip("_-.") or path.parent.name
    if model in ("generated", "samples", "humanevalplus", "mbppplus", "humaneval", "mbpp"):
        model = path.parent.name if path.parent.name not in ("humanevalplus", "mbppplus") else path.parent.parent.name
    series: dict[str, Series] = {}
    for task_id, results in content.eval.items():
        dataset = ("mbpp+" if task_id.startswith("Mbpp/") else "humaneval+") + part
        for sample, line in enumerate(_lines(results)):
            place = f"{path}: {task_id} sample {sample}"
            for tests, verdict in _verdicts(line, place).items():
                suite = dataset if tests == "plus" else f"{dataset} (base tests)"
                one = series.setdefault(
                    suite,
                    Series(
                        tool="evalplus", model=model, suite=suite, version=version, protocol=f"evalplus, {tests} tests"
                    ),
                )
                yield one.found(
                    task_id,
                    sample=sample,
                    score=float(verdict is Status.PASSED),
                    status=verdict,
                    completion=line.solution,
                    files={"answer.py": line.solution} if line.solution else None,
                    reason="wall" if verdict is Status.EXCEEDED else "",
                    language="python",
                    started_at=seconds_at(content.date),
                    detail={"base": line.base_status, "plus": line.plus_status},
                )


def _lines(results: list[_Line] | _Old) -> list[_Line]:
    if isinstance(results, list):
        return results
    plus = [*results.plus, *([None] * len(results.base))]
    return [
        _Line(base_status=str(base[0]), plus_status=str(more[0]) if more else None)
        for base, more in zip(results.base, plus, strict=False)
        if base
    ]


def _verdicts(line: _Line, place: str) -> dict[str, Status]:
    base = _status(line.base_status, place)
    if line.plus_status is None:
        return {"base": base}
    plus = _status(line.plus_status, place)
    return {"base": base, "plus": plus if base is Status.PASSED else base}


def _status(word: str | None, place: str) -> Status:
    status = _STATUS.get(word or "")
    if status is None:
        raise UserError(f"{place}: its status is “{shown(word)}”; known: {', '.join(_STATUS)}")
    return status
