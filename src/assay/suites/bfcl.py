"""The Berkeley Function-Calling Leaderboard, version 4: which function to call with which arguments.

Functions go to the server as tools (native), or with `:prompt` into the official system prompt, to be answered in
text. Questions of several turns are in `bfcl_turns`; memory and web search are not here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Suite, Task
from assay.formats.said import PATH, written
from assay.suites.asked import Asked
from assay.suites.bfcl_files import answers, questions
from assay.suites.bfcl_functions import as_tools, prompt_of, with_hints
from assay.suites.bfcl_solutions import right_answer
from assay.suites.bfcl_turns import CATEGORIES as TURN_CATEGORIES
from assay.suites.bfcl_turns import Systems
from assay.suites.bfcl_turns import files as turn_files
from assay.suites.bfcl_turns import tasks as turn_tasks
from assay.suites.official_data import OfficialFile, rows_of

PROTOCOL = "bfcl/2"
"""Bumped by hand when the asking or the judging can change a verdict."""


class Category(msgspec.Struct, frozen=True):
    """How one of the official categories is judged."""

    rule: str
    language: str = "python"


CATEGORIES = {
    "simple_python": Category("simple"),
    "simple_java": Category("simple", "java"),
    "simple_javascript": Category("simple", "javascript"),
    "multiple": Category("multiple"),
    "parallel": Category("parallel"),
    "parallel_multiple": Category("parallel"),
    "irrelevance": Category("none"),
    "live_simple": Category("simple"),
    "live_multiple": Category("multiple"),
    "live_parallel": Category("parallel"),
    "live_parallel_multiple": Category("parallel"),
    "live_irrelevance": Category("none"),
    "live_relevance": Category("some"),
}
GROUPS = {
    "": tuple(CATEGORIES),
    "multi_turn": TURN_CATEGORIES,
    **{name: (name,) for name in TURN_CATEGORIES},
    "non-live": tuple(name for name in CATEGORIES if not name.startswith("live_")),
    "live": tuple(name for name in CATEGORIES if name.startswith("live_")),
    **{name: (name,) for name in CATEGORIES},
}
"""What may stand behind the colon, to the categories that it holds."""
_MEMORY = "it needs the benchmark's own memory stores, which are programs and no part of its data"
OUTSIDE = {
    "memory": _MEMORY,
    "web_search": "it needs a paid search engine, whose answers change from day to day",
}
"""Official categories that cannot be judged here, each with the reason."""


def load(asked: Asked) -> Suite:
    categories, prompted = _parts(asked)
    if set(categories) <= set(TURN_CATEGORIES):
        return _of_turns(asked, categories, prompted=prompted)
    return Suite(
        name=asked.name,
        version="4",
        protocol=f"{PROTOCOL} {'prompted' if prompted else 'native'}",
        tasks=tuple(task for name in categories for task in _tasks(name, asked, prompted=prompted)),
        grader="tool_calls",
        pinned=True,
    )


def _of_turns(asked: Asked, categories: tuple[str, ...], *, prompted: bool) -> Suite:
    systems = Systems(asked.data)
    return Suite(
        name=asked.name,
        version="4",
        protocol=f"{PROTOCOL} {'prompted' if prompted else 'native'}",
        tasks=tuple(task for name in categories for task in turn_tasks(name, asked.data, systems, prompted=prompted)),
        solver="turns",
        grader="tool_states",
        pinned=True,
    )


def files(part: str) -> tuple[OfficialFile, ...]:
    categories, _ = _parts(Asked(name=f"bfcl:{part}" if part else "bfcl", part=part))
    if set(categories) <= set(TURN_CATEGORIES):
        return tuple({file.name: file for name in categories for file in turn_files(name)}.values())
    found = [file for name in categories for file in (questions(name), answers(name))]
    return tuple(file for file in found if file is not None)


def _parts(asked: Asked) -> tuple[tuple[str, ...], bool]:
    group = asked.part.removesuffix("prompt").removesuffix(":")
    if group in OUTSIDE:
        raise UserError(f"{asked.name}: {OUTSIDE[group]}; what can be run are {', '.join(filter(None, GROUPS))}")
    if group not in GROUPS:
        raise UserError(f"{asked.name}: no category “{group}”; {did_you_mean(group, filter(None, GROUPS))}")
    return GROUPS[group], asked.part.endswith("prompt")


def _tasks(name: str, asked: Asked, *, prompted: bool) -> list[Task]:
    file = answers(name)
    right = {row["id"]: row["ground_truth"] for row in rows_of(file, asked.data)} if file else {}
    return [
        task_of(row, right.get(row["id"], []), name=name, prompted=prompted)
        for row in rows_of(questions(name), asked.data)
    ]


def task_of(row: dict[str, Any], wanted: list[dict[str, Any]], *, name: str, prompted: bool) -> Task:
    """One official question with the answers that will do."""
    category = CATEGORIES[name]
    functions = row["function"]
    shown = with_hints(functions, language=category.language)
    messages = tuple(Message(one["role"], one["content"]) for one in row["question"][0])
    grading = {
        "rule": category.rule,
        "language": category.language,
        "functions": [{"name": one["name"], "parameters": one["parameters"]} for one in functions],
        "answers": wanted,
        "reading": "prompted" if prompted else "native",
    }
    return Task(
        id=row["id"],
        kind="calls",
        category=name,
        ask=Ask(messages=prompt_of(messages, shown)) if prompted else Ask(messages=messages, tools=as_tools(shown)),
        extract=Extract(form="reply", path=PATH),
        grading=grading,
        solution={
            PATH: written(right_answer(category.rule, functions, wanted, language=category.language, prompted=prompted))
        },
        origin=f"{questions(name).address} {row['id']}",
        licence="Apache-2.0",
    )
