"""CRUXEval (facebookresearch/cruxeval): 800 short Python functions; what do they return, or what makes them return it?

`output` shows a function and a call and asks for the value; `input` shows the value and asks for a call. The
official harness runs the function and one assertion that the prediction stands in. Its own runs draw 10 samples
at temperature 0.2 for pass@1 and at 0.8 for pass@5, with at most 100 tokens, or 1000 where the model thinks first.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.formats.asserted import END
from assay.suites.asked import Asked
from assay.suites.cruxeval_prompts import PROMPTS, SYSTEM
from assay.suites.official_data import OfficialFile, rows_of

FILE = OfficialFile(
    suite="cruxeval",
    name="cruxeval.jsonl",
    address="https://github.com/facebookresearch/cruxeval/raw/main/data/cruxeval.jsonl",
    sha256="8368b81047dc5014e4caf5a2f97604eff7644e0ecd7415e3ceeb184bbc2e0c96",
    size=186873,
    rows=800,
    key="id",
)
PROTOCOL = "cruxeval/2"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

LIMITS = Limits(cpu=3.0, wall=30.0, memory=4096)
_PATH = "answer.py"


class Way(msgspec.Struct, frozen=True):
    """How a suite asks."""

    kind: str
    """`input` or `output`: what is asked for."""
    thinking: bool = False
    """The prompt that has the model think first."""
    base: bool = False
    """Text to go on with, for models that only complete."""


WAYS = {
    ":".join([kind, *(["cot"] if thinking else []), *(["base"] if base else [])]): Way(kind, thinking, base)
    for kind in ("input", "output")
    for thinking in (False, True)
    for base in (False, True)
}
PARTS = tuple(WAYS)


def files(_part: str) -> tuple[OfficialFile, ...]:
    return (FILE,)


def load(asked: Asked) -> Suite:
    way = WAYS.get(asked.part)
    if way is None:
        raise UserError(f"{asked.name}: say what to predict, as in cruxeval:output; {did_you_mean(asked.part, WAYS)}")
    how = f"{'thinking' if way.thinking else 'direct'} {'base' if way.base else 'chat'}"
    return Suite(
        name=asked.name,
        version="1",
        protocol=f"{PROTOCOL} {how}",
        tasks=tuple(task_of(row, way=way) for row in rows_of(FILE, asked.data)),
        grader="in_process",
        pinned=True,
    )


def task_of(row: dict[str, Any], *, way: Way) -> Task:
    """One official row as a task."""
    call = f"f({row['input']})"
    return Task(
        id=row["id"],
        language="python",
        category=f"{way.kind}-prediction",
        ask=_ask(row, way),
        extract=Extract(form=_form(way), path=_PATH),
        grading=_JUDGED[way.kind](row, call),
        limits=LIMITS,
        solution={_PATH: f"[ANSWER]\nassert {call} == {row['output']}\n{END}"},
        origin=f"{FILE.address} {row['id']}",
        licence="MIT",
        judge_in_process=True,
    )


def _ask(row: dict[str, Any], way: Way) -> Ask:
    prompt = PROMPTS[way.kind, way.thinking].replace("{code}", row["code"])
    prompt = prompt.replace("{known}", row["output"] if way.kind == "input" else row["input"])
    if way.base:
        return Ask(prompt=prompt, stop=(END,))
    return Ask(messages=(Message("system", SYSTEM), Message("user", prompt)), stop=(END,))


def _form(way: Way) -> str:
    side = "call" if way.kind == "input" else "value"
    if not way.thinking:
        return f"asserted-{side}"
    return f"continued-{side}" if way.base else f"concluded-{side}"


def _assertion(row: dict[str, Any], prediction: str) -> dict[str, Any]:
    """The official program: the function, and the expected value compared with what was predicted."""
    before = f"{row['code']}\nassert {row['output']} == "
    return {"path": _PATH, "before": before, "after": "", "solution": before + prediction}


def _input(row: dict[str, Any], call: str) -> dict[str, Any]:
    """Strictly, the prediction says which arguments, and the function is called with them elsewhere."""
    recorder = "def f(*args, **named):\n    return args, named\nprediction = lambda: "
    return _assertion(row, call) | {
        "needed": "f(",
        "apart": {
            "before": recorder,
            "after": f"{row['code']}\nargs, named = prediction()\nassert {row['output']} == f(*args, **named)",
            "names": ["prediction"],
            "solution": recorder + call,
        },
    }


def _output(row: dict[str, Any], call: str) -> dict[str, Any]:
    """Strictly, the prediction is evaluated where there is no function to call."""
    return _assertion(row, row["output"]) | {
        "barred": call,
        "apart": {
            "before": "prediction = lambda: ",
            "after": f"assert {row['output']} == prediction()",
            "names": ["prediction"],
            "solution": f"prediction = lambda: {row['output']}",
        },
    }


_JUDGED = {"input": _input, "output": _output}
