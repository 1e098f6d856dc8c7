"""BigCodeBench (bigcode-project): 1,140 tasks for Python functions that call libraries, and a hard part of 148.

`complete` shows the function's head and documentation, `instruct` a description in words. An answer and the unit
tests of its task are judged as one module, behind the imports and the head without a body ("calibrated", as the
official harness does unless told otherwise). Tasks whose libraries are not here leave a run, library by library.

The rows are not pinned: of the official files only those of the first release were to be had here. What decides a
verdict in them is hashed into the version, so that the same rows are the same version, whatever file they come in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked
from assay.suites.contest_rows import files_of, refuse_doubles, rows

ADDRESS = "https://huggingface.co/datasets/bigcode/bigcodebench"
PROTOCOL = "bigcodebench/2"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""
LIMITS = Limits(cpu=241.0, wall=300.0, memory=8192, disk=512)
"""Officially 240 seconds and one, and 30 GiB of address space."""
STOP = (
    "\nif __name__", "\ndef main(", "\nprint(", "\ndef ", "\nclass ", "\nimport ", "\nfrom ", "\nassert ",
)  # fmt: skip
"""The official ends of a completion."""
PARTS = ("complete", "instruct", "complete-hard", "instruct-hard", "complete:base", "complete-hard:base")
_NAMES = {"": ("v0.1.4", "bigcodebench"), "-hard": ("v0.1.4-hard", "bigcodebench-hard")}
"""What files are called, without their endings: the official splits, and the whole."""
_PATH = "answer.py"
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w.]+(?:[ \t]+as[ \t]+\w+)?"
    r"(?:[ \t]*,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?)*)[ \t]*(?:[#;].*)?$)",
    re.MULTILINE,
)
"""Whole statements: a line of the documentation may begin with “from the”."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: the official fields, or those of SandboxFusion's wrapping (`id`, `content`, `labels`)."""

    task_id: str = ""
    id: str = ""
    complete_prompt: str = ""
    content: str = ""
    instruct_prompt: str = ""
    canonical_solution: str
    code_prompt: str = ""
    test: str
    entry_point: str = ""
    labels: str = ""
    libs: str = ""

    @property
    def name(self) -> str:
        return self.task_id or self.id

    @property
    def prompt(self) -> str:
        return self.complete_prompt or self.content

    @property
    def head(self) -> str:
        """Imports and head of the function; where a wrapping lost them, what stands before its documentation."""
        return self.code_prompt or re.split(r'^[ \t]*(?:"""|\'\'\')', self.prompt, maxsplit=1, flags=re.MULTILINE)[0]

    @property
    def libraries(self) -> Iterator[str]:
        """Those that it says itself, and all that its texts import, but for Python's own."""
        named = re.findall(r"['\"]([A-Za-z_]\w*)", self.libs)
        imported = _IMPORT.findall(f"{self.prompt}\n{self.canonical_solution}\n{self.test}")
        modules = (module for pair in imported for module in "".join(pair).split(","))
        tops = {module.split()[0].partition(".")[0] for module in modules}
        return (name for name in sorted({*named, *tops} - {""}) if name not in sys.stdlib_module_names)


def load(asked: Asked) -> Suite:
    if asked.part not in PARTS:
        raise UserError(f"{asked.name}: say which part, as in bigcodebench:complete; {did_you_mean(asked.part, PARTS)}")
    part, _, base = asked.part.partition(":")
    kind, dash, hard = part.partition("-")
    found = list(rows(_files(asked, dash + hard), Row))
    refuse_doubles(asked.name, [row.name for _, row in found])
    tasks = tuple(_task(where, row, kind=kind, base=bool(base)) for where, row in found)
    return Suite(
        name=asked.name,
        version=content_hash(tasks)[:12],
        protocol=f"{PROTOCOL} {kind} {'base' if base else 'chat'}",
        tasks=tasks,
        grader="unittests",
    )


def _task(where: str, row: Row, *, kind: str, base: bool) -> Task:
    if not row.name or not row.prompt or (kind == "instruct" and not row.instruct_prompt):
        wanted = "instruct_prompt" if kind == "instruct" and row.prompt else "task_id and complete_prompt"
        raise UserError(f"{where}: has no {wanted}; it is no row of this benchmark in its official form")
    calibrated = f"{row.head}\n    pass\n"
    whole = f"{row.prompt}{row.canonical_solution}"
    return Task(
        id=row.name,
        language="python",
        category="generation",
        needs=tuple(row.libraries),
        ask=Ask(prompt=row.prompt, stop=STOP) if base else _chat(row, kind),
        extract=Extract(form="raw", path=_PATH) if base else Extract(path=_PATH, api=(_entry(row),)),
        grading={
            "before": calibrated + (row.prompt if base else ""),
            "tests": row.test,
            "prompt": row.prompt,
        },
        limits=LIMITS,
        solution={_PATH: row.canonical_solution if base else whole},
        origin=f"{ADDRESS} {row.name}",
        licence="Apache-2.0",
        judge_in_process=True,
    )


def _chat(row: Row, kind: str) -> Ask:
    """The official words for conversations."""
    shown = f"```\n{row.prompt.strip()}\n```" if kind == "complete" else row.instruct_prompt.strip()
    text = (
        "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
        f"{shown}\n"
    )
    return Ask(messages=(Message("user", text),))


def _entry(row: Row) -> str:
    if row.entry_point:
        return row.entry_point
    try:
        labels: dict[str, Any] = msgspec.json.decode(row.labels or "{}", type=dict[str, Any])
    except msgspec.DecodeError:
        labels = {}
    return str(labels.get("entry_point") or "task_func")


def _files(asked: Asked, hard: str) -> Any:
    """The first of the names that is there; UserError about the last, the whole benchmark's own."""
    first, last = _NAMES[hard]
    try:
        return files_of("bigcodebench", asked.data, (first,), address=f"{ADDRESS}{hard}")
    except UserError:
        return files_of("bigcodebench", asked.data, (last,), address=f"{ADDRESS}{hard}")
