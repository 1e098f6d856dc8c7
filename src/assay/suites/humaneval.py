"""HumanEval (openai/human-eval): 164 Python functions, each judged by one program of prompt, answer and test."""

from __future__ import annotations

import re
from typing import Any

from assay.core.messages import Message
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked, Asking, asking_of
from assay.suites.official_data import OfficialFile, rows_of

FILE = OfficialFile(
    suite="humaneval",
    name="HumanEval.jsonl.gz",
    address="https://github.com/openai/human-eval/raw/master/data/HumanEval.jsonl.gz",
    sha256="b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
    size=44877,
    rows=164,
)
PROTOCOL = "human-eval/3"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

STOP = ("\nclass", "\ndef", "\n#", "\nif", "\nprint")
LIMITS = Limits(cpu=3.0, wall=30.0, memory=4096)
"""Three seconds as official: of processor time, while the driver holds what waits to three on the clock. The wall
limit is for machines so busy that three seconds take half a minute."""
_PATH = "answer.py"


def files(_part: str) -> tuple[OfficialFile, ...]:
    return (FILE,)


def load(asked: Asked) -> Suite:
    """Asks in a conversation, whose answer may hold the whole function, or its body; the part `base` asks to go on
    with the prompt, as for models that only complete."""
    asking = asking_of(asked)
    tasks = tuple(task_of(row, asking=asking) for row in rows_of(FILE, asked.data))
    protocol = f"{PROTOCOL} {asking}"
    return Suite(name=asked.name, version="1", protocol=protocol, tasks=tasks, grader="in_process", pinned=True)


def task_of(row: dict[str, Any], *, asking: Asking = "chat") -> Task:
    """One official row as a task."""
    prompt, entry = row["prompt"], row["entry_point"]
    whole = prompt + row["canonical_solution"]
    return Task(
        id=row["task_id"],
        language="python",
        category="completion",
        title=entry,
        ask=_chat(prompt) if asking == "chat" else Ask(prompt=prompt, stop=STOP),
        extract=_extract(prompt, entry) if asking == "chat" else Extract(form="raw", path=_PATH),
        grading={
            "path": _PATH,
            "before": prompt,
            "after": f"{row['test']}\ncheck({entry})",
            "names": [entry],
            "solution": whole,
        },
        limits=LIMITS,
        solution={_PATH: whole if asking == "chat" else row["canonical_solution"]},
        origin=f"{FILE.address} {row['task_id']}",
        licence="MIT",
        judge_in_process=True,
    )


def _chat(prompt: str) -> Ask:
    text = (
        "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
        f"```python\n{prompt.strip()}\n```\n"
    )
    return Ask(messages=(Message("user", text),))


def _extract(prompt: str, entry: str) -> Extract:
    heads = re.findall(rf"^def {re.escape(entry)}\(.*:[ \t]*$", prompt, re.MULTILINE)
    return Extract(path=_PATH, api=(heads[-1].rstrip() if heads else entry,))
