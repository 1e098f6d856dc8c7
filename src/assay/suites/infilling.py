"""HumanEval infilling (openai/human-eval-infilling): a piece of each HumanEval solution is taken out and asked for.

Four kinds of gaps: one line, several lines, any span of characters, and one such span a task. The official
harness judges prompt, answer, suffix and test as one program. Its own loader looks for two of the four files
under names that its repository does not have; the files are read here under the names that they have there.
"""

from __future__ import annotations

from typing import Any

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked, Asking
from assay.suites.official_data import OfficialFile, rows_of

PROTOCOL = "human-eval-infilling/2"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

LIMITS = Limits(cpu=3.0, wall=30.0, memory=4096)
"""As HumanEval's."""
_PLACE = "https://github.com/openai/human-eval-infilling/raw/master/data/"
_PATH = "answer.py"
_GAP = "<GAP>"


def _file(name: str, sha256: str, size: int, rows: int) -> OfficialFile:
    return OfficialFile(
        suite="infilling", name=name, address=f"{_PLACE}{name}", sha256=sha256, size=size, rows=rows
    )  # fmt: skip


FILES = {
    "single-line": _file(
        "HumanEval-SingleLineInfilling.jsonl.gz",
        "1277073e7ddce163ef68598c2bca777f688a53df99422f097e37362090f88e1f", 75058, 1033,
    ),
    "multi-line": _file(
        "HumanEval-MultiLineInfilling.jsonl.gz",
        "2f341612eee1d35da1357a4f365e0c0b3ba6e2b62eb491e88aaefa4855af0349", 170082, 5815,
    ),
    "random-span": _file(
        "HumanEval-RandomSpanInfilling.jsonl.gz",
        "b4f330d8a8ff97bf85d9def497dffcae4d741e506449386a877236e422e33e8d", 89591, 1640,
    ),
    "random-span-light": _file(
        "HumanEval-RandomSpanInfillingLight.jsonl.gz",
        "1432250ecac0cb56e6f97f8faf0970419ef892a98fda7e1f5aa4c4b87209b760", 45730, 164,
    ),
}  # fmt: skip
PARTS = tuple(name for kind in FILES for name in (kind, f"{kind}:base"))


def files(part: str) -> tuple[OfficialFile, ...]:
    """The file of that kind; all of them where none is named."""
    kind = part.partition(":")[0]
    return (FILES[kind],) if kind in FILES else tuple(FILES.values())


def load(asked: Asked) -> Suite:
    """Asks for the gap in a conversation; with `base` behind the kind, with a prefix and a suffix as models that
    fill gaps take them."""
    if asked.part not in PARTS:
        raise UserError(f"{asked.name}: say which gaps, as in infilling:single-line; {did_you_mean(asked.part, PARTS)}")
    kind, _, base = asked.part.partition(":")
    asking: Asking = "base" if base else "chat"
    return Suite(
        name=asked.name,
        version="1",
        protocol=f"{PROTOCOL} {asking}",
        tasks=tuple(task_of(row, asking=asking) for row in rows_of(FILES[kind], asked.data)),
        grader="in_process",
        pinned=True,
    )


def task_of(row: dict[str, Any], *, asking: Asking = "chat") -> Task:
    """One official row as a task."""
    prompt, suffix, gap = row["prompt"], row["suffix"], row["canonical_solution"]
    return Task(
        id=row["task_id"],
        language="python",
        category="completion",
        title=row["entry_point"],
        ask=_chat(prompt, suffix) if asking == "chat" else Ask(prompt=prompt, suffix=suffix),
        extract=Extract(form=_form(gap) if asking == "chat" else "raw", path=_PATH),
        grading={
            "path": _PATH,
            "before": prompt,
            "between": suffix,
            "after": f"{row['test']}\ncheck({row['entry_point']})",
            "names": [row["entry_point"]],
            "solution": prompt + gap + suffix,
        },
        limits=LIMITS,
        solution={_PATH: gap},
        origin=f"{_PLACE} {row['task_id']}",
        licence="MIT",
        judge_in_process=True,
    )


def _form(gap: str) -> str:
    """Whether the line end that a fence wants before it belongs to what was taken out."""
    return "lines" if gap.endswith("\n") else "span"


def _chat(prompt: str, suffix: str) -> Ask:
    text = (
        f"A piece of this Python program is missing; {_GAP} stands where it was:\n"
        f"```python\n{prompt}{_GAP}{suffix.rstrip()}\n```\n"
        f"Reply with the missing piece alone, in one fenced code block: exactly what has to stand in place of {_GAP}, "
        "with its own indentation, and nothing of what stands before or after it.\n"
    )
    return Ask(messages=(Message("user", text),))
