"""What two harnesses make of a contest answer before it runs: names in scope, a function around it, streams.

LiveCodeBench and APPS do not run an answer as the program that it is. They put imports before it and a function
around it, and replace the standard streams by objects that are nearly such; an answer that leans on the one, or
stumbles over the other, has to do so here as well. Standard library only; it runs inside a box.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

_STARRED = (
    "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random", "statistics", "itertools",
    "functools", "operator", "io", "sys", "json", "builtins", "typing",
)  # fmt: skip
_LIVECODEBENCH = "".join(
    [
        *(f"from {name} import *\n" for name in _STARRED),
        *(f"import {name}\n" for name in _STARRED if name not in ("builtins", "typing")),
        "sys.setrecursionlimit(50000)\n",
    ]
)
"""Later names hide earlier ones: `datetime` is the module in the end, `pow` the built-in."""

_APPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sys", ()), ("time", ()), ("itertools", ()),
    ("itertools", ("accumulate", "product", "permutations", "combinations")),
    ("collections", ()), ("collections", ("Counter", "OrderedDict", "deque", "defaultdict", "ChainMap")),
    ("functools", ("lru_cache",)), ("math", ()),
    ("math", ("sqrt", "sin", "cos", "tan", "ceil", "fabs", "floor", "gcd", "exp", "log", "log2")),
    ("fractions", ()), ("typing", ("List", "Tuple")), ("numpy", ()), ("random", ()), ("heapq", ()), ("heapq", ("*",)),
)  # fmt: skip


class Dialect(NamedTuple):
    """One harness."""

    called: Callable[[str], str]
    """The module whose function, or the method of whose class Solution, is called."""
    printing: Callable[[str], str]
    """The module whose function `wrapper` reads and prints."""
    wrapper: str
    stdin: Callable[[str], Any]
    has_exit: bool
    object_to_print: bool
    """A class Solution is looked for, in vain, where nothing of it is called either."""


def _livecodebench_called(answer: str) -> str:
    return f"{_LIVECODEBENCH}\n\n{answer}"


def _livecodebench_printing(answer: str) -> str:
    """Imports stay outside, everything else goes into the function; what does not parse stays as it is."""
    answer = _without_guard(answer)
    try:
        statements = ast.parse(answer).body
        imports: list[ast.stmt] = [one for one in statements if isinstance(one, (ast.Import, ast.ImportFrom))]
        others = [one for one in statements if not isinstance(one, (ast.Import, ast.ImportFrom))]
        nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        function = ast.FunctionDef("wrapped_function", nothing, others, [], lineno=-1)
        shown = [ast.unparse(ast.Module(imports, [])), ast.unparse(function)]
    except Exception:
        return answer
    return "\n".join([_LIVECODEBENCH, *shown])


def _without_guard(answer: str) -> str:
    """`if __name__ == '__main__':` at the end gives way to what stands in it."""
    try:
        *before, last = ast.parse(answer).body
        if isinstance(last, ast.If) and ast.unparse(last.test).strip() == "__name__ == '__main__'":
            return "\n".join(ast.unparse(ast.Module(part, [])) for part in (before, last.body))
    except Exception:
        return answer
    return answer


def _apps_called(answer: str) -> str:
    return _apps_imports(answer) + answer


def _apps_printing(answer: str) -> str:
    """Line by line: what begins like an import before anything else stays outside, the rest goes into the function,
    each line one tab further in, be it in the middle of a string."""
    made, inside = [], False
    for line in answer.split("\n"):
        outside = line.startswith(("from ", "import "))
        if not inside and not outside:
            made.append("stdin = sys.stdin\nstdout = sys.stdout\ndef code():\n")
            inside = True
        made.append(f"\t{line}\n" if inside else f"{line}\n")
    return _apps_imports(answer) + "".join(made)


def _apps_imports(answer: str) -> str:
    """Numpy takes longer to import than most answers take to run, so only those that name it get it."""
    lines = []
    for module, names in _APPS:
        if module == "numpy":
            lines += ["import numpy as np\n"] if names_numpy(answer) else []
        else:
            lines.append(f"from {module} import {', '.join(names)}\n" if names else f"import {module}\n")
    return "".join(lines)


def names_numpy(answer: str) -> bool:
    return re.search(r"\bnp\b|numpy", answer) is not None


class _AllAgain:
    """LiveCodeBench's stdin: `read` gives everything each time, no `for` goes over it, and so does its `buffer`,
    whose `readline` knows the first line alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = io.StringIO(text)
        self.buffer = _BytesAgain(text)

    def read(self, *_: object) -> str:
        return self._text

    def readline(self, *args: Any) -> str:
        return self._lines.readline(*args)

    def readlines(self, *_: object) -> list[str]:
        return self._text.split("\n")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lines, name)


class _BytesAgain:
    def __init__(self, text: str) -> None:
        self._data = text.encode()

    def read(self, *_: object) -> bytes:
        return self._data

    def readline(self, *_: object) -> bytes:
        return self._data.split(b"\n")[0] + b"\n"


DIALECTS = {
    "livecodebench": Dialect(
        _livecodebench_called, _livecodebench_printing, "wrapped_function", _AllAgain,
        has_exit=True, object_to_print=True,
    ),
    "apps": Dialect(_apps_called, _apps_printing, "code", io.StringIO, has_exit=False, object_to_print=False),
}  # fmt: skip


class _Printed(io.StringIO):
    """Whatever closes it does not lose what was printed."""

    def close(self) -> None:
        pass


class _Opened(io.StringIO):
    """What `open` gives, whatever is opened: the text, to be read; what is written into it is lost."""

    def write(self, _: str) -> int:
        return 0


def printed(function: Callable[[], object], text: str, dialect: Dialect) -> str:
    """What the function prints when it is given `text`. Asking to leave is an end like any other; every other error
    goes on.

    The stdin that was there when the answer was loaded gives the same text, in its own way: answers that took it
    by name then still have it.
    """
    lines = iter(text.split("\n"))
    loaded_with: Any = sys.stdin
    loaded_with.read = lambda *_: text
    loaded_with.readlines = lambda *_: text.split("\n")
    loaded_with.readline = lambda *_: next(lines)
    out, before, opens = _Printed(), sys.stdout, builtins.open
    sys.stdin, sys.stdout = dialect.stdin(text), out
    vars(builtins)["open"] = lambda *_, **__: _Opened(text)
    try:
        function()
    except SystemExit:
        pass
    finally:
        vars(builtins)["open"] = opens
        sys.stdin, sys.stdout = loaded_with, before
    return out.getvalue()
