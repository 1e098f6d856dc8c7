"""Dialects that write a call as an element with one element for each argument, as in XML.

Knows the tags of each, and how a value's type is told. Text between the tags of an argument is taken as it is, unless
a dialect has XML's escapes as well.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, Thinking, marked
from assay.formats.tools.marks import BLANK, Marks, in_steps, letters
from assay.formats.tools.objects import Shape, read_arguments, read_objects
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, json_or_text, marked_json, property_schema, raw, typed


class Tags(NamedTuple):
    """How the elements are read and written. In the forms, `{…}` stands for what is put there."""

    call: str
    """How a call begins, up to its name."""
    call_ends: tuple[str, ...]
    argument: str
    """How an argument begins, up to its key."""
    argument_ends: tuple[str, ...]
    """What ends a value and is read over."""
    call_form: str
    argument_form: str
    blocks: Mapping[str, str] = MappingProxyType({})
    """Start → end of what stands around calls."""
    preamble: str = ""
    """What may stand first in a block, with the name once more behind it."""
    begun: str = ""
    """The end of that, where the prompt has begun a call."""
    name_end: str = ">"
    """What ends the name."""
    key_end: str = ">"
    """What ends the key; the value is next."""
    open_ends: tuple[str, ...] = ()
    """What ends a value whose own end is missing."""
    trims: bool = False
    """A line break after the opening tag and one before the closing tag are layout."""
    cdata: bool = False
    """With XML's escapes."""
    once: bool = False
    """What has an argument twice is no call, as engines have it."""
    json: bool = False
    """A block may hold JSON in place of elements."""
    noise: str = ""
    """What may stand in a name and is no part of it."""
    block_form: str = "{calls}"
    outer_form: str = "{blocks}"
    together: bool = False
    """All calls are written into one block."""
    between: str = "\n"
    """What is written between calls that are not."""


class _Kit(NamedTuple):
    """The markers of some tags, ready to be looked for."""

    tags: Tags
    typing: str
    call: Marks
    name_end: Marks
    key_end: Marks
    call_ends: Marks
    inner: Marks
    """What may stand in a call."""
    value_ends: Marks
    followed: dict[str, re.Pattern[str]]
    """Ends of blocks, which may as well be text of a value: with another block behind them they are none."""
    whole: re.Pattern[str]
    """An argument's opening tag and, where it is there and has no tag in it, the value."""
    others: Marks
    """What shows that a call whose end is missing is over."""


_NAME = re.compile(r"[^\n<>{}\"]{1,200}")
_CDATA, _CDATA_END = Marks("<![CDATA["), Marks("]]>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_WRAPPERS = frozenset({"arguments", "input", "parameters", "properties"})
_USUAL = re.compile(r' name="([^"]*+)"(?: string="(true|false)")?')
"""How nearly every tag with attributes goes on."""
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def elements(
    name: str,
    tags: Tags,
    *,
    summary: str,
    typing: Literal["schema", "marked"] = "schema",
    thinking: Thinking | None = THINK,
    silent: tuple[str, ...] = (),
    others: Mapping[str, Reader] = {},
    first: Reader | None = None,
) -> Dialect:
    """A dialect with these tags; `others` and `first` read what else may stand around them."""
    kit = _Kit(
        tags,
        typing,
        Marks(tags.call),
        Marks(tags.name_end, *filter(None, [tags.noise])),
        Marks(tags.key_end),
        Marks(*tags.call_ends),
        Marks(tags.argument, *tags.call_ends),
        Marks(*tags.argument_ends, *tags.open_ends, *tags.blocks.values()),
        {
            end: re.compile(in_steps((*letters(end), BLANK, *letters(start)), "(?P<whole>)"))
            for start, end in tags.blocks.items()
        },
        re.compile(
            in_steps(
                (BLANK, *letters(tags.argument), f"([^{tags.key_end[0]}]{{0,200}}+)", *letters(tags.key_end)),
                f"(?:([^<]*+){re.escape(tags.argument_ends[0])})?(?P<whole>)",
            )
        ),
        Marks(tags.call, *tags.blocks, *tags.blocks.values()),
    )
    readers: dict[str, Reader] = {start: _block(kit, Marks(end)) for start, end in tags.blocks.items()}
    readers[tags.call] = _bare(kit)
    if tags.begun:
        first = _first(kit, Marks(tags.begun))
    return Dialect(
        name=name,
        summary=summary,
        grammar=marked({**readers, **others}, thinking, silent=silent, first=first),
        writer=_writer(tags),
        carries=Carries(types=typing, limits=(f"a text that holds {_unsayable(tags)}",)),
    )


def _unsayable(tags: Tags) -> str:
    ends = " or ".join((*tags.argument_ends, *tags.open_ends))
    return f"both {ends} and ]]>" if tags.cdata else ends


def _block(kit: _Kit, end: Marks) -> Reader:
    preamble = Marks(kit.tags.preamble) if kit.tags.preamble else None

    def read(source: Source) -> Step:
        any_ = False
        _refuse_talk(source)
        if preamble and (yield from source.reach(preamble)):
            _, word = yield from source.take_name(kit.call)
            source.at -= len(word)
        while True:
            if any_ and source.over(end):
                return
            if source.over(kit.call) or (yield from source.reach(kit.call)):
                yield from _call(source, kit)
                source.mark()
                any_ = True
            elif kit.tags.json and not any_ and (yield from source.peek()) == "{":
                yield from read_objects(source, Shape(), stop=end)
                source.forgive("JSON in place of elements")
                any_ = True
            elif not any_:
                raise Broken("no call where one should be")
            elif (yield from source.accept(end)):
                return
            else:
                source.forgive(f"{end.words[0]} is missing")
                return

    return read


def _first(kit: _Kit, begun: Marks) -> Reader:
    """A call that the prompt has begun."""

    def read(source: Source) -> Step:
        if not (yield from source.accept(begun)):
            raise NoCall("no call")
        yield from _call(source, kit)
        source.unmark()

    return read


def _refuse_talk(source: Source) -> None:
    if source.only_talk:
        raise NoCall("only talk of a call")


def _bare(kit: _Kit) -> Reader:
    """A call outside of a block, which models now and then forget to open."""
    ends = Marks(*kit.tags.blocks.values()) if kit.tags.blocks else None

    def read(source: Source) -> Step:
        _refuse_talk(source)
        yield from _call(source, kit)
        source.unmark()
        if ends:
            source.forgive("the call's block was not opened")
            yield from source.skip_blank()
            yield from source.accept(ends)

    return read


def _call(source: Source, kit: _Kit) -> Step:
    header, end = source.name(kit.name_end) or (yield from source.take_name(kit.name_end))
    while end == kit.tags.noise and not (yield from source.stands(kit.inner)):
        more, end = yield from source.take_name(kit.name_end)
        header += more
    if end == kit.tags.noise:
        source.forgive(f"{end} in place of a tag's end")
        header += '"'
    closed = header.endswith("/") and "=" in header
    name, _ = _named(header.removesuffix("/") if closed else header)
    if not _NAME.fullmatch(name):
        raise Broken("a name that is none")
    name = _own(source, name)
    if not closed and (source.letter() or (yield from source.skip_blank())) == "{":
        yield from read_arguments(source, name, stop=kit.call_ends)
        yield from source.skip_blank()
        yield from source.accept(kit.call_ends)
        return
    parameters = source.schema(name)
    source.sink.open(name)
    while not closed:
        argument = kit.whole.match(source.text, source.at)
        if argument and argument.lastgroup != "whole":
            argument = yield from source.rest(argument)
        if argument:
            source.at = argument.end()
            text = argument[2]
            text = _meant(kit, text) if text is not None else (yield from _text(source, kit))
            _put(source, kit, parameters, _keyed(argument[1]), text)
            continue
        if source.over(kit.call_ends):
            break
        word = yield from source.reach(kit.inner)
        if word == kit.tags.argument:
            header, _ = source.name(kit.key_end) or (yield from source.take_name(kit.key_end))
            _put(source, kit, parameters, _keyed(header), (yield from _text(source, kit)))
        elif word:
            break
        elif ((kit.tags.open_ends or source.answered(name)) and source.cut(kit.call_ends)) or (
            yield from source.stands(kit.others)
        ):
            source.forgive(f"{kit.call_ends.words[0]} is missing")
            break
        else:
            raise Broken("no end of a call, and no argument")
    source.sink.end(source.place)


def _own(source: Source, name: str) -> str:
    """A tool without a namespace is at times called as one in a namespace of its own name."""
    half, _, other = name.partition(".")
    return half if half == other and half in source.tools and name not in source.tools else name


def _named(header: str) -> tuple[str, dict[str, str]]:
    """The name in an opening tag, quoted or not, as the value of `name` or by itself; and all attributes."""
    if "\u0120" in header:  # a space, as a tokenizer spells it
        header = header.replace("\u0120", " ")
    if "=" not in header:
        return header.strip().strip("\"' "), {}
    if usual := _USUAL.fullmatch(header):
        return usual[1], {"string": usual[2]} if usual[2] else {}
    attributes = {key: double or single or bare for key, double, single, bare in _ATTRIBUTE.findall(header)}
    if "name" in attributes:
        return attributes["name"], attributes
    return header.strip().strip("\"'= "), attributes


def _keyed(header: str) -> tuple[str, dict[str, str]]:
    """The key in an argument's opening tag, and all attributes."""
    key, attributes = _named(header)
    if not key:
        raise Broken("an argument without a name")
    return key, attributes


def _put(source: Source, kit: _Kit, parameters: dict[str, Any], keyed: tuple[str, dict[str, str]], text: str) -> None:
    key, attributes = keyed
    if key in source.sink.values:
        if kit.tags.once:
            raise Broken("an argument twice")
        source.forgive("an argument twice: the last one holds")
    if key in _WRAPPERS and _unwrapped(source, parameters, key, text):
        return
    source.sink.put(key, _value(source, kit, parameters, key, text, attributes))


def _unwrapped(source: Source, parameters: dict[str, Any], key: str, text: str) -> bool:
    """Puts all arguments at once, where a model put them into one that the tool has not."""
    properties = parameters.get("properties")
    if not isinstance(properties, dict) or not properties or key in properties:
        return False
    inner = json_or_text(text)
    if not isinstance(inner, dict) or not inner or not inner.keys() <= properties.keys():
        return False
    source.forgive(f"all arguments within one called “{key}”")
    for each, value in inner.items():
        source.sink.put(each, value)
    return True


def _text(source: Source, kit: _Kit) -> Generator[None, None, str]:
    verbatim = ""
    if kit.tags.cdata and (yield from source.accept(_CDATA)):
        while True:
            part, word = yield from source.take_until(_CDATA_END)
            verbatim += part
            if not word:
                raise Broken("the answer ends within an argument")
            if not (yield from source.accept(_CDATA)):
                break
    parts: list[str] = []
    while True:
        part, word = yield from source.take_until(kit.value_ends)
        parts.append(part)
        if not word:
            raise Broken("the answer ends within an argument")
        if word in kit.tags.argument_ends:
            break
        source.at -= len(word)
        if word in kit.tags.open_ends or (yield from source.closes(word, kit.followed[word])):
            source.forgive(f"{kit.tags.argument_ends[0]} is missing")
            break
        source.at += len(word)
        parts.append(word)
    return verbatim + _meant(kit, "".join(parts))


def _meant(kit: _Kit, text: str) -> str:
    """What is meant by the text between an argument's tags."""
    if kit.tags.trims:
        text = text.removeprefix("\n").removesuffix("\n")
    return _ENTITY.sub(_unescaped, text) if kit.tags.cdata else text


def _unescaped(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _value(
    source: Source, kit: _Kit, parameters: dict[str, Any], key: str, text: str, attributes: dict[str, str]
) -> Any:
    types = allowed_types(property_schema(parameters, key), parameters)
    is_text = attributes.get("string")
    if is_text == "false":
        return marked_json(text, source.forgive)
    if is_text is None and kit.typing == "marked" and not types:
        return json_or_text(text)
    if is_text == "true" and types and "string" not in types:
        source.forgive("a text by its mark, something else by the schema")
    return typed(text, types, source.forgive)


def _writer(tags: Tags) -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        parts = [_written(call, tags) for call in calls]
        if tags.together:
            parts = ["\n".join(parts)]
        return tags.outer_form.format(blocks=tags.between.join(tags.block_form.format(calls=part) for part in parts))

    return write


def _said(value: Any, tags: Tags) -> str:
    text = raw(value)
    return f"<![CDATA[{text}]]>" if tags.cdata and ("</" in text or "<!" in text or "&" in text) else text


def _written(call: Call, tags: Tags) -> str:
    arguments = "".join(
        tags.argument_form.format(key=key, value=_said(value, tags), string=json.dumps(isinstance(value, str)))
        for key, value in call.arguments.items()
    )
    return tags.call_form.format(name=call.name, arguments=arguments)
