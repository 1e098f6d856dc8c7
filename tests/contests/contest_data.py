"""Rows as the benchmarks publish them, made by hand or out of the samples that another tool wrapped."""

from __future__ import annotations

import base64
import json
import os
import pickle
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assay.core.task import Ask, Limits, Task

Pairs = Sequence[tuple[Any, Any]]


def packed(text: str) -> str:
    """As LiveCodeBench packs its private tests."""
    return base64.b64encode(zlib.compress(pickle.dumps(text))).decode()


def livecodebench_row(
    name: str = "abc1_a", *, tests: Pairs = (("1\n", "2\n"),), function: str = "", date: str = "2024-08-31T00:00:00",
    **changes: Any,
) -> dict[str, Any]:  # fmt: skip
    """An official row; the first test is public, the others are private."""
    kind = "functional" if function else "stdin"
    cases = [{"input": given, "output": expected, "testtype": kind} for given, expected in tests]
    row = {
        "question_title": f"Title of {name}",
        "question_content": f"The words of {name}.",
        "platform": "leetcode" if function else "atcoder",
        "question_id": name,
        "contest_id": "c1",
        "contest_date": date,
        "starter_code": f"class Solution:\n    def {function}(self, x: int) -> int:\n        " if function else "",
        "difficulty": "easy",
        "public_test_cases": json.dumps(cases[:1]),
        "private_test_cases": packed(json.dumps(cases[1:])),
        "metadata": json.dumps({"func_name": function} if function else {}),
    }
    return row | changes


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def task_of(harness: str, tests: Pairs, *, function: str = "", seconds: float = 2.0, memory: int = 512) -> Task:
    """A Python task with these tests, for graders."""
    texts = {
        "codecontests": json.dumps(list(tests)),
        "livecodebench": json.dumps([{"input": given, "output": expected} for given, expected in tests]),
        "apps": json.dumps({"inputs": [given for given, _ in tests], "outputs": [wanted for _, wanted in tests]}),
    }
    return Task(
        id="contest/1",
        language="python",
        ask=Ask(),
        grading={"harness": harness, "function": function, "tests": texts[harness]},
        limits=Limits(cpu=seconds, wall=60.0, memory=memory, output=4096),
    )


def sample(name: str) -> list[dict[str, Any]]:
    """Real problems in another tool's wrapping; skips visibly where they are absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    path = folder / "samples" / name
    if not path.is_file():
        pytest.skip(f"no samples/{name} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


_LETTERS = "ABCDEFGHIJK"
_WORDS = {"EASY": 1, "MEDIUM": 2, "HARD": 3}
_SOURCES = {"CODECHEF": 1, "CODEFORCES": 2, "HACKEREARTH": 3, "CODEJAM": 4, "ATCODER": 6, "AIZU": 7}


def unwrapped_codecontests(row: dict[str, Any]) -> dict[str, Any]:
    """The official form of a wrapped row: its tests are no longer told apart, and its limits are lost."""
    labels = json.loads(row["labels"])
    pairs = [(test["input"]["stdin"], test["output"]["stdout"]) for test in json.loads(row["test"])]
    difficulty = _WORDS.get(labels["difficulty"]) or 7 + _LETTERS.index(labels["difficulty"])
    nothing: dict[str, list[Any]] = {"input": [], "output": []}
    return {
        "name": labels["name"],
        "description": row["content"],
        "public_tests": nothing,
        "private_tests": {"input": [given for given, _ in pairs], "output": [wanted for _, wanted in pairs]},
        "generated_tests": nothing,
        "source": _SOURCES[labels["source"]],
        "difficulty": difficulty,
        "solutions": {"language": [], "solution": []},
        "incorrect_solutions": {"language": [], "solution": []},
    }


def unwrapped_livecodebench(row: dict[str, Any]) -> dict[str, Any]:
    """The official form of a wrapped row. Its tests are a pickled map of one text, which is found in the bytes."""
    labels = json.loads(row["labels"])
    data = zlib.decompress(base64.b64decode(row["test"]))
    tests = json.loads(data[data.index(b'{"inputs"') : data.rindex(b"}") + 1])
    function = tests["fn_name"] or ""
    starter = re.search(r"```python\n(class Solution.*?)\n```", row["content"], re.DOTALL)
    content = row["content"].split("### Question:\n", 1)[1].split("### Format:", 1)[0].rstrip("\n")
    return livecodebench_row(
        labels["task_id"],
        tests=list(zip(tests["inputs"], tests["outputs"], strict=True)),
        function=function,
        question_content=content,
        starter_code=starter[1] if function and starter else "",
        difficulty=labels["difficulty"],
        platform=labels["category"],
    )
