"""What a Python module's docstrings say, and whether they are all that changed: by syntax alone, nothing is run."""

from __future__ import annotations

import ast
import doctest
import warnings

LARGEST = 64 * 1024
"""Characters of a module."""

_Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Module:
    """One module's text; ValueError when it cannot be looked at."""

    def __init__(self, text: str) -> None:
        if len(text) > LARGEST:
            raise ValueError(f"it has more than {LARGEST >> 10} KiB")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
            self.docs = _docs(tree)
            """Docstrings by name: `f`, `Class`, `Class.method`; empty where there is none."""
            _strip(tree)
            self.code = ast.dump(tree)
            """The same for modules that differ in docstrings, comments and layout alone."""
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"it cannot be parsed: {error}") from error
        except (RecursionError, MemoryError) as error:
            raise ValueError("it is nested too deeply to be looked at") from error


def public_names(module: Module) -> list[str]:
    """Functions and classes at the top level that are no one's secret."""
    return [name for name in module.docs if not name.startswith("_") and "." not in name]


def has_example(docstring: str, name: str) -> bool:
    """Whether one of the examples in `docstring` calls `name`; ValueError when they are no examples."""
    wanted = name.rpartition(".")[2]
    for example in doctest.DocTestParser().get_examples(docstring):
        try:
            tree = ast.parse(example.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # an example may show what a syntax error looks like
        called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        if any(wanted in (getattr(what, "id", ""), getattr(what, "attr", "")) for what in called):
            return True
    return False


def _docs(tree: ast.Module) -> dict[str, str]:
    found: dict[str, str] = {}
    waiting = [("", node) for node in tree.body]
    while waiting:
        within, node = waiting.pop(0)
        if isinstance(node, _Documented):
            found[within + node.name] = (ast.get_docstring(node) or "").strip()
            if isinstance(node, ast.ClassDef) and not within:
                waiting = [(f"{node.name}.", inner) for inner in node.body] + waiting
    return found


def _strip(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | _Documented) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
