"""What the documentation shows is what the program does."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from doc_pages import (
    DOCS,
    PAGES,
    ROOT,
    Command,
    Written,
    differs,
    headings,
    links,
    name_of,
    steps,
    unrun_commands,
)

from assay.cli.root import COMMANDS
from assay.cli.root import assay as root_command
from assay.config.entry import KEYS, TYPES
from assay.core.flags import FLAGS
from assay.core.task import Limits
from assay.core.trial import Status
from assay.sandboxes.linux.support import what_this_kernel_allows
from assay.scripted.engine import Engine, Kind, Lie, Parser
from assay.scripted.script import Answer, Match, Rule, Script, Trouble
from assay.suites.task_toml import CATEGORIES, LANGUAGES, SUITE_KEYS, TASK_KEYS

PORT = "8123"
"""The port that pages name; tests take a free one instead."""
ENGINES_FLAGS = (
    "--enable-auto-tool-choice", "--tool-call-parser", "--reasoning-parser", "--chat-template", "--chat-template-file",
    "--jinja", "--tokenizer-mode",
)  # fmt: skip
"""What inference engines are told; no flags of Assay's."""
PATIENCE = 20.0
"""Seconds in which a server that a page starts must say what the page shows."""

COMMAND_PAGES = {name: DOCS / "commands" / f"{name}.md" for name in COMMANDS}
RUN_PAGES = [page for page in PAGES if any(isinstance(step, Command) for step in steps(page))]


@pytest.fixture(scope="module")
def sandbox() -> None:
    lacking = [check for check in what_this_kernel_allows() if check.needed and not check.ok]
    if lacking:
        pytest.skip(f"no sandbox here: {lacking[0].name}: {lacking[0].detail}")


# --- commands that are run --------------------------------------------------------------------------


class Reader:
    """Does what a page says, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0
        self.background: list[subprocess.Popen[str]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR", "ASSAY_TOOLCHAINS") if name in os.environ}
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
        self.environment = {**kept, "PATH": path, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}

    def write(self, step: Written) -> None:
        path = self.folder / step.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text.replace(PORT, self.port), encoding="utf-8")

    def run(self, step: Command) -> None:
        line = step.line.replace(PORT, self.port)
        shown = [one.replace(PORT, self.port) for one in step.shown]
        if line.endswith(" &"):
            self.start(line.removesuffix(" &"), shown)
            return
        if line == "echo $?":
            assert shown == [str(self.code)], f"the page says exit code {shown}, it was {self.code}"
            self.code = 0
            return
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
        )  # fmt: skip
        self.code = done.returncode
        problem = differs(shown, done.stdout) if shown else ""
        assert not problem, f"$ {line}\n{problem}\n\nAll of it:\n{done.stdout}"

    def start(self, line: str, shown: list[str]) -> None:
        """A server, until the page ends; it is waited for until it has said what the page shows."""
        log = self.folder / f".background-{len(self.background)}"
        with log.open("w") as out:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {line}"], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        self.background.append(process)
        give_up = time.monotonic() + PATIENCE
        while (said := log.read_text()) == "" or differs(shown, said):
            assert process.poll() is None, f"$ {line} &\nended at once:\n{said}"
            assert time.monotonic() < give_up, f"$ {line} &\n{differs(shown, said)}\n\nAll of it:\n{said}"
            time.sleep(0.05)

    def close(self) -> None:
        for process in self.background:
            process.terminate()
            process.wait(timeout=PATIENCE)


@pytest.mark.parametrize("page", RUN_PAGES, ids=name_of)
def test_commands_of_a_page_do_what_it_shows(page: Path, tmp_path: Path, sandbox: None) -> None:
    """Each command ends with the exit code that is said and prints what is shown, in order, on one machine."""
    todo = steps(page)
    with contextlib.closing(Reader(tmp_path)) as reader:
        for place, step in enumerate(todo):
            if isinstance(step, Written):
                reader.write(step)
                continue
            reader.run(step)
            after = todo[place + 1] if place + 1 < len(todo) else None
            told = isinstance(after, Command) and after.line == "echo $?"
            assert told or reader.code == 0, f"$ {step.line}\nended with exit code {reader.code}"


# --- commands that are not run ----------------------------------------------------------------------


def _unrun() -> Iterator[Any]:
    for page in PAGES:
        for line in unrun_commands(page):
            yield pytest.param(line, id=f"{name_of(page)}: {line}")


@pytest.mark.parametrize("line", list(_unrun()))
def test_flags_of_commands_that_are_not_run(line: str) -> None:
    """Commands that need a key, a GPU or a network still have flags that exist."""
    words = shlex.split(line)
    parse(words[words.index("assay") + 1 :])


def parse(words: list[str]) -> None:
    command: click.Command = root_command
    context = click.Context(command, info_name="assay")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"there is no command {words[0]}"
        command, words = found, words[1:]
    with contextlib.suppress(click.exceptions.Exit):
        command.make_context("assay", list(words))


def _all_commands() -> dict[str, click.Command]:
    """Every command by its whole name, groups' own ones included."""
    found: dict[str, click.Command] = {}
    waiting: list[tuple[str, click.Command]] = [("", root_command)]
    while waiting:
        name, command = waiting.pop()
        found[name] = command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for inner in command.list_commands(context):
                below = command.get_command(context, inner)
                assert below is not None
                waiting.append((f"{name} {inner}".strip(), below))
    return found


def _options(command: click.Command) -> set[str]:
    return {flag for one in command.params if isinstance(one, click.Option) for flag in one.opts}


def test_every_option_that_is_spoken_of_exists() -> None:
    """No page speaks of a flag of Assay that is not there."""
    known = {flag for command in _all_commands().values() for flag in _options(command)} | {"--help", "--version"}
    foreign = {"--user", "--scope", "--security-opt", "--include-ignored", "--min_time_limit", *ENGINES_FLAGS}
    foreign |= {"--ci", "--no-fail-fast", "--prefix", "--reporter", "--target", "--test", "--test-reporter"}  # runners
    foreign |= {"--versioned-dirs", "--workspace"}  # Cargo
    foreign |= {"--load_generations_path", "--log_samples"}  # what results come from
    for page in PAGES:
        spoken = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", page.read_text(encoding="utf-8").replace("<!--", "")))
        assert spoken <= known | foreign, f"{name_of(page)}: {spoken - known - foreign}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_page_names_all_that_it_takes(name: str) -> None:
    """Every command has a page, and the page names each of its subcommands and options."""
    text = COMMAND_PAGES[name].read_text(encoding="utf-8")
    for full, command in _all_commands().items():
        if full.split(" ")[0] == name:
            assert f"assay {full}" in text, f"{name}.md does not show assay {full}"
            lacking = {flag for flag in _options(command) - {"--help", "-h"} if f"`{flag}" not in text}
            assert not lacking, f"{name}.md says nothing of {lacking} of assay {full}"


# --- links and lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file or a heading leads to one that is there."""
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target} leads nowhere"
        assert there.is_relative_to(ROOT)
        assert not anchor or anchor in headings(there), f"{target}: there is no such heading"


def test_every_page_is_in_the_index() -> None:
    """docs/index.md lists all pages."""
    listed = {(DOCS / target.partition("#")[0]).resolve() for target in links(DOCS / "index.md")}
    assert {page for page in DOCS.rglob("*.md") if page.name != "index.md"} <= listed


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("models.md", (*KEYS, *TYPES)),
        ("tasks.md", (*TASK_KEYS, *SUITE_KEYS, *CATEGORIES, *LANGUAGES, *Limits.__struct_fields__)),
        ("statuses.md", (*(status.value for status in Status), *FLAGS)),
        (
            "scripted.md",
            (
                *(n for struct in (Script, Rule, Match, Answer, Trouble, Engine) for n in struct.__struct_fields__),
                *(word for words in (Kind, Parser, Lie) for word in get_args(words)),
            ),
        ),
    ],
)
def test_a_page_names_every_word_of_its_subject(page: str, words: tuple[str, ...]) -> None:
    """Keys, statuses and limits are all on the page that describes them."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert not [word for word in words if f"`{word}`" not in text]


def test_differences_are_found() -> None:
    """The comparison that all this rests on: `…`, lines of `…`, spaces, too little and too much."""
    assert differs(["a …  c", "…", "z"], "a b c\nx\ny\nz\n") == ""
    assert differs(["a", "…"], "a\n") == ""
    assert "'b'" in differs(["a", "b"], "a\n")
    assert "'b'" in differs(["a"], "a\nb\n")
    assert "'y'" in differs(["a", "…", "y"], "a\nx\n")
