"""The driver of conversations with simulated systems: makes the calls of an answer, and those of the right one, on a
benchmark's own systems, and tells what came of each and where the two end up differently.

The one step is `replay` with what is to be done, as JSON; the systems' files lie in the working folder. Calls are never
evaluated as code: names, plain values and calls within calls are all that there is. Standard library only;
$ASSAY_LIBRARIES names the folder of libraries that the systems may import.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import json
import os
import sys
from typing import Any, NoReturn

from assay.sandboxes.drivers import guard

FORBIDDEN = ("kill", "exit", "quit", "remove", "unlink", "popen", "Popen", "run")
"""Names that the official harness makes no call of."""
MOST = 2000


class Systems:
    """One set of them, as one side of the conversation finds it."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.held: dict[str, Any] = {}
        self._methods: dict[str, Any] = {}
        for name, module in asked["systems"].items():
            system = getattr(importlib.import_module(module), name)()
            if hasattr(system, "_load_scenario"):
                config = copy.deepcopy(asked["config"].get(name, {}))
                system._load_scenario(config, long_context=asked["long_context"])
            self.held[name] = system
            members = inspect.getmembers(system, predicate=inspect.ismethod)
            self._methods |= {key: method for key, method in members if not key.startswith("_")}

    def make(self, call: str) -> str:
        try:
            name = call.partition("(")[0]
            if name in FORBIDDEN:
                raise ValueError(f"Function call {name} is not allowed.")
            return written(self._value(ast.parse(call.strip(), mode="eval").body))
        except Exception as error:
            return f"Error during execution: {error}"

    def _value(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name not in self._methods:
                raise NameError(f"name '{name}' is not defined")
            given = {one.arg: self._value(one.value) for one in node.keywords if one.arg}
            return self._methods[name](*map(self._value, node.args), **given)
        if isinstance(node, ast.List):
            return [self._value(item) for item in node.elts]
        return ast.literal_eval(node)


def written(result: Any) -> str:
    """As the official harness shows it to a model."""
    if isinstance(result, str):
        return result
    if isinstance(result, dict):
        try:
            return json.dumps(result)
        except (TypeError, ValueError):
            return str(result)
    return str(result)


def differences(mine: Systems, right: Systems) -> list[str]:
    """Public attributes that are not what they should be."""
    found = []
    for name, system in right.held.items():
        for attribute, wanted in vars(system).items():
            if not attribute.startswith("_"):
                value = getattr(mine.held[name], attribute)
                if value != wanted:
                    found.append(f"{name}.{attribute} is {value!r:.{MOST}} and should be {wanted!r:.{MOST}}")
    return found


def main(asked: int = 3, told: int = 4) -> NoReturn:
    leave = os._exit
    tell = guard.writer(told)
    (((nonce, _, _, (wanted,)),),) = guard.request(asked)
    sys.path[:0] = [os.getcwd(), *filter(None, [os.environ.pop("ASSAY_LIBRARIES", "")])]  # noqa: PTH109
    sys.dont_write_bytecode = True
    guard.mute()
    try:
        said: list[Any] | str = replay(json.loads(wanted))
    except Exception as error:
        said = guard.describe(error)
    tell(guard.result(nonce, said))
    leave(0)


def replay(asked: dict[str, Any]) -> list[Any]:
    """For each turn: what was made, step by step, what should have been, and what is different then."""
    mine, right = Systems(asked), Systems(asked)
    turns = []
    for steps, wanted in zip(asked["calls"], asked["truth"], strict=False):
        made = [[mine.make(call) for call in step] for step in steps]
        truth = [right.make(call) for call in wanted]
        turns.append([made, truth, differences(mine, right)])
    return turns
