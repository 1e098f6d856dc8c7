"""Python, by the parser that Python itself has. Annotations say nothing of a shape."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from assay.formats.shapes.source import Function, Head, Part, Run, Source, Words

_Def = ast.FunctionDef | ast.AsyncFunctionDef
_VARIABLE = re.compile(r"((?<!func=)\bName\(id=|\barg\(arg=)'(\w+)'")
_RUN_TEXT = frozenset(["exec", "eval", "exec_module", "run_path", "run_module", "FunctionType", "CodeType"])
_RUN_BY_NAME = _RUN_TEXT | {"compile", "__import__", "__builtins__"}
_RUN_BY_ATTRIBUTE = _RUN_TEXT | {"import_module", "__builtins__", "__globals__", "__subclasses__", "__code__"}
_HOLDERS = frozenset(["builtins", "marshal", "runpy", "code"])
"""Modules of which nobody can tell what is taken by a name that is made up as the program runs."""
_DECISIONS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


class _PythonReader:
    suffixes = (".py",)
    words = Words(
        free="; annotations are free",
        uncounted="blank lines, comments and its docstring",
        decisions=(
            "`if`, `elif`, `for`, `while`, `except`, `case`, `and`, `or`, a conditional expression, "
            "each `for` and `if` of a comprehension"
        ),
        head="def f(x, *, y=1)",
    )

    def read(self, path: str, text: str) -> Source:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _PythonSource(ast.parse(text), text)
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"{path} cannot be parsed: {error}") from error

    def read_head(self, text: str, within: str) -> Head:
        fault = f"“{text}” is no head of a function, like {self.words.head}"
        try:
            (head,) = ast.parse(f"{text}: ...").body
        except (SyntaxError, ValueError) as error:
            raise ValueError(fault) from error
        if not isinstance(head, _Def):
            raise ValueError(fault)
        return _head(head, within)

    def home(self, path: str) -> str:
        return ""


PYTHON = _PythonReader()


class _PythonSource:
    def __init__(self, tree: ast.Module, text: str) -> None:
        self._tree = tree
        self._text = text

    def functions(self) -> Iterator[Function]:
        lines = self._text.split("\n")
        for node in ast.walk(self._tree):
            if isinstance(node, _Def):
                decisions = sum(_weight(inner) for inner in ast.walk(node))
                yield Function(name=node.name, lines=_length(node, lines), decisions=decisions)

    def decisions_outside(self) -> int:
        return sum(map(_weight, _outside(self._tree)))

    def heads(self) -> Iterator[Head]:
        blocks = [("", self._tree.body)]
        blocks += [(node.name, node.body) for node in self._tree.body if isinstance(node, ast.ClassDef)]
        last = {(node.name, within): node for within, body in blocks for node in body if isinstance(node, _Def)}
        return (_head(node, within) for (_, within), node in last.items())

    def names(self) -> Iterator[tuple[str, int]]:
        for node in ast.walk(self._tree):
            for field in ("id", "attr", "name", "arg", "asname"):
                said = getattr(node, field, None)
                if isinstance(said, str):
                    yield said, getattr(node, "lineno", 0)

    def hidden(self) -> Iterator[tuple[str, int]]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Name) and node.id in _RUN_BY_NAME:
                yield node.id, node.lineno
            elif isinstance(node, ast.Attribute) and node.attr in _RUN_BY_ATTRIBUTE:
                yield node.attr, node.lineno
            elif isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names if alias.name in _HOLDERS)
            elif isinstance(node, ast.ImportFrom):
                names = [str(node.module), *(alias.name for alias in node.names)]
                yield from ((name, node.lineno) for name in names if name in _HOLDERS | _RUN_BY_ATTRIBUTE)
            elif isinstance(node, ast.Constant) and node.value == "builtins":
                yield "builtins", node.lineno

    def runs(self, fewest: int) -> Iterator[Run]:
        for block in self._blocks():
            for start in range(len(block)):
                count = 0
                for stop, statement in enumerate(block[start:], start + 1):
                    count += sum(isinstance(inner, ast.stmt) for inner in ast.walk(statement))
                    if count >= fewest:
                        yield _run(block[start:stop])
                        break

    def _blocks(self) -> Iterator[list[ast.stmt]]:
        for node in ast.walk(self._tree):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(node, field, None)
                if isinstance(block, list):
                    yield block


def _head(function: _Def, within: str) -> Head:
    given = function.args
    groups = (given.posonlyargs, given.args, given.kwonlyargs, [given.vararg], [given.kwarg])
    names = [[one.arg for one in group if one] for group in groups]
    defaults = [ast.dump(value) if value else "" for value in (*given.defaults, *given.kw_defaults)]
    parts = (Part(type(function).__name__), Part(f"{names} {defaults}"))
    return Head(name=function.name, within=within, parts=parts)


def _length(function: _Def, lines: list[str]) -> int:
    doc = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    skipped = range(doc.lineno, (doc.end_lineno or 0) + 1) if doc else range(0)
    numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    told = (lines[n - 1].strip() for n in numbers if n not in skipped)
    return sum(1 for text in told if text and not text.startswith("#"))


def _outside(tree: ast.AST) -> Iterator[ast.AST]:
    """What stands in no function."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        left += [inner for inner in ast.iter_child_nodes(node) if not isinstance(inner, _Def)]


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return isinstance(node, _DECISIONS)


def _run(statements: list[ast.stmt]) -> Run:
    first, last = statements[0], statements[-1]
    return Run(key=_nameless(statements), line=first.lineno, first=first.lineno, last=last.end_lineno or last.lineno)


def _nameless(run: list[ast.stmt]) -> str:
    """The run as text in which a variable is told by when it first came up; what is called keeps its name."""
    numbers: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return found[1] + numbers.setdefault(found[2], f"#{len(numbers)}")

    return _VARIABLE.sub(numbered, " ".join(map(ast.dump, run)))
