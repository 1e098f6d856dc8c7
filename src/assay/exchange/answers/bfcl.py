"""Result files of the Berkeley Function-Calling Leaderboard: lines of `id` with `result`, or a model's folder of them.

A result is a list of the server's calls, or the text that a prompted model wrote. Its harness knows by the model's
name how to read it; here the answers show it, all of a file or folder together, and a note says what was seen. Ids and
file names of its earlier versions are taken for today's; questions that it has retired are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.rows import LARGEST, Gathering, json_lines
from assay.formats import said_turns
from assay.formats.official_calls import PROMPTED
from assay.formats.said import PATH, Said, shown, written
from assay.suites.bfcl import CATEGORIES, OUTSIDE
from assay.suites.bfcl_turns import CATEGORIES as TURN_CATEGORIES

_TODAY = {
    "simple": "simple_python",
    "java": "simple_java",
    "javascript": "simple_javascript",
    "multiple_function": "multiple",
    "parallel_function": "parallel",
    "parallel_multiple_function": "parallel_multiple",
    "relevance": "irrelevance",
}
"""Categories as earlier versions called them."""
_RETIRED = re.compile(r"executable_|exec_|rest\b|sql\b|chatable\b|format_sensitivity|memory|web_search")
_SIGNS = (
    (PROMPTED, re.compile(r"[`\s\['\"]*+[\w.\\]++\(")),
    ("xlam", re.compile(r'\s*\{\s*"tool_calls"')),
    ("hermes", re.compile(r"<tool_call>\n")),
    ("granite", re.compile(r"\s*<function_call>")),
    ("glm", re.compile(r"[\w.-]+\n\{")),
)
"""What begins the texts in which there are calls: as the official prompt wants them, or in a family's own way."""
_SAID = {
    "native": "read as the server's own calls",
    "native-dotted": "read as the server's own calls, whose functions kept the dots of their names",
    PROMPTED: "read as calls in text, as the official prompt asks for them",
}

_Row = tuple[str, str, Any]
"""Where it stands, its task, and what was answered."""


def read(path: Path, suite: Suite) -> AnswerSet:
    gathering = Gathering(path, suite)
    passed_over: set[str] = set()
    rows = list(_rows(path, suite, gathering, passed_over))
    turns = suite.solver == "turns"
    reading = _reading_of_turns(rows) if turns else _reading(rows, suite)
    for where, task_id, result in rows:
        if turns:
            steps = [[_said(step, reading) for step in turn] for turn in _turns(result)]
            last = shown(steps[-1][-1]) if steps and steps[-1] else ""
            kept = said_turns.written(steps) if isinstance(result, list) else json.dumps(result)
            gathering.add(where, task_id, {said_turns.PATH: kept}, last)
        else:
            said = _said(result, reading)
            gathering.add(where, task_id, {PATH: written(said)}, shown(said))
    found = gathering.done()
    notes = [_SAID.get(reading, f"read as {reading} models write calls")]
    if passed_over:
        notes.append(f"passed over, as they are not judged here: {', '.join(sorted(passed_over))}")
    return msgspec.structs.replace(found, notes=(*notes, *found.notes))


def _rows(path: Path, suite: Suite, gathering: Gathering, passed_over: set[str]) -> Iterator[_Row]:
    own = {task.category for task in suite.tasks}
    for file in _files(path):
        at = "" if file == path else f"{file.relative_to(path)}, "
        for where, row in json_lines(file, gathering.faults):
            category, _, number = str(row.get("id", "")).rpartition("_")
            category = _TODAY.get(category, category)
            if category in OUTSIDE or _RETIRED.match(category):
                passed_over.add(category)
                continue
            if category in (*CATEGORIES, *TURN_CATEGORIES) and category not in own:
                continue
            task_id = gathering.task_id(f"{at}{where}", {"id": f"{category}_{number}"} if category else row, field="id")
            if "result" not in row:
                gathering.faults.append(f"{at}{where}: has no “result”")
            elif len(line := str(row["result"])) > LARGEST:
                gathering.faults.append(f"{at}{where}: result has {len(line):,} characters, more than {LARGEST:,}")
            elif task_id is not None:
                yield f"{at}{where}", task_id, row["result"]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob("*_result.json"))
    if not found:
        raise UserError(f"{path}: holds no files that end with _result.json; give the folder of one model's results")
    return found


def _reading(rows: list[_Row], suite: Suite) -> str:
    """How the calls of all of these answers are to be read."""
    names = [name for _, _, result in rows for name, _ in _calls(result)]
    if names or any(isinstance(result, list) for _, _, result in rows):
        known = {function["name"] for task in suite.tasks for function in task.grading["functions"]}
        return "native-dotted" if any("." in name and name in known for name in names) else "native"
    texts = [result for _, _, result in rows if isinstance(result, str)]
    counts = {name: sum(bool(sign.match(text)) for text in texts) for name, sign in _SIGNS}
    return max(counts, key=lambda name: counts[name])


def _reading_of_turns(rows: list[_Row]) -> str:
    steps = (step for _, _, result in rows for turn in _turns(result) for step in turn)
    return "native" if any(_calls(step) for step in steps) else "python"


def _turns(result: Any) -> list[list[Any]]:
    """A list of steps for each turn; none where the harness wrote an error instead."""
    return [turn if isinstance(turn, list) else [] for turn in result] if isinstance(result, list) else []


def _said(result: Any, reading: str) -> Said:
    calls = _calls(result)
    if calls or result in ([], ""):
        return Said(calls=tuple(calls), reading=reading)
    return Said(text=result if isinstance(result, str) else json.dumps(result), reading=reading)


def _calls(result: Any) -> list[tuple[str, str]]:
    """None where anything in it is no call."""
    if not isinstance(result, list) or not all(isinstance(one, dict) and one for one in result):
        return []
    pairs = (next(iter(one.items())) for one in result)
    return [(name, given if isinstance(given, str) else json.dumps(given)) for name, given in pairs]
