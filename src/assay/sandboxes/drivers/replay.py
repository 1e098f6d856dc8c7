"""The driver that runs official tests without the answer: against a recording of it, or to make one.

`record` with `[solution, tests, names]` runs the tests on the benchmark's own solution, every call going through
the typed border, and tells the calls. `replay` with `[solution, tests, names, absent, calls, results]` runs them
again, handing out the answer's results for these calls. Only text of the benchmark runs here, and plain values of
the answer. Standard library only.
"""

from __future__ import annotations

import ast
import os
import random
import types
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import border, guard, plain

Call = Callable[[border.Asked], Any]


def main(asked: int = 3, told: int = 4) -> NoReturn:
    tell = guard.writer(told)
    (((nonce, _, what, args),),) = guard.request(asked)
    guard.mute()
    try:
        said = _record(*args) if what == "record" else _replay(*args)
    except border.CannotCross as error:
        said = ["inexpressible", str(error)]
    tell(guard.result(nonce, said))
    with suppress(BaseException):
        os._exit(0)
    raise SystemExit


class _More(BaseException):
    """The tests make a call that there is no result for; nothing of theirs may hold this up."""


def _record(solution: str, tests: str, names: list[str]) -> list[Any]:
    space = _executed(solution)
    tree = ast.parse(tests)
    needed: list[str] = []
    if not names:
        names, needed = _sorted_out(space, _wanted(tree) & space.keys())
    calls: list[bytes] = []

    def recorded(asked: border.Asked) -> Any:
        calls.append(asked.data)
        state = random.getstate()
        told = border.done(asked.data, space.__getitem__)
        random.setstate(state)
        if foreign := plain.foreign_in(plain.unpack(told)[1]):
            raise border.CannotCross(f"{asked.name} returns a {foreign}")
        return border.taken(asked, told)

    error = _tested(space, tests, names, recorded)
    if error is not None:
        raise border.CannotCross(f"its own solution fails behind the border: {guard.describe(error)}") from error
    return ["recorded", names, needed, _imports(tree), calls]


def _replay(
    solution: str, tests: str, names: list[str], absent: list[str], calls: list[bytes], results: list[bytes]
) -> list[Any]:
    space = _executed(solution)
    made = 0
    more: list[bytes] = []

    def replayed(asked: border.Asked) -> Any:
        nonlocal made
        if more or made >= len(calls) or calls[made] != asked.data:
            more[:] = more or [asked.data]
            raise _More
        made += 1
        return border.taken(asked, results[made - 1])

    for name in absent:
        space.pop(name, None)
    error = _tested(space, tests, [name for name in names if name not in absent], replayed)
    if more:
        return ["more", made, more[0]]
    return ["passed", ""] if error is None else ["failed", guard.describe(error)]


def _executed(solution: str) -> dict[str, Any]:
    space: dict[str, Any] = {}
    exec(compile(solution, "<solution>", "exec", dont_inherit=True), space)  # the benchmark's own text, inside a box
    return space


def _tested(space: dict[str, Any], tests: str, names: list[str], call: Call) -> BaseException | None:
    """Runs the tests with stand-ins for these names; what ended them, None when they held."""
    space = {**space, **{name: _stand_in(name, call) for name in names}}
    random.seed(0)  # calls that are made of random numbers have to be the same ones next time
    try:
        exec(compile(tests, "<tests>", "exec", dont_inherit=True), space)
    except border.CannotCross:
        raise
    except BaseException as error:
        return error
    return None


def _stand_in(name: str, call: Call) -> Callable[..., Any]:
    def stand_in(*given: Any, **named: Any) -> Any:
        return call(border.Asked(name, given, named))

    stand_in.__name__ = stand_in.__qualname__ = name
    return stand_in


def _sorted_out(space: dict[str, Any], wanted: set[str]) -> tuple[list[str], list[str]]:
    """The functions that the tests call, and the modules that they find in the answer's namespace."""
    modules = sorted(name for name in wanted if isinstance(space[name], types.ModuleType))
    others = sorted(wanted - set(modules))
    for name in others:
        if isinstance(space[name], type):
            raise border.CannotCross(f"the tests make objects of the answer's own class {name}")
        if not callable(space[name]):
            raise border.CannotCross(f"the tests look at the answer's own variable {name}")
    return others, modules


def _wanted(tree: ast.Module) -> set[str]:
    """Names that the tests read and do not make themselves."""
    made = {"candidate"}
    read: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                read.add(node.id)
            else:
                made.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
    return read - made


def _imports(tree: ast.Module) -> str:
    """The tests' own imports at the top: an official run leaves them where the answer finds them."""
    return "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
