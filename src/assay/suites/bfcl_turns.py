"""The leaderboard's questions of several turns: conversations with simulated systems, such as a file system or a car.

The systems are programs of the benchmark's own. They run in the sandbox only.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.task import Ask, Extract, Limits, Task, Turn
from assay.formats.said import Said
from assay.formats.said_turns import PATH, as_python, written
from assay.suites.bfcl_files import turn_answers, turn_documents, turn_questions, turn_system
from assay.suites.bfcl_functions import Function, as_tools, prompt_of, with_hints
from assay.suites.official_data import OfficialFile, rows_of, text_of

CATEGORIES = ("multi_turn_base", "multi_turn_miss_func", "multi_turn_miss_param", "multi_turn_long_context")
_SYSTEMS = {
    "GorillaFileSystem": "gorilla_file_system",
    "MathAPI": "math_api",
    "MessageAPI": "message_api",
    "TwitterAPI": "posting_api",
    "TicketAPI": "ticket_api",
    "TradingBot": "trading_bot",
    "TravelAPI": "travel_booking",
    "VehicleControlAPI": "vehicle_control",
}
"""The systems' classes, each to the name of its document and of its module."""
_LIBRARIES = {"MathAPI": "mpmath"}
_FOLDER = "bfcl_eval/eval_checker/multi_turn_eval/func_source_code"
_SHARED = "long_context"
_MORE = "I have updated some more functions you can choose from. What about now?"
"""The benchmark's own words, when functions come that were held back."""
_LIMITS = Limits(cpu=20.0, wall=60.0, memory=1024, output=4096)


def files(category: str) -> list[OfficialFile]:
    shared = [turn_system(_SHARED), *map(turn_system, _SYSTEMS.values()), *map(turn_documents, _SYSTEMS.values())]
    return [turn_questions(category), turn_answers(category), *shared]


class Systems:
    """The benchmark's systems: their files and their documents."""

    def __init__(self, data: Path | None) -> None:
        self._sources = {module: text_of(turn_system(module), data) for module in (_SHARED, *_SYSTEMS.values())}
        self._documents = {name: rows_of(turn_documents(module), data) for name, module in _SYSTEMS.items()}

    def sources(self, names: list[str]) -> dict[str, str]:
        wanted = [_SHARED, *(_SYSTEMS[name] for name in names)]
        return {f"{_FOLDER}/{module}.py": self._sources[module] for module in wanted}

    def functions(self, names: list[str]) -> list[Function]:
        return [function for name in names for function in self._documents[name]]


def tasks(category: str, data: Path | None, systems: Systems, *, prompted: bool) -> list[Task]:
    right = {row["id"]: row["ground_truth"] for row in rows_of(turn_answers(category), data)}
    rows = rows_of(turn_questions(category), data)
    return [_task(row, right[row["id"]], category, systems, prompted=prompted) for row in rows]


def _task(row: dict[str, Any], truth: list[list[str]], category: str, systems: Systems, *, prompted: bool) -> Task:
    names = row["involved_classes"]
    functions = systems.functions(names)
    held_back = {int(turn): _taken(functions, wanted) for turn, wanted in row.get("missed_function", {}).items()}
    everything = [*functions, *(one for some in held_back.values() for one in some)]
    shown = with_hints(functions, language="python")
    first, *later = row["question"]
    asked = tuple(Message(one["role"], one["content"]) for one in first)
    turns = tuple(
        _turn(messages, held_back.get(number, []), prompted=prompted) for number, messages in enumerate(later, start=1)
    )
    if prompted:
        ask = Ask(messages=prompt_of(asked, shown), later=turns)
    else:
        ask = Ask(messages=asked, tools=as_tools(shown), later=turns)
    return Task(
        id=row["id"],
        kind="calls",
        category=category,
        ask=ask,
        extract=Extract(form="turns", path=PATH),
        grading={
            "systems": {name: f"{_FOLDER.replace('/', '.')}.{_SYSTEMS[name]}" for name in names},
            "config": row.get("initial_config", {}),
            "long_context": category == "multi_turn_long_context",
            "sources": systems.sources(names),
            "truth": truth,
            "reading": "python" if prompted else "native",
        },
        limits=_LIMITS,
        needs=tuple(library for name, library in _LIBRARIES.items() if name in names),
        language="python",
        solution={PATH: written([[_said(calls, everything, prompted=prompted)] if calls else [] for calls in truth])},
        origin=f"{turn_questions(category).address} {row['id']}",
        licence="Apache-2.0",
    )


def _taken(functions: list[Function], names: list[str]) -> list[Function]:
    """Those of these names, which are held back until later."""
    found = []
    for name in names:
        at = next((number for number, one in enumerate(functions) if one["name"] == name), None)
        if at is not None:
            found.append(functions.pop(at))
    return found


def _turn(messages: list[dict[str, Any]], functions: list[Function], *, prompted: bool) -> Turn:
    if not functions:
        return Turn(messages=tuple(Message(one["role"], one["content"]) for one in messages))
    if prompted:
        return Turn(messages=(Message("user", f"{functions}\n{_MORE}"),))
    return Turn(messages=(Message("user", _MORE),), tools=as_tools(functions))


def _said(calls: list[str], functions: list[Function], *, prompted: bool) -> Said:
    """The right calls as a model would make them."""
    parameters = {one["name"]: list(one["parameters"]["properties"]) for one in functions}
    named = [_call(text, parameters) for text in calls]
    if prompted:
        return Said(text=f"[{', '.join(as_python(name, given) for name, given in named)}]")
    return Said(calls=tuple((name, json.dumps(given)) for name, given in named))


def _call(text: str, parameters: Mapping[str, list[str]]) -> tuple[str, dict[str, Any]]:
    """With every argument under its name: of others nothing is read out of a text."""
    call = ast.parse(text, mode="eval").body
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise UserError(f"an answer of the benchmark is no call: {text}")
    name = call.func.id
    given = dict(zip(parameters[name], map(ast.literal_eval, call.args), strict=False))
    given |= {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
    return name, given
