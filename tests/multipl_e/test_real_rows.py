"""Answers written by hand to real rows, and real answers whose verdicts are published."""

from __future__ import annotations

import asyncio

import pytest
from public_rows import public, real_suite

from assay.core.judging import Attempt
from assay.core.trial import Status
from assay.exchange.answers.multipl_e import read
from assay.graders.program import ProgramGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.toolchains import find

pytestmark = pytest.mark.asyncio(loop_scope="session")

BY_HAND = {
    "python": ("    return x + y\n", "    return max(l)\n"),
    "javascript": ("    return x + y;\n}\n", "    return Math.max(...l);\n}\n"),
    "typescript": ("    return x + y;\n}\n", "    return l.reduce((a, b) => Math.max(a, b));\n}\n"),
    "go": ("    return x + y\n}\n", "    m := l[0]\n    for _, e := range l { if e > m { m = e } }\n    return m\n}\n"),
    "rust": ("    x + y\n", "    *l.iter().max().unwrap()\n"),
    "java": ("        return x + y;\n", "        return Collections.max(l);\n"),
    "cpp": ("    return x + y;\n", "    return *std::max_element(l.begin(), l.end());\n"),
    "csharp": ("        return x + y;\n", "        return l.Max();\n"),
    "php": ("    return $x + $y;\n}\n", "    return max($l);\n}\n"),
    "bash": ("    echo $(($1 + $2))\n", "    echo $1 | tr ' ' '\\n' | sort -n | tail -1\n"),
}
"""Completions of `add` and `max_element`, up to where the tests go on."""
TASKS = ("53_add", "35_max_element")
PYTHON_TASKS = ("Python/53", "Python/35")

QUICK = ("python", "javascript")


@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=() if one in QUICK else pytest.mark.long) for one in BY_HAND]
)
async def test_each_language_of_the_benchmark(language: str, judge: BoxJudge) -> None:
    """Right answers to two real problems pass, and each as an answer to the other fails."""
    found = find(language, "multipl-e")
    if isinstance(found, str):
        pytest.skip(found)
    tasks = {task.id.removeprefix("HumanEval_"): task for task in real_suite(language).tasks}
    names = PYTHON_TASKS if language == "python" else TASKS
    for name, text in zip(names, BY_HAND[language], strict=True):
        for other in names:
            task = tasks[other]
            verdict = await ProgramGrader().grade(task, Attempt(files={task.extract.path: text}), judge)
            assert (verdict.status is Status.PASSED, verdict.reason == "") == (name == other, name == other), other
            assert verdict.flags == ("in_process",)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("code", "right"), [("js", 97), ("java", 84), ("cpp", 100)])
async def test_published_verdicts_task_by_task(code: str, right: int, judge: BoxJudge) -> None:
    """60.25 of 161, 53.16 of 158 and 62.11 of 161: each verdict is the one that was published."""
    suite = real_suite(code)
    answers = read(public(f"answers/qwen2.5-coder-7b-base/multipl_e/pred_{code}_output.jsonl"), suite).answers
    tasks = {task.id: task for task in suite.tasks}
    at_once = asyncio.Semaphore(4)

    async def one(number: int) -> tuple[str, bool, bool | None]:
        answer = answers[number]
        async with at_once:
            attempt = Attempt(completion=answer.completion, files=answer.files)
            verdict = await ProgramGrader().grade(tasks[answer.task_id], attempt, judge)
        return answer.task_id, verdict.status is Status.PASSED, answer.passed

    verdicts = await asyncio.gather(*map(one, range(len(answers))))
    assert [(task_id, ours, theirs) for task_id, ours, theirs in verdicts if ours is not theirs] == []
    assert sum(ours for _, ours, _ in verdicts) == right
