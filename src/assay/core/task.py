"""One problem, and the suite that it belongs to: plain values, judged by whoever they name."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.core.messages import Message, Tool


class Limits(msgspec.Struct, frozen=True):
    """What one answer may use, for each program that it runs."""

    cpu: float = 10.0
    """Seconds of processor time."""
    wall: float = 30.0
    """Seconds on the clock: the backstop for what sleeps or waits."""
    memory: int = 1024
    """MiB for the whole tree of processes."""
    processes: int = 64
    disk: int = 64
    """MiB that may be written."""
    output: int = 1024
    """KiB of standard output and error that are kept and allowed."""


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said when an earlier question of the same conversation is done with."""

    messages: tuple[Message, ...] = ()
    tools: tuple[Tool, ...] = ()
    """Functions that there are from here on, besides those there were."""


class Ask(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the model is shown: a conversation, or text to go on with (and a suffix to meet)."""

    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    suffix: str | None = None
    tools: tuple[Tool, ...] = ()
    stop: tuple[str, ...] = ()
    later: tuple[Turn, ...] = ()
    """The rest of a conversation of several turns."""


class Extract(msgspec.Struct, frozen=True, omit_defaults=True):
    """How code is taken from a reply."""

    form: str = "file"
    """`file`: one fenced block becomes `path`; `files`: several named blocks; `raw`: the reply as it is;
    `text`: no code, the words themselves; `span`: what stands between prompt and suffix, inside a line;
    `lines`: the same as whole lines; `asserted-…` and `concluded-…`: one side of an assertion (`formats.asserted`);
    `last_block` and `stripped`: to the letter of an official harness (`formats.official_code`); `reply`: no code, all
    that was said and called (`formats.said`); `turns`: the same of each step of each turn (`formats.said_turns`)."""
    path: str = ""
    """Where the code goes, relative to the working folder."""
    editable: tuple[str, ...] = ()
    """For `files`: the paths that an answer may write; empty allows any but the hidden ones."""
    api: tuple[str, ...] = ()
    """Signatures or bare names of what the code must define: they help to choose between several blocks."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One problem, whole: what is asked, how code is taken from the reply, how it is judged."""

    id: str
    kind: str = "code"
    language: str = ""
    category: str = ""
    difficulty: str = ""
    title: str = ""
    date: str = ""
    """The day on which the problem was published (`2024-08-31`), where its benchmark knows it."""
    ask: Ask
    extract: Extract = Extract()
    files: dict[str, str] = {}
    """Starting files that the model sees and the answer lands on."""
    grading: dict[str, Any] = {}
    """What the suite's grader needs; only that grader knows its form. Hidden from the model."""
    limits: Limits = Limits()
    needs: tuple[str, ...] = ()
    """Libraries without which it cannot be judged. Not hashed: they decide whether it is, not how."""
    weight: float = 1.0
    bounty_usd: float | None = None
    solution: dict[str, str] = {}
    """Files of the stored right answer: what the `reference` entrant replies."""
    mutants: tuple[dict[str, str], ...] = ()
    """Files of stored wrong answers: what the `mutant` entrant replies."""
    origin: str = ""
    licence: str = ""
    judge_in_process: bool = False
    variants: int = 0
    """In how many other forms it can be had than as it is written. Not hashed: each form has its own hash."""

    @property
    def prompt_hash(self) -> str:
        return content_hash(self.ask)

    @property
    def task_hash(self) -> str:
        """Everything that decides a verdict on an answer to this task."""
        return content_hash(self.id, self.ask, self.extract, self.files, self.grading, self.limits, self.language)


class Suite(msgspec.Struct, frozen=True, kw_only=True):
    """A named, versioned list of tasks with its protocol."""

    name: str
    version: str
    protocol: str
    """Name and version of how it asks and judges: bumped by hand when a verdict can change."""
    tasks: tuple[Task, ...]
    solver: str = "one_shot"
    grader: str = "cases"
    verified: bool = True
    """It was run on its official rows, and came to what the official harness says; or there is no official one."""
    pinned: bool = False
    """The tasks come from a pinned download, so that a run need not keep a copy of them."""
    unsupported: dict[str, str] = {}
    """Slices that this machine cannot take (language or library → reason); set when a run is planned."""
    variant: int = 0
    """In which form those of its tasks are that have several; 0: as written."""
    without_variants: int = 0
    """How many tasks were left out since they have no other form; set when a part of it is selected."""
