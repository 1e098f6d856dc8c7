"""Answers to the leaderboard's questions in its official result form: right ones, and right ones spoilt in one of many
ways, the same each time. Knows nothing of judging."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from assay.core.task import Task
from assay.formats import said, said_turns

Call = tuple[str, dict[str, Any]]
"""A function's name, with its dots, and its arguments."""
Row = dict[str, Any]

# --- values -----------------------------------------------------------------------------------------


def _text(value: str, chance: Random) -> Any:
    middle = len(value) // 2
    forms: tuple[Any, ...] = (
        value.upper(), value.lower(), value.title(), f"{value}.", f" {value} ", f"the {value}", value[:middle],
        value.replace(" ", "_"), value.replace("-", "/"), value.replace("'", '"'), value.replace(" ", ""),
        value[:middle] + "," + value[middle:], f'"{value}"', f"'{value}'", f"{value}\n", value + "é", "", [value],
        {"value": value}, 1, None, f"{value} (or so)", f"ls({value})",
    )  # fmt: skip
    return chance.choice(forms)


def _number(value: float, chance: Random) -> Any:
    forms: tuple[Any, ...] = (
        float(value), int(value), str(value), value + 1, -value, value + 0.5, bool(value), [value], None, value * 1e3,
    )  # fmt: skip
    return chance.choice(forms)


def _list(value: list[Any], chance: Random) -> Any:
    forms: tuple[Any, ...] = (
        value[::-1], value[:-1], value * 2, [], str(value), {"items": value}, value[0] if value else None, [value],
        [*value, None],
    )  # fmt: skip
    if value and chance.random() < 0.5:
        at = chance.randrange(len(value))
        return [*value[:at], changed(value[at], chance), *value[at + 1 :]]
    return chance.choice(forms)


def _map(value: dict[str, Any], chance: Random) -> Any:
    key = chance.choice([*value, "key"])
    forms: tuple[Any, ...] = (
        {name: one for name, one in value.items() if name != key}, {**value, "more": 1}, {}, str(value), [value],
        {**value, key: {key: 1}}, {key.title(): one for one in value.values()}, None, dict(reversed(value.items())),
    )  # fmt: skip
    if value and chance.random() < 0.5:
        return {name: changed(one, chance) if name == key else one for name, one in value.items()}
    return chance.choice(forms)


def changed(value: Any, chance: Random) -> Any:
    """Another one, sometimes as good."""
    if isinstance(value, bool) or value is None:
        return chance.choice((not value, str(value), int(bool(value)), None, str(value).lower()))
    if isinstance(value, str):
        return _text(value, chance)
    if isinstance(value, int | float):
        return _number(value, chance)
    return _list(value, chance) if isinstance(value, list) else _map(value, chance)


# --- calls ------------------------------------------------------------------------------------------


def _of_one(call: Call, chance: Random, names: list[str]) -> Call:
    name, given = call[0], dict(call[1])
    key = chance.choice([*given, "more"])
    way = chance.randrange(12)
    if way == 0:
        other = (name.upper(), f"functions.{name}", name.replace(".", "_"), name.replace("_", "."), f"{name}s")
        name = chance.choice(other)
    elif way == 1:
        name = chance.choice(names)
    elif way == 2:
        given.pop(key, None)
    elif way == 3:
        given = {(f"{one}s" if one == key else one): value for one, value in given.items()}
    elif way == 4:
        given["more"] = chance.choice((1, "", None))
    elif way == 5:
        given = dict(reversed(given.items()))
    elif key in given:
        given[key] = changed(given[key], chance)
    return name, given


def spoilt(calls: list[Call], chance: Random, names: list[str]) -> list[Call]:
    """`names`: of functions that there are."""
    calls = deepcopy(calls)
    way = chance.randrange(14)
    if way == 0:
        return calls
    if way == 1:
        return calls[::-1]
    if way == 2:
        return calls[:-1]
    if way == 3:
        return [*calls, *calls[:1]]
    if not calls or way == 4:
        return [*calls, (chance.choice(names), {})]
    at = chance.randrange(len(calls))
    return [*calls[:at], _of_one(calls[at], chance, names), *calls[at + 1 :]]


# --- questions of one turn --------------------------------------------------------------------------


def right_calls(task: Task) -> list[Call]:
    """Of a task whose calls are the server's own."""
    functions = [one["name"] for one in task.grading["functions"]]
    dotted = {name.replace(".", "_"): name for name in functions}
    return [(dotted[name], json.loads(given)) for name, given in said.read(task.solution[said.PATH]).calls]


def _listed(task: Task, calls: list[Call], chance: Random) -> list[Call]:
    """With other values that will do, some of which no call can have."""
    found = deepcopy(calls)
    for (name, given), wanted in zip(found, task.grading["answers"], strict=False):
        for key, values in wanted.get(name, {}).items():
            if key in given and task.grading["language"] == "python":
                given[key] = chance.choice(values or [""])
    return found


def answer(task: Task, round_: int, *, prompted: bool) -> Any:
    """What stands under `result`."""
    chance = Random(f"{task.id} {round_} {prompted}")
    names = [one["name"] for one in task.grading["functions"]] or ["anything"]
    calls = right_calls(task)
    if round_:
        calls = spoilt(calls, chance, names) if chance.random() < 0.85 else _listed(task, calls, chance)
    if prompted:
        text = f"[{', '.join(_written(*call, task.grading['language'], chance) for call in calls)}]"
        return _text_spoilt(text, chance) if round_ and chance.random() < 0.2 else text
    native = [{name.replace(".", "_"): json.dumps(given)} for name, given in calls]
    return _native_spoilt(native, chance) if round_ and chance.random() < 0.1 else native


def _written(name: str, given: dict[str, Any], language: str, chance: Random) -> str:
    write: Callable[[Any], str] = repr if language == "python" else lambda value: _foreign(value, chance)
    return f"{name}({', '.join(f'{key}={write(value)}' for key, value in given.items())})"


def _foreign(value: Any, chance: Random) -> str:
    """As Java or JavaScript would have it: text in quotes, or bare."""
    if not isinstance(value, str):
        return json.dumps(value)
    if chance.random() < 0.3:
        return value
    mark = "'" if '"' in value else '"'
    return f"{mark}{value}{mark}"


def _text_spoilt(text: str, chance: Random) -> str:
    first, _, rest = text.partition("(")
    forms = (
        f"```\n{text}\n```", f"```python\n{text}\n```", f"Sure! {text}", f"{text}\n\nDone.", text[1:], text[:-1],
        text[1:-1], text.replace("=", ": ", 1), text.replace("=", "=+", 1), text.replace("=", "=-", 1), f" {text} ",
        f"'{text}'", f"[{text}]", text.replace("'", '"'), f"{first}(1, {rest}", f"{first}(**{{'a': 1}}, {rest}",
        f"{first}(more=other(a=1), {rest}", f"{first}(more=other(1), {rest}", f"{first}(more=a.b, {rest}",
        f"{first}(more=x[0], {rest}", f"{first}(more=(1, 2), {rest}", f"{first}(more=1 + 1, {rest}",
        f"{first}(more=lambda: 1, {rest}", f"{first}(more=f'x', {rest}", f"{first}(more=..., {rest}", f"{text};",
        "None of these functions will do.", "", "[]", "[{}]", "[None]", text.replace("True", "true"),
        text.replace(")", "", 1), text.replace(", ", ",\n    "), f"{text} # done", f"({text})", f"{{{text[1:-1]}}}",
    )  # fmt: skip
    return chance.choice(forms)


def _native_spoilt(native: list[dict[str, str]], chance: Random) -> Any:
    name, given = next(iter(native[0].items())) if native else ("f", "{}")
    forms: tuple[Any, ...] = (
        "None of these functions will do.", "", [], [{name: ""}], [{name: given[:-1]}], [{name: "[]"}], "[]",
        [{name: "null"}], [{name: f"{given} "}], [{name: json.dumps(given)}], [{name: "1"}],
        [{name: '{"a": NaN, "a": 1}'}], f"Error during inference: {name}",
    )  # fmt: skip
    return chance.choice(forms)


# --- conversations ----------------------------------------------------------------------------------


def turns(task: Task, round_: int, *, prompted: bool) -> Any:
    """A list of steps for each turn, as a rule; each call is a step of its own in half of them."""
    chance = Random(f"{task.id} {round_} {prompted}")
    calls = [
        [(name, json.loads(given)) for step in turn for name, given in step.calls]
        for turn in said_turns.read(task.solution[said_turns.PATH])
    ]
    names = [tool.name for tool in task.ask.tools]
    whole = _turns_spoilt(calls, chance, names) if round_ else calls
    if round_ and chance.random() < 0.02:
        return "Error during inference: the server was busy"
    return [_steps(turn, chance, prompted=prompted, odd=bool(round_)) for turn in whole]


def _turns_spoilt(calls: list[list[Call]], chance: Random, names: list[str]) -> list[list[Call]]:
    calls = deepcopy(calls)
    at = chance.randrange(len(calls))
    way = chance.randrange(12)
    more: tuple[Call, ...] = (("pwd", {}), ("ls", {"a": True}), ("ls", {}), ("unknown", {}), ("kill", {"pid": 1}))
    harmless = chance.choice(more)
    if way == 0:
        return calls[:-1]
    if way == 1:
        calls[at] = []
    elif way == 2:
        calls[at] = [harmless, *calls[at]]
    elif way == 3:
        calls[at].append(harmless)
    elif way == 4:
        chance.shuffle(calls[at])
    elif way == 5 and at:
        calls[at - 1] += calls[at]
        calls[at] = []
    elif way == 6 and at:
        calls[at - 1] += calls[at][:1]
    elif way == 7:
        return [*calls, [harmless]]
    else:
        calls[at] = spoilt(calls[at], chance, names)
    return calls


def _steps(turn: list[Call], chance: Random, *, prompted: bool, odd: bool) -> list[Any]:
    apart = chance.random() < 0.5
    steps = [[call] for call in turn] if apart else [turn] if turn else []
    if not prompted:
        native: list[Any] = [[{name: json.dumps(given)} for name, given in step] for step in steps]
        return [*native, chance.choice(([], "That is done."))]
    text = [f"[{', '.join(_written(*call, 'python', chance) for call in step)}]" for step in steps]
    if odd and chance.random() < 0.08:
        text = [_text_spoilt(one, chance) for one in text]
    return [*text, "That is done."]
