"""What a Python module's docstrings say, and whether they are all that changed: by Python's own syntax."""

from __future__ import annotations

import ast
import doctest
import warnings
from collections.abc import Mapping, Sequence

from assay.formats.documented.base import LARGEST, Documented, Example

_Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def reader(_: str) -> PythonReader:
    """The one of Python."""
    return PythonReader()


class PythonReader:
    """Modules whose docstrings hold examples in the form of `doctest`."""

    def files(self, entry: str) -> tuple[str, ...]:
        return (entry,)

    def read(self, text: str) -> Documented:
        """Public are functions and classes at the top level that are no one's secret."""
        if len(text) > LARGEST:
            raise ValueError(f"it has more than {LARGEST >> 10} KiB")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
            docs = _docs(tree)
            _strip(tree)
            public = tuple(name for name in docs if not name.startswith("_") and "." not in name)
            return Documented(code=ast.dump(tree), docs=docs, public=public)
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"it cannot be parsed: {error}") from error
        except (RecursionError, MemoryError) as error:
            raise ValueError("it is nested too deeply to be looked at") from error

    def examples(self, answer: Mapping[str, str], entry: str, names: Sequence[str]) -> dict[str, tuple[Example, ...]]:
        """Each docstring is one example, as `doctest` takes it."""
        docs = self.read(answer[entry]).docs
        for name in names:
            if not has_example(docs.get(name, ""), name):
                raise ValueError(f"the docstring of {name} holds no example (>>>) that calls it")
        return {name: (Example(docs[name]),) for name in names}


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
    waiting: list[tuple[str, ast.AST]] = [("", node) for node in tree.body]
    while waiting:
        within, node = waiting.pop(0)
        if isinstance(node, _Defined):
            found[within + node.name] = (ast.get_docstring(node) or "").strip()
            if isinstance(node, ast.ClassDef) and not within:
                waiting = [(f"{node.name}.", inner) for inner in node.body] + waiting
    return found


def _strip(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | _Defined) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
