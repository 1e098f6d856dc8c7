"""Dialects whose calls are Python calls: bare lists, and lists or lines behind a marker."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from assay.formats.tools.base import Call, Carries, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.python_text import KEY, NAME, literal, read_call
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step

_CARRIES = Carries(types="python", limits=("names that are no Python names",))


def _list(source: Source) -> Step:
    """The calls of a list whose bracket was read."""
    first = True
    while True:
        letter = yield from source.skip_blank()
        if letter == "]" and not first:
            source.at += 1
            source.mark()
            return
        if letter == "," and not first:
            source.at += 1
        elif letter:
            try:
                yield from read_call(source)
            except NoCall as none:
                if first:
                    raise
                raise Broken("a list of calls that goes on with something else") from none
            first = False
        elif first:
            raise NoCall("no call")
        else:
            source.forgive("the list's closing bracket is missing")
            return


def _block(*ends: str) -> Reader:
    """A list, or calls one after another, up to an end marker."""
    marks = Marks(*ends)

    def read(source: Source) -> Step:
        any_ = False
        while not (yield from _over(source, marks)):
            letter = source.text[source.at : source.at + 1]
            if letter == "[" and not any_:
                source.at += 1
                yield from _list(source)
            elif letter and letter in ",;" and any_:
                source.at += 1
            elif letter:
                yield from read_call(source)
            elif any_:
                source.forgive(f"{ends[0]} is missing")
                return
            else:
                raise Broken("the answer ends before a call")
            any_ = True

    return read


def _over(source: Source, marks: Marks) -> Generator[None, None, str]:
    yield from source.skip_blank()
    return (yield from source.accept(marks))


def _write(before: str, after: str, between: str = ", ") -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        return before + between.join(map(_written, calls)) + after

    return write


def _written(call: Call) -> str:
    if not NAME.fullmatch(call.name):
        raise Unrepresentable(f"{call.name!r} is no name of a Python function")
    for key in call.arguments:
        if not KEY.fullmatch(key):
            raise Unrepresentable(f"{key!r} is no name of a Python argument")
    return f"{call.name}({', '.join(f'{key}={literal(value)}' for key, value in call.arguments.items())})"


PYTHONIC = Dialect(
    name="pythonic",
    summary="[f(a=1, b='x'), g()]",
    grammar=marked({"[": _list}, THINK),
    writer=_write("[", "]"),
    carries=_CARRIES,
)
