"""The suite `toolcalls`: whether a model writes a call as it should. Typing, escaping, several at once, nesting, text
that looks like markup, long arguments, and none where none is wanted.

The tasks are our own, and each says outright what to call with what: it is the writing that is judged, not the wit.
`toolcalls` sends the functions as tools; `toolcalls:hermes` and its like put them into the prompt, and read the
answer's text by that dialect. What a dialect cannot say is left out of its list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.core.messages import Message, Tool
from assay.core.task import Ask, Extract, Suite, Task
from assay.formats.said import PATH, Said, written
from assay.formats.tools import dialect
from assay.formats.tools.base import Call, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.suites.asked import Asked

PROTOCOL = "toolcalls/1"
"""Bumped by hand when the asking or the judging can change a verdict."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of `tasks.jsonl`."""

    id: str
    category: str
    tools: list[str]
    prompt: str
    calls: list[dict[str, dict[str, Any]]]
    """What is to be called, in any order."""


def load(asked: Asked) -> Suite:
    spoken = dialect(asked.part) if asked.part else None
    tasks = tuple(task for row, tools in _rows() if (task := _task(row, tools, spoken)) is not None)
    return Suite(
        name=asked.name,
        version=content_hash(tasks)[:12],
        protocol=f"{PROTOCOL} {f'in text, {spoken.name}' if spoken else 'native'}",
        tasks=tasks,
        grader="tool_calls",
    )


def _rows() -> Iterator[tuple[Row, list[Tool]]]:
    folder = files("assay.suites") / "toolcalls_data"
    tools = msgspec.json.decode((folder / "tools.json").read_bytes(), type=list[Tool])
    named = {tool.name: tool for tool in tools}
    for line in (folder / "tasks.jsonl").read_bytes().splitlines():
        row = msgspec.json.decode(line, type=Row)
        yield row, [named[name] for name in row.tools]


def _task(row: Row, tools: list[Tool], spoken: Dialect | None) -> Task | None:
    try:
        solution = _said(row.calls, tools, spoken)
    except Unrepresentable:
        return None
    words = Message("user", row.prompt)
    return Task(
        id=row.id,
        kind="calls",
        category=row.category,
        ask=Ask(messages=(_told(tools, spoken), words)) if spoken else Ask(messages=(words,), tools=tuple(tools)),
        extract=Extract(form="reply", path=PATH),
        grading={
            "rule": "exact",
            "functions": msgspec.to_builtins(tools),
            "answers": row.calls,
            "dialect": spoken.name if spoken else "",
        },
        solution={PATH: written(solution)},
        mutants=tuple({PATH: written(wrong)} for wrong in _wrong(row, tools, spoken)),
        origin="assay",
        licence="Apache-2.0",
    )


def _said(calls: Sequence[dict[str, dict[str, Any]]], tools: list[Tool], spoken: Dialect | None) -> Said:
    pairs = [next(iter(call.items())) for call in calls]
    if not pairs:
        return Said(text="There is nothing to call for this.")
    if spoken is None:
        return Said(calls=tuple((name, json.dumps(given, ensure_ascii=False)) for name, given in pairs))
    return Said(text=spoken.render([Call(name, given) for name, given in pairs], tools))


# --- in text ----------------------------------------------------------------------------------------

_EXAMPLE = [Call("open_door", {"door": "garage", "seconds": 30}), Call("ring_bell", {"loud": True})]
_TOLD = """\
You can call functions. Call those that the request needs, with the arguments that it gives, and no others; if it \
needs none, answer in words. Write calls only in the form of this example, whose functions you do not have:

{example}

Your functions, in JSON:

{functions}
"""


def _told(tools: list[Tool], spoken: Dialect | None) -> Message:
    assert spoken is not None
    example = spoken.render(_EXAMPLE if spoken.carries.several else _EXAMPLE[:1])
    functions = json.dumps(msgspec.to_builtins(tools), ensure_ascii=False, indent=1)
    return Message("system", _TOLD.replace("{example}", example).replace("{functions}", functions))


# --- wrong answers ----------------------------------------------------------------------------------


def _wrong(row: Row, tools: list[Tool], spoken: Dialect | None) -> Iterator[Said]:
    """What a sloppy writer makes of it, as far as the dialect can say that."""
    if not row.calls:
        variants: list[list[dict[str, dict[str, Any]]]] = [[{tools[0].name: {}}]]
    else:
        name, given = next(iter(row.calls[-1].items()))
        changed = [{}, {**given, "extra": "1"}] if not given else [dict(list(given.items())[:-1]), _blurred(given)]
        variants = [row.calls[:-1], *([*row.calls[:-1], {name: one}] for one in changed)]
    for calls in variants:
        if calls == row.calls:
            continue
        try:
            yield _said(calls, tools, spoken)
        except Unrepresentable:
            continue


def _blurred(given: dict[str, Any]) -> dict[str, Any]:
    """The last argument as text, or as text that lost its end."""
    key, value = list(given.items())[-1]
    return {**given, key: value[:-1] if isinstance(value, str) else json.dumps(value)}
