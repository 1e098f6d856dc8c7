"""Calls that are JSON objects with a name and arguments: one, several in a row, or an array of them.

Knows which keys hold what, in any order. Refuses to know what stands around the objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from typing import NamedTuple

from assay.formats.tools.base import Call
from assay.formats.tools.json_text import copy_value, read_string, read_text, read_whole
from assay.formats.tools.marks import BLANK, Marks, in_steps
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step


class Shape(NamedTuple):
    """Which keys of an object hold what. The first of each is the one that is written."""

    names: tuple[str, ...] = ("name",)
    arguments: tuple[str, ...] = ("arguments", "parameters")
    ids: tuple[str, ...] = ("id",)
    id_first: bool = False
    with_id: bool = False
    """An id is written where the call has one."""
    around: tuple[str, ...] = ("function",)
    """Keys whose value is the call itself, or, where that is a text, its name."""
    lists: tuple[str, ...] = ("tool_calls",)
    """Keys whose value is a list of calls: then the object is only what stands around it."""
    strict: bool = False
    """Nothing but the keys says that this is a call, so that there may be no others."""
    known: bool = False
    """Nor do the keys: only the name of a tool does."""


_HEAD = re.compile(
    in_steps(
        (
            *(r"\{", BLANK, '"', r"(\w{1,40}+)", '"', BLANK, ":", BLANK, '"', r'([^"\\\x00-\x1f]{1,200}+)', '"'),
            *(BLANK, ",", BLANK, '"', r"(\w{1,40}+)", '"', BLANK, ":", BLANK),
        ),
        r"(?P<whole>(?=\{))",
    )
)
"""How nearly every call begins."""
_ONLY_KEY = re.compile(rf'\{{{BLANK}"([^"\\\x00-\x1f]*+)"{BLANK}:')
_MOST_MEMBERS = 50
_MOST_UNUSABLE = 100
"""Values in a list: with more that are no calls it is no list of calls, and hostile text costs no more than other."""
_WORD = re.compile(r"[\w$-]++")


class _Found:
    """What an object has shown so far."""

    def __init__(self) -> None:
        self.name = ""
        self.id = ""
        self.told = False
        self.members = 0
        self.list = False
        self.early: str | None = None
        """Arguments that came before the name."""


class _Unusable(Broken):
    """Raised where a value was read to its end and is no call: whoever knows what comes next may go on."""


def read_object(source: Source, shape: Shape, *, stop: Marks | None = None) -> Step:
    """Reads the object that begins here as one call. Raises Broken where it is none."""
    found = _Found()
    yield from _read_members(source, shape, found, stop)
    if found.list and not found.told:
        return
    if not found.name:
        raise _Unusable("an object without a name for the call")
    if not found.told:
        if found.early is None:
            if found.name not in source.tools:
                raise NoCall("no call") if shape.strict else _Unusable("a call without arguments")
            source.forgive("a call without arguments")
        source.sink.open(found.name, found.id)
        source.sink.arguments.append(found.early or "{}")
    try:
        source.sink.close(source.place, found.id)
    except Broken as why:
        raise _Unusable(*why.args) from None


def _read_members(source: Source, shape: Shape, found: _Found, stop: Marks | None) -> Step:
    head = _HEAD.match(source.text, source.at)
    if head and head.lastgroup != "whole":
        head = yield from source.rest(head)
    if head and head[1] in shape.names and head[3] in shape.arguments and not found.name:
        source.at = head.end()
        _named(source, shape, found, head[2])
        if not _opened_whole(source, found):
            yield from copy_value(source, source.sink.arguments, stop=stop)
        comma = False
    elif (yield from source.peek()) == "{":
        source.at += 1
        comma = True
    else:
        raise Broken("no object where a call should be")
    while True:
        letter = source.letter() or (yield from source.skip_blank())
        if letter == "}":
            source.at += 1
            return
        if letter == ",":
            source.at += 1
            comma = True
        elif letter and comma and (letter in "\"'" or letter.isalpha()):
            found.members += 1
            if found.members > _MOST_MEMBERS:
                raise Broken(f"an object with more than {_MOST_MEMBERS} keys where a call should be")
            yield from _member(source, shape, found, stop)
            comma = False
        elif letter and letter in "\"'":
            source.forgive("a comma is missing")
            comma = True
        else:
            yield from _unclosed(source, found, letter, stop)
            return


def _unclosed(source: Source, found: _Found, letter: str, stop: Marks | None) -> Step:
    """Forgives the wrapper's missing end where what it holds is whole and `stop` is next. Where the answer is at
    its end it was cut, and who knows where."""
    whole = found.told or found.early is not None
    if not letter and not found.list:
        raise Broken("the answer ends within a call")
    if letter and not ((whole or found.list) and stop and (yield from source.stands(stop))):
        raise Broken(f"“{letter}” within a call")
    source.forgive("the call's closing brace is missing")


def _member(source: Source, shape: Shape, found: _Found, stop: Marks | None) -> Step:
    if source.text[source.at] in "\"'":
        key = yield from read_string(source)
    else:
        key = yield from source.run(_WORD)
        source.forgive("a key without quotes")
    if (yield from source.skip_blank()) != ":":
        raise Broken("a key without a value")
    source.at += 1
    letter = source.letter() or (yield from source.skip_blank())
    quoted = letter != "" and letter in "\"'"
    if not found.name and (key in shape.names or (quoted and key in shape.around)):
        _named(source, shape, found, (yield from read_string(source)))
        if found.early is not None:
            _tell(source, found)
    elif key in shape.arguments and not found.told and found.early is None:
        yield from _arguments(source, found, stop)
    elif key in shape.ids and not found.id:
        found.id = yield from _id(source, letter, stop)
    elif key in shape.around and letter == "{":
        yield from _read_members(source, shape, found, stop)
    elif key in shape.lists and letter == "[" and not found.name:
        source.at += 1
        known = len(source.sink.calls)
        yield from read_list(source, shape._replace(lists=()), stop=stop)
        if known == len(source.sink.calls):
            raise NoCall("no call")
        found.list = True
    elif shape.strict and key != "type" and not found.told and found.early is None:
        raise NoCall("an object that is no call")
    else:
        yield from copy_value(source, [], stop=stop)  # it is not wanted


def _id(source: Source, letter: str, stop: Marks | None) -> Generator[None, None, str]:
    if letter and letter in "\"'":
        return (yield from read_string(source))
    parts: list[str] = []
    yield from copy_value(source, parts, stop=stop)
    return "".join(parts)


def _named(source: Source, shape: Shape, found: _Found, name: str) -> None:
    if shape.known and name not in source.tools:
        raise NoCall("no call")
    found.name = name


def _tell(source: Source, found: _Found) -> None:
    source.sink.open(found.name, found.id)
    source.sink.arguments.append(found.early or "{}")
    found.told = True


def _arguments(source: Source, found: _Found, stop: Marks | None) -> Step:
    letter = source.letter() or (yield from source.skip_blank())
    if letter == "{" and found.name:
        if not _opened_whole(source, found):
            yield from copy_value(source, source.sink.arguments, stop=stop)
        return
    parts: list[str] = []
    if letter and letter in "\"'":
        text = yield from read_string(source)
        found.early = json.dumps(read_text(text), ensure_ascii=False) if text.strip() else "{}"
        source.forgive("the arguments are a string that holds JSON")
    else:
        yield from copy_value(source, parts, stop=stop)
        found.early = "".join(parts)
        if found.early == "null":
            source.forgive("null instead of arguments")
            found.early = "{}"
    if found.name:
        _tell(source, found)


def _opened_whole(source: Source, found: _Found) -> bool:
    """Opens the call, whose arguments are an object that begins here; whether all of it was there, and is read."""
    source.sink.open(found.name, found.id)
    found.told = True
    whole = read_whole(source)
    if whole:
        source.sink.argue_all(*whole)
    return whole is not None


def read_arguments(source: Source, name: str, id: str = "", *, stop: Marks | None = None) -> Step:
    """Reads the arguments of a call whose name came before them."""
    found = _Found()
    found.name, found.id = name, id
    letter = source.letter() or (yield from source.skip_blank())
    if letter not in ("{", '"', "'", "n"):
        raise Broken("no arguments where they should be")
    yield from _arguments(source, found, stop)
    source.sink.close(source.place)


def read_keyed(source: Source, *, stop: Marks | None = None) -> Step:
    """Reads a list of objects whose only key is the name and whose value is the arguments."""
    if (yield from source.skip_blank()) != "[":
        raise Broken("no list where the calls should be")
    source.at += 1
    while (letter := source.letter() or (yield from source.skip_blank())) != "]":
        if letter == ",":
            source.at += 1
        elif letter == "{":
            yield from read_arguments(source, (yield from _only_key(source)), stop=stop)
            source.mark()
            if (source.letter() or (yield from source.skip_blank())) == "}":
                source.at += 1
        else:
            raise Broken("something else than a call in a list of calls")
    source.at += 1


def _only_key(source: Source) -> Generator[None, None, str]:
    """The key of the object that begins here, and what follows it read over."""
    if plain := _ONLY_KEY.match(source.text, source.at):
        source.at = plain.end()
        return plain[1]
    source.at += 1
    if not (quote := (yield from source.skip_blank())) or quote not in "\"'":
        raise Broken("no name where one should be")
    name = yield from read_string(source)
    if (yield from source.skip_blank()) != ":":
        raise Broken("a name without arguments")
    source.at += 1
    return name


def read_objects(source: Source, shape: Shape, *, stop: Marks | None = None) -> Step:
    """Reads one object, several with `,`, `;` or nothing between them, or an array. What comes after is unread."""
    if (source.letter() or (yield from source.skip_blank())) == "[":
        source.at += 1
        yield from read_list(source, shape, stop=stop)
        return
    yield from read_object(source, shape, stop=stop)
    while True:
        source.mark()
        letter = source.letter() or (yield from source.skip_blank())
        if letter and letter in ",;":
            source.at += 1
            letter = source.letter() or (yield from source.skip_blank())
        if letter != "{":
            return
        yield from read_object(source, shape, stop=stop)


def read_list(source: Source, shape: Shape, *, stop: Marks | None = None) -> Step:
    """Reads a list of objects whose opening bracket was read. What is no call is text, beside others that are."""
    any_, unusable = False, 0
    while True:
        letter = source.letter() or (yield from source.skip_blank())
        if letter == "]":
            if unusable and not any_:
                raise NoCall("nothing in the list is a call")
            source.at += 1
            return
        if letter == ",":
            source.at += 1
        elif any_ and (not letter or (stop and (yield from source.stands(stop)))):
            source.forgive("the list's closing bracket is missing")
            return
        elif not letter:
            raise Broken("the answer ends within a list of calls")
        else:
            try:
                yield from _listed(source, shape, letter, stop)
                any_ = True
            except _Unusable as why:
                unusable += 1
                if shape.strict or unusable > _MOST_UNUSABLE:
                    raise
                source.give_back(why)
            source.mark()


def _listed(source: Source, shape: Shape, letter: str, stop: Marks | None) -> Step:
    """Reads what stands in a list, and begins with this letter."""
    if letter == "{":
        yield from read_object(source, shape, stop=stop)
        return
    if not shape.strict:
        yield from copy_value(source, [], stop=stop)
    raise _Unusable(f"“{letter}” in a list of calls")


def written(call: Call, shape: Shape) -> str:
    """The call as an object."""
    members: list[tuple[str, object]] = [(shape.names[0], call.name), (shape.arguments[0], call.arguments)]
    if shape.with_id and call.id:
        members.insert(0 if shape.id_first else 2, (shape.ids[0], call.id))
    return json.dumps(dict(members), ensure_ascii=False)


def written_list(calls: Sequence[Call], shape: Shape) -> str:
    return "[" + ", ".join(written(call, shape) for call in calls) + "]"


def written_arguments(call: Call) -> str:
    return json.dumps(call.arguments, ensure_ascii=False)
