"""BigCodeBench (bigcode-project): 1,140 tasks for Python functions that call libraries, and a hard part of 148.

`complete` shows the function's head and documentation, `instruct` a description in words. An answer and the unit
tests of its task are judged as one module, behind the imports and the head without a body ("calibrated", as the
official harness does unless told otherwise). Tasks whose libraries are not here leave a run, library by library.

What decides a verdict in the rows is hashed into the version, so that the same rows are the same version, whatever file
they come in: they exist in several releases and wrappings.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked
from assay.suites.contest_rows import files_of, proven, refuse_doubles, rows
from assay.suites.official_data import OfficialFile

ADDRESS = "https://huggingface.co/datasets/bigcode/bigcodebench"
FILES = {
    "": OfficialFile(
        suite="bigcodebench", name="v0.1.4-00000-of-00001.parquet", size=2362110, rows=1140,
        address=f"{ADDRESS}/resolve/b74c0d0bf70d2c0bc459be537895cca163007f1a/data/v0.1.4-00000-of-00001.parquet",
        sha256="d9a4965821c9507ebdfb551c288656b2d5fe553234f5183044333ca8a4018267",
    ),
    "-hard": OfficialFile(
        suite="bigcodebench", name="v0.1.4-hard-00000-of-00001.parquet", size=0, rows=148,
        address=f"{ADDRESS}-hard/resolve/298d2cc7b96612e15e47313c3603ee124cee0c1f/data/v0.1.4-00000-of-00001.parquet",
        sha256="73a4270b43feb81abefad7bb1b592937c768ea45c3263bedc1cabd30a9a6ce79",
    ),
}  # fmt: skip
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
    kind, hard, base = _parts(asked.part)
    found = list(rows(_files(asked, hard), Row))
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


def files(part: str) -> tuple[OfficialFile, ...]:
    """Of no part those of the whole, which most parts are of."""
    _, hard, _ = _parts(part or PARTS[0])
    return (FILES[hard],)


def _parts(part: str) -> tuple[str, str, str]:
    """What is asked for, which tasks, and how it is asked."""
    if part not in PARTS:
        known = did_you_mean(part, PARTS)
        raise UserError(f"bigcodebench:{part}: say which part, as in bigcodebench:complete; {known}")
    tasks, _, base = part.partition(":")
    kind, dash, hard = tasks.partition("-")
    return kind, dash + hard, base


def _files(asked: Asked, hard: str) -> tuple[Path, ...]:
    """Those of the official split, else of the whole under its own name; UserError about the former."""
    split, whole = _NAMES[hard]
    official = tuple(FILES.values())
    find = partial(files_of, asked, address=f"{ADDRESS}{hard}", official=official)
    try:
        paths: tuple[Path, ...] = find((split,))
    except UserError:
        with suppress(UserError):
            return find((whole,))
        raise
    for path in paths:
        proven(path, official)
    return paths
