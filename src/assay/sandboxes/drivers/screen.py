"""Which means an answer's code names, read off its compiled form before any of it runs.

Code that names nothing but functions of its own, plain builtins, methods of plain types and functions of the
libraries that answers use has no way to the test beside it: it can build no object that lies about itself,
reach no frame and no module's inside. Everything else is a finding: a name of its own does not make the attribute
of that name plain. A finding is no proof of anything: it says that a verdict reached in the answer's own process
should be checked from outside.
"""

from __future__ import annotations

import builtins
import collections
import dis
import importlib
import itertools
import re
import sys
import types
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain

_LIBRARIES = (
    "array", "bisect", "calendar", "cmath", "collections", "copy", "datetime", "decimal", "fractions", "functools",
    "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "statistics", "string",
    "textwrap", "time", "typing",
)  # fmt: skip
"""Not `random`: an answer that seeds it chooses what the tests draw."""
_TYPES: tuple[type, ...] = (
    str, bytes, bytearray, int, float, complex, list, tuple, dict, set, frozenset, range, slice,
    re.Pattern, re.Match, collections.deque, collections.Counter, collections.OrderedDict,
    collections.defaultdict, Fraction, Decimal, itertools.chain, date, datetime, timedelta,
)  # fmt: skip
_NOT_PLAIN = frozenset(
    [
        "getattr", "setattr", "delattr", "eval", "exec", "open", "globals", "locals", "vars", "type",
        "object", "super", "memoryview", "classmethod", "staticmethod", "property", "exit", "quit", "breakpoint",
        "attrgetter", "methodcaller", "update_wrapper", "wraps", "cached_property", "singledispatch",
        "singledispatchmethod", "total_ordering", "partialmethod", "get_type_hints", "ForwardRef", "Formatter",
        "SystemExit", "BaseException", "Type", "get_origin", "format_map",
    ]
)  # fmt: skip
"""Public names that make classes (`get_origin(Type)` is `type`), run text as code, or reach attributes by name."""
_REACHING_FIELD = re.compile(r"\{[^{}:!]*[.\[]")
"""A replacement field that takes something out of what is formatted: `{0.gi_frame}`."""
_REFLECTIVE: tuple[type, ...] = (
    types.FrameType, types.CodeType, types.TracebackType, types.GeneratorType, types.CoroutineType,
)  # fmt: skip
_OWN = frozenset(["_", "__", "__name__"])

_STORES = frozenset(dis.opmap[name] for name in ("STORE_NAME", "STORE_GLOBAL", "DELETE_NAME", "DELETE_GLOBAL"))
_ATTRIBUTE_STORES = frozenset(dis.opmap[name] for name in ("STORE_ATTR", "DELETE_ATTR"))
_EXTENDED, _CONSTANT, _PATTERN = (dis.opmap[name] for name in ("EXTENDED_ARG", "LOAD_CONST", "MATCH_CLASS"))
_OF_OTHERS = frozenset(
    dis.opmap[name]
    for name in ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR", "IMPORT_NAME", "IMPORT_FROM")
    if name in dis.opmap
)


@cache
def _plain() -> frozenset[str]:
    names = {*dir(builtins), *_LIBRARIES, "args"}
    for kind in _TYPES:
        names |= set(dir(kind))
    for library in _LIBRARIES:
        module = importlib.import_module(library)
        public = getattr(module, "__all__", None) or vars(module)
        names |= {name for name in public if not isinstance(getattr(module, name, None), types.ModuleType)}
    return frozenset(name for name in names if not name.startswith("_")) - _NOT_PLAIN


@cache
def _denied() -> frozenset[str]:
    """Names that are findings even where the answer has something of its own by that name."""
    reflective = {name for kind in _REFLECTIVE for name in dir(kind)} - _plain()
    private = {name for module in list(sys.modules.values()) for name in dir(module) if name.startswith("_")}
    return frozenset(reflective | private | (sys.stdlib_module_names - set(_LIBRARIES)) | _NOT_PLAIN) - _OWN


def prepare() -> None:
    """Fills the tables, for whoever forks afterwards."""
    _plain()
    _denied()


def findings(code: types.CodeType, *, tests_from: int, expected: frozenset[str]) -> list[str]:
    """What the answer's part of a program names beyond plain means, and which names that the tests use it
    makes its own. The tests begin at line `tests_from`; `expected` are names that it is asked for, and where
    none are given all that are no builtins."""
    named: set[str] = set()
    stored: set[str] = set()
    wanted: set[str] = set()
    matched: set[str] = set()
    found: set[str] = set()
    pieces: list[types.CodeType] = []
    for part, stores in _parts(code, tests_from):
        for opcode, argument in stores:
            if opcode in _STORES:
                stored.add(part.co_names[argument])
            else:
                found.add(f"sets .{part.co_names[argument]}")
        if part.co_firstlineno < tests_from:
            pieces.append(part)
            matched.update(_matched(part))
            if part is not code and any(line is not None and line >= tests_from for *_, line in part.co_lines()):
                found.add("begins what the tests go on with")  # a decorator with nothing to decorate, say
        if part is code:
            ours_here, theirs_here = _module_names(part, tests_from)
            named |= ours_here
            wanted |= theirs_here
        elif part.co_firstlineno < tests_from:
            named |= set(part.co_names)
        else:
            wanted |= set(part.co_names)
    plain, denied = _plain(), _denied()
    for name in named - _OWN:
        if name.startswith("__") or name in denied or (name not in plain and name not in stored):
            found.add(name)
    found |= {name for name in matched if name in denied or name not in plain}
    taken = (named & stored) - plain - expected | (named & {"format"})
    if taken:
        found |= {name for part in pieces for name in _taken(part, tests_from, taken)}
    found |= {f"redefines {name}" for name in (stored & wanted) - (expected or wanted - set(dir(builtins)))}
    return sorted(found)[:40]


def _parts(code: types.CodeType, tests_from: int) -> Iterator[tuple[types.CodeType, list[tuple[int, int]]]]:
    """Every piece of code in it, with the answer's instructions in it that store anything."""
    waiting = [code]
    while waiting:
        part = waiting.pop()
        waiting += [inner for inner in part.co_consts if isinstance(inner, types.CodeType)]
        units = part.co_code
        operations = units[::2]
        stores: list[tuple[int, int]] = []
        if any(opcode in operations for opcode in (*_STORES, *_ATTRIBUTE_STORES)):
            high = 0
            for at in chain.from_iterable(stretch for stretch, ours in _stretches(part, tests_from) if ours):
                opcode, argument = units[at], high | units[at + 1]
                high = argument << 8 if opcode == _EXTENDED else 0
                if opcode in _STORES or opcode in _ATTRIBUTE_STORES:
                    stores.append((opcode, argument))
        yield part, stores


def _taken(part: types.CodeType, tests_from: int, names: set[str]) -> Iterator[str]:
    """Which of the names it takes from something else, as attributes or imports; `format` only where the text
    that is formatted is not there to be seen, or reaches into what it is given."""
    units, high, text, begins = part.co_code, 0, None, 0
    if names.isdisjoint(part.co_names) or _OF_OTHERS.isdisjoint(units[::2]):
        return
    for at in chain.from_iterable(stretch for stretch, ours in _stretches(part, tests_from) if ours):
        opcode, argument = units[at], high | units[at + 1]
        if not high:
            begins = at
        high = argument << 8 if opcode == _EXTENDED else 0
        if high:
            continue
        if opcode in _OF_OTHERS:
            name = part.co_names[argument >> _NAMING[opcode]]
            if name in names and not (name == "format" and _harmless(text) and begins not in _labels(units)):
                yield name
        text = part.co_consts[argument] if opcode == _CONSTANT else None


def _matched(part: types.CodeType) -> Iterator[str]:
    """What patterns take from what they match: `case int(__class__=kind)` has its name in a constant alone."""
    if _PATTERN not in part.co_code[::2]:
        return
    high, names = 0, ()
    for opcode, low in zip(part.co_code[::2], part.co_code[1::2], strict=True):
        argument = high | low
        high = argument << 8 if opcode == _EXTENDED else 0
        if opcode == _CONSTANT:
            names = part.co_consts[argument]
        elif opcode == _PATTERN:
            yield from names


def _labels(units: bytes) -> list[int]:
    """Where jumps lead to: what stands before such a place is not all that can have come before."""
    return dis.findlabels(units)  # type: ignore[arg-type]  # it takes bytes, whatever the stubs say


def _harmless(text: object) -> bool:
    return isinstance(text, str) and not _REACHING_FIELD.search(text)


def _stretches(part: types.CodeType, tests_from: int) -> list[tuple[range, bool]]:
    """Where its instructions stand, in stretches, and whether these are the answer's: by their lines, since what deals
    with errors may be put at the end, behind the tests, whoever wrote it."""
    found: list[tuple[range, bool]] = []
    begins, ends, ours = 0, len(part.co_code), part.co_firstlineno < tests_from
    for start, _, line in part.co_lines() if ours else ():
        if line is not None and (line < tests_from) is not ours:
            found.append((range(begins, start, 2), ours))
            begins, ours = start, not ours
    found.append((range(begins, ends, 2), ours))
    return found


def _module_names(code: types.CodeType, tests_from: int) -> tuple[set[str], set[str]]:
    """The names in a module's own statements: the answer's, and the tests'."""
    ours: set[str] = set()
    theirs: set[str] = set()
    units, high = code.co_code, 0
    for stretch, mine in _stretches(code, tests_from):
        names = ours if mine else theirs
        for at in stretch:
            opcode, argument = units[at], high | units[at + 1]
            high = argument << 8 if opcode == _EXTENDED else 0
            if opcode in _NAMING:
                index = argument >> _NAMING[opcode]
                if index < len(code.co_names):
                    names.add(code.co_names[index])
    return ours, theirs


def _naming() -> dict[int, int]:
    """Instructions that refer to a name, and by how many bits their argument is shifted."""
    shifts = {"LOAD_GLOBAL": 1, "LOAD_ATTR": 1 if sys.version_info >= (3, 12) else 0, "LOAD_SUPER_ATTR": 2}
    return {opcode: shifts.get(dis.opname[opcode], 0) for opcode in dis.hasname}


_NAMING = _naming()
