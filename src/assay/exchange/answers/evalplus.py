"""Samples of EvalPlus: lines `{"task_id", "solution"}` with a whole program or `{"task_id", "completion"}` with what
follows the prompt; folders `HumanEval_0/0.py`; and its own files of results, whose verdicts come along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document
from assay.exchange.answers.rows import LARGEST, Gathering, json_lines, text_of
from assay.exchange.imports.evalplus import VERSIONS

_FIELDS = ("solution", "completion")
_PATHS = {"solution": "answer.py", "completion": "completion.py"}
"""Where the grader looks for either."""


def read(path: Path, suite: Suite) -> AnswerSet:
    gathering = Gathering(path, suite)
    if suite.name.startswith("mbpp+") and suite.version != "0.1.0":
        gathering.elsewhere = "; MBPP+ 0.1.0 had further ones: mbpp+:v0.1.0"
    if path.is_dir():
        return _folder(path, gathering)
    if path.name.endswith(".json"):
        return _results(path, suite, gathering)
    for where, row in json_lines(path, gathering.faults):
        _row(where, row, gathering)
    return gathering.done()


def _row(where: str, row: dict[str, Any], gathering: Gathering, *, passed: bool | None = None) -> None:
    task_id = gathering.task_id(where, row)
    text, fault = text_of(row, _FIELDS, also=("task_id",))
    if fault:
        gathering.faults.append(f"{where}: {fault}")
    elif task_id is not None:
        field = next(name for name in _FIELDS if name in row)
        gathering.add(where, task_id, {_PATHS[field]: text}, text, passed=passed)


def _folder(path: Path, gathering: Gathering) -> AnswerSet:
    """A folder for each task, with its samples as `0.py`, `1.py`, …"""
    for folder in sorted(one for one in path.iterdir() if one.is_dir()):
        files = sorted(folder.glob("*.py"), key=lambda file: (len(file.stem), file.stem))
        for file in files:
            where = f"{folder.name}/{file.name}"
            try:
                text = file.read_text(encoding="utf-8") if file.stat().st_size <= LARGEST else None
            except UnicodeDecodeError:
                gathering.faults.append(f"{where}: is not UTF-8")
            except OSError as error:
                gathering.faults.append(f"{where}: {error.strerror or error}")
            else:
                row = {"task_id": folder.name.replace("_", "/"), "solution": text}
                _row(where, row, gathering) if text is not None else gathering.faults.append(f"{where}: is too long")
    return gathering.done()


def _results(path: Path, suite: Suite, gathering: Gathering) -> AnswerSet:
    content = document(path)
    results = content.get("eval") if isinstance(content, dict) else None
    if not isinstance(results, dict):
        raise UserError(f"{path}: has no “eval” with the results of each task; samples are lines of a .jsonl file")
    version, part = VERSIONS.get(str(content.get("hash")), (suite.version, ""))
    if version != suite.version:
        raise UserError(
            f"{path}: was made on version {version} of the data, and {suite.name} is version {suite.version}; "
            f"say {suite.name.partition(':')[0]}{part}"
        )
    for task_id, samples in results.items():
        if not isinstance(samples, list):
            raise UserError(f"{path}: an older EvalPlus wrote it, without the code; give the samples that it judged")
        for number, sample in enumerate(samples):
            where = f"{task_id} sample {number}"
            if isinstance(sample, dict):
                _row(where, {"task_id": task_id, **sample}, gathering, passed=_passed(sample))
            else:
                gathering.faults.append(f"{where}: is no object")
    return gathering.done()


def _passed(sample: dict[str, Any]) -> bool | None:
    """What passes base and plus inputs; unknown where only the base inputs were run."""
    if sample.get("plus_status") is None:
        return None
    return all(sample.get(f"{part}_status") == "pass" for part in ("base", "plus"))
