"""The driver of contest protocols that run all tests of an answer in one process, one after the other.

It holds the inputs and never an output: what was printed or returned is told, and compared far from here. The
first step, `load` with `[answer, dialect, function, seconds a test, seconds in all]`, assembles and executes the
answer as the official harness does. Each further step is one test, `[input]`; it ends with the first that raises an
error or takes too long. Standard library only; $ASSAY_PACKAGES names a folder with the numpy that both harnesses have.
"""

from __future__ import annotations

import builtins
import json
import os
import signal
import site
import sys
import types
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import guard
from assay.sandboxes.drivers.contest_worlds import DIALECTS, Dialect, names_numpy, printed

_MOST = 16 << 20
"""Characters that one test may print or return."""
_DEEPEST = 150


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave, whole = os._exit, False
    with suppress(BaseException):
        whole = _drive(asked, told)
    leave(0 if whole else 1)


def _drive(asked: int, told: int) -> bool:
    """Whether all that was asked was done."""
    tell = guard.writer(told)
    ((load,), *tests) = guard.request(asked)
    answer, dialect, function, seconds, in_all = load[3]
    watch = _Watch(in_all)
    _set_up(DIALECTS[dialect], guard.numpy(named=names_numpy(answer)))
    run = _loader(answer, DIALECTS[dialect], function)
    for nonce, _, _, given in (load, *(test for (test,) in tests)):
        watch.begin(seconds, _late(tell, guard.result(nonce, ["slow"])))
        try:
            said = run(*given[:1])
        except BaseException as error:
            said = ["failed", guard.describe(error)]
        watch.end()
        if said[0] in ("printed", "returned") and len(said[1]) > _MOST:
            said = ["failed", f"printed or returned more than {_MOST >> 20} million characters"]
        tell(guard.result(nonce, said))
        if said[0] == "failed":
            return False
    return True


def _set_up(dialect: Dialect, numpy: dict[str, types.ModuleType]) -> None:
    """The world of both harnesses: nothing to read but what is given, dangerous names gone, long integers; and numpy,
    which they have imported themselves before they take those names away."""
    sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115 - stays open as long as the answer runs
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
    site.setquit()
    leave = vars(builtins)["exit"]
    guard.disarm()
    if dialect.has_exit:
        vars(builtins)["exit"] = leave
    sys.modules.update(numpy)
    sys.set_int_max_str_digits(50000)


def _loader(answer: str, dialect: Dialect, function: str) -> Callable[..., list[Any]]:
    """The first call loads the answer, each later one runs a test."""
    taken: list[Callable[..., Any]] = []

    def run(given: str) -> list[Any]:
        if not taken:
            program = dialect.called(answer) if function else dialect.printing(answer)
            of_object = "class Solution" in program and bool(function or dialect.object_to_print)
            taken.append(_taken(program, function or dialect.wrapper, of_object=of_object))
            return ["loaded"]
        if not function:
            return ["printed", printed(taken[0], given, dialect).encode("utf-8", "replace").decode()]
        return ["returned", _shown(taken[0](*(_with_numbers(value) for value in json.loads(given))))]

    return run


def _taken(program: str, name: str, *, of_object: bool) -> Callable[..., Any]:
    """The function, or the method of the one object that all tests share."""
    module = types.ModuleType("tmp_sol", "")
    exec(compile(program, "<answer>", "exec", dont_inherit=True), vars(module))  # what this driver is for, in a box
    holder = module.Solution() if of_object else module
    found: Callable[..., Any] = getattr(holder, name)
    return found


# What was returned ----------------------------------------------------------------------------------------


def _shown(value: Any) -> str:
    """A value as JSON that keeps apart what Python's `==` keeps apart: `{"t": […]}` for a tuple, `{"d": [[k, v], …]}`
    for a map, `{"o": name}` for what equals no plain value. A leading tuple counts as a list."""
    plain = list(value) if isinstance(value, tuple) else value
    return json.dumps(_plain(plain, 0))


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return {"o": "a value that nests too deep"}
    if isinstance(value, str):
        return str.__str__(value).encode("utf-8", "replace").decode()
    if value is None or isinstance(value, (bool, int, float)):
        return value if value is None or type(value) in (bool, int, float) else _number(value)
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in list.__iter__(value)]
    if isinstance(value, tuple):
        return {"t": [_plain(item, depth + 1) for item in tuple.__iter__(value)]}
    if isinstance(value, dict):
        return {"d": [[_plain(key, depth + 1), _plain(item, depth + 1)] for key, item in dict.items(value)]}
    return _number(value)


def _number(value: Any) -> Any:
    """Fractions, decimals, numpy's numbers and complex ones equal plain ones."""
    kind = type(value)
    if kind is complex and not value.imag:
        return value.real
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if kind.__module__ in ("decimal", "fractions", "numpy") and not hasattr(value, "__len__"):
        for plain in (int, float):
            with suppress(Exception):
                if plain(value) == value:
                    return plain(value)
    return {"o": kind.__name__[:200]}


def _with_numbers(value: Any) -> Any:
    """`{"$map": [[k, v], …]}` as the map that it stands for: JSON's own have no numbers for keys."""
    if isinstance(value, dict) and list(value) == ["$map"]:
        return dict(value["$map"])
    return value


# Time -----------------------------------------------------------------------------------------------------


def _late(tell: Callable[[bytes], None], message: bytes) -> Callable[[], None]:
    leave = os._exit

    def late() -> None:
        tell(message)
        leave(1)

    return late


class _Watch:
    """Holds each test to its seconds and all together to theirs, on the clock, less what other programs took."""

    def __init__(self, in_all: float) -> None:
        self._elapsed = guard.clock()
        self._alarm, self._kind = signal.setitimer, signal.ITIMER_REAL
        self._in_all = in_all
        self._until = in_all
        self._late: Callable[[], None] = lambda: None
        signal.signal(signal.SIGALRM, self._look)

    def begin(self, seconds: float, late: Callable[[], None]) -> None:
        self._late = late
        self._until = min(self._elapsed() + seconds, self._in_all)
        self._alarm(self._kind, max(self._until - self._elapsed(), 0.001))

    def end(self) -> None:
        self._alarm(self._kind, 0)
        if self._elapsed() > self._until:
            self._late()

    def _look(self, *_: object) -> None:
        left = self._until - self._elapsed()
        if left <= 0:
            self._late()
        self._alarm(self._kind, max(left, 0.05))
