"""The shape of Python sources, by their syntax alone: signatures, lengths, decisions, repetitions. Nothing is run.

What is looked at comes from a model: its size is bounded, and what cannot be parsed is said, never raised.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

LARGEST = 64 * 1024
"""Characters of all files together."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_VARIABLE = re.compile(r"((?<!func=)\bName\(id=|\barg\(arg=)'(\w+)'")
_DECISIONS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A function that must be there; annotations are free."""

    file: str
    signature: str
    """Its head without the colon: `def f(x, *, y=1)`."""
    within: str = ""
    """The class that it is a method of."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked of a shape; 0 and empty ask nothing."""

    functions: tuple[Signature, ...] = ()
    absent: dict[str, tuple[str, ...]] = {}
    """By file, names that must not stand in it any more."""
    most_lines: int = 0
    """Of a function, without blank lines, comments and its docstring."""
    most_decisions: int = 0
    """Of a function."""
    repeated: int = 0
    """So many statements must not stand in two places, inner ones counted, whatever their variables are called."""


def shape_fault(shape: Shape, files: Mapping[str, str]) -> str:
    """The first thing in which `files` are not of that shape; empty when there is none."""
    if shape == Shape():
        return ""
    sources = {path: text for path, text in files.items() if path.endswith(".py")}
    if sum(map(len, sources.values())) > LARGEST:
        return f"the files have more than {LARGEST >> 10} KiB"
    try:
        trees = {path: _parsed(path, text) for path, text in sources.items()}
        faults = (fault for look in _LOOKS for fault in look(shape, trees, sources))
        return next(faults, "")
    except ValueError as error:
        return str(error)
    except (RecursionError, MemoryError):
        return "the code is nested too deeply to look at its shape"


def read_signature(text: str) -> Function:
    """The head of a function as syntax; ValueError when it is none."""
    try:
        (head,) = ast.parse(f"{text}: ...").body
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"“{text}” is no head of a function, like def f(x, *, y=1)") from error
    if not isinstance(head, Function):
        raise ValueError(f"“{text}” is no head of a function, like def f(x, *, y=1)")
    return head


def _parsed(path: str, text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{path} cannot be parsed: {error}") from error


# --- what is looked at ------------------------------------------------------------------------------------------

_Trees = dict[str, ast.Module]
_Look = Callable[[Shape, _Trees, Mapping[str, str]], Iterator[str]]


def _functions(shape: Shape, trees: _Trees, _: Mapping[str, str]) -> Iterator[str]:
    for wanted in shape.functions:
        head = read_signature(wanted.signature)
        name = f"{wanted.within}.{head.name}" if wanted.within else head.name
        if wanted.file not in trees:
            yield f"there is no {wanted.file}"
            continue
        body: list[ast.stmt] = trees[wanted.file].body
        if wanted.within:
            classes = [node for node in body if isinstance(node, ast.ClassDef) and node.name == wanted.within]
            body = [inner for node in classes for inner in node.body]
        found = [node for node in body if isinstance(node, Function) and node.name == head.name]
        if not found:
            yield f"{wanted.file} defines no {name}"
        elif _parameters(found[-1]) != _parameters(head) or type(found[-1]) is not type(head):
            yield f"{name} in {wanted.file} is not {wanted.signature}"


def _parameters(function: Function) -> list[Any]:
    given = function.args
    groups = (given.posonlyargs, given.args, given.kwonlyargs, [given.vararg], [given.kwarg])
    names = [[one.arg for one in group if one] for group in groups]
    defaults = [ast.dump(value) if value else "" for value in (*given.defaults, *given.kw_defaults)]
    return [names, defaults]


def _absent(shape: Shape, trees: _Trees, _: Mapping[str, str]) -> Iterator[str]:
    for path, names in shape.absent.items():
        for node in ast.walk(trees[path]) if path in trees else ():
            said = {getattr(node, field, None) for field in ("id", "attr", "name", "arg", "asname")}
            for name in names:
                if name in said:
                    yield f"{name} still stands in {path}, line {getattr(node, 'lineno', '?')}"


def _lengths(shape: Shape, trees: _Trees, sources: Mapping[str, str]) -> Iterator[str]:
    for path, tree in trees.items() if shape.most_lines else ():
        lines = sources[path].split("\n")
        for function in _all_functions(tree):
            doc = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
            skipped = range(doc.lineno, (doc.end_lineno or 0) + 1) if doc else range(0)
            numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
            told = (lines[n - 1].strip() for n in numbers if n not in skipped)
            length = sum(1 for text in told if text and not text.startswith("#"))
            if length > shape.most_lines:
                yield f"{function.name} in {path} has {length} lines, more than {shape.most_lines}"


def _decisions(shape: Shape, trees: _Trees, _: Mapping[str, str]) -> Iterator[str]:
    for path, tree in trees.items() if shape.most_decisions else ():
        for function in _all_functions(tree):
            count = sum(_weight(node) for node in ast.walk(function))
            if count > shape.most_decisions:
                yield f"{function.name} in {path} decides {count} times, more than {shape.most_decisions}"


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return isinstance(node, _DECISIONS)


def _repetitions(shape: Shape, trees: _Trees, _: Mapping[str, str]) -> Iterator[str]:
    seen: dict[str, tuple[str, int, int]] = {}
    for path, tree in trees.items() if shape.repeated else ():
        for run in _runs(tree, shape.repeated):
            first, last = run[0].lineno, run[-1].end_lineno or run[-1].lineno
            other = seen.setdefault(_nameless(run), (path, first, last))
            if other[0] != path or first > other[2]:
                yield f"{other[0]}, line {other[1]}, and {path}, line {first}, say the same"


_LOOKS: tuple[_Look, ...] = (_functions, _absent, _lengths, _decisions, _repetitions)


# --- syntax -----------------------------------------------------------------------------------------------------


def _all_functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _runs(tree: ast.Module, fewest: int) -> Iterator[list[ast.stmt]]:
    """From each statement on, the shortest run in its block that holds so many."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            for start in range(len(block)):
                run: list[ast.stmt] = []
                count = 0
                for statement in block[start:]:
                    run.append(statement)
                    count += sum(isinstance(inner, ast.stmt) for inner in ast.walk(statement))
                    if count >= fewest:
                        yield run
                        break


def _nameless(run: list[ast.stmt]) -> str:
    """The run as text in which a variable is told by when it first came up; what is called keeps its name."""
    numbers: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return found[1] + numbers.setdefault(found[2], f"#{len(numbers)}")

    return _VARIABLE.sub(numbered, " ".join(map(ast.dump, run)))
