"""MiniMax M3: arguments are elements named after their keys, nested as the value is.

Knows the prefix of every tag, and how elements become lists and objects. A leaf is typed by the schema.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import Any

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import Thinking, marked
from assay.formats.tools.marks import BLANK, Marks, in_steps, letters
from assay.formats.tools.named_json import is_name
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, choices, property_schema, raw, resolved, typed

_PREFIX = "]<]minimax[>["
_TAG = Marks(_PREFIX)
_TAG_END = Marks(">")
_TO_TAG = (*letters(f"{_PREFIX}<"), "([^>]{0,200}+)", ">")
_TAG_NEXT = re.compile(in_steps((BLANK, *_TO_TAG), "(?P<whole>)"))
_TEXT_AND_TAG = re.compile(in_steps((r"([^\]]{0,100}+)", *_TO_TAG), "(?P<whole>)"))
"""A short text, and the tag behind it."""
_BLOCK, _INVOKE = f"{_PREFIX}<tool_call>", f"{_PREFIX}<invoke"
_DEEPEST = 50
_ITEM = "item"


def _block(source: Source) -> Step:
    any_ = False
    while (tag := (yield from _tag(source))) != "/tool_call":
        if not tag.startswith("invoke"):
            raise Broken("no call where one should be")
        yield from _call(source, tag.removeprefix("invoke"))
        source.mark()
        any_ = True
        if (yield from source.skip_blank()) != _PREFIX[0]:
            source.forgive("the end of the calls is missing")
            return
    if not any_:
        raise Broken("no call")


def _bare(source: Source) -> Step:
    header, _ = yield from source.take_name(_TAG_END)
    yield from _call(source, header)
    source.forgive("the call's block was not opened")


def _tag(source: Source) -> Generator[None, None, str]:
    """The next tag, without its prefix and brackets; only white space may come before it."""
    if found := (yield from source.whole(_TAG_NEXT)):
        source.at = found.end()
        return found[1]
    if not (source.over(_TAG) or (yield from source.reach(_TAG))):
        raise Broken("no tag where one should be")
    return (yield from _name(source))


def _text_and_tag(source: Source) -> Generator[None, None, tuple[str, str]]:
    """The text up to the next tag, and that tag."""
    if found := (yield from source.whole(_TEXT_AND_TAG)):
        source.at = found.end()
        return found[1], found[2]
    text, word = yield from source.take_until(_TAG)
    if not word:
        raise Broken("the answer ends within an argument")
    return text, (yield from _name(source))


def _name(source: Source) -> Generator[None, None, str]:
    if (yield from source.peek()) != "<":
        raise Broken("no tag where one should be")
    source.at += 1
    name, _ = source.name(_TAG_END) or (yield from source.take_name(_TAG_END))
    return name


def _call(source: Source, header: str) -> Step:
    name = header.partition("=")[2].strip().strip("\"'")
    if not is_name(name):
        raise Broken("a name that is none")
    parameters = source.schema(name)
    source.sink.open(name)
    found: dict[str, Any] = {}
    while (tag := (yield from _tag(source))) != "/invoke":
        schema = property_schema(parameters, tag)
        value = yield from _element(source, tag, schema, parameters, 0)
        if tag in found:
            found[tag] = [*(found[tag] if isinstance(found[tag], list) else [found[tag]]), value]
        else:
            found[tag] = value
    for key, value in found.items():
        source.sink.put(key, value)
    source.sink.end(source.place)


def _element(
    source: Source, name: str, schema: dict[str, Any], root: dict[str, Any], depth: int
) -> Generator[None, None, Any]:
    """The value of the element `name`, whose opening tag was read."""
    if depth > _DEEPEST:
        raise Broken(f"elements nested deeper than {_DEEPEST} levels")
    schema = resolved(schema, root)
    text = ""
    children: list[tuple[str, Any]] = []
    while True:
        part, tag = yield from _text_and_tag(source)
        text += part
        if tag == f"/{name}":
            break
        if tag.startswith("/"):
            raise Broken("an element that does not end")
        children.append((tag, (yield from _element(source, tag, _below(schema, tag, root), root, depth + 1))))
    types = allowed_types(schema, root)
    if children:
        return _combined(children, types)
    if not text.strip() and "string" not in types and types & {"object", "array"}:
        return {} if "object" in types else []
    return typed(text, types, source.forgive)


def _below(schema: dict[str, Any], tag: str, root: dict[str, Any]) -> dict[str, Any]:
    """The schema of the element `tag` within a value of `schema`, or of one of its alternatives."""
    for choice in choices(schema, root):
        found = choice["items"] if tag == _ITEM and "items" in choice else property_schema(choice, tag)
        if isinstance(found, dict) and found:
            return found
    return {}


def _combined(children: list[tuple[str, Any]], types: frozenset[str]) -> Any:
    names = {name for name, _ in children}
    if names == {_ITEM} and ("array" in types or "object" not in types):
        return [value for _, value in children]
    values: dict[str, list[Any]] = {}
    for name, value in children:
        values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _write(calls: Sequence[Call]) -> str:
    parts = [f"{_BLOCK}\n"]
    for call in calls:
        arguments = "".join(f"{_element_of(key, value)}\n" for key, value in call.arguments.items())
        parts.append(f'{_INVOKE} name="{call.name}">\n{arguments}{_PREFIX}</invoke>\n')
    return "".join([*parts, f"{_PREFIX}</tool_call>"])


def _element_of(name: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = "".join(_element_of(key, item) for key, item in value.items())
    elif isinstance(value, list):
        inner = "".join(_element_of(_ITEM, item) for item in value)
    else:
        inner = raw(value)
    return f"{_PREFIX}<{name}>{inner}{_PREFIX}</{name}>"


MINIMAX_M3 = Dialect(
    name="minimax_m3",
    summary=f'{_PREFIX}<tool_call>{_PREFIX}<invoke name="…">{_PREFIX}<key>value{_PREFIX}</key>…',
    grammar=marked(
        {_BLOCK: _block, _INVOKE: _bare},
        Thinking("<mm:think>", "</mm:think>", others=((f"{_PREFIX}<mm:think>", f"{_PREFIX}</mm:think>"),)),
        silent=("[e~[",),
    ),
    writer=_write,
    carries=Carries(
        types="schema", limits=("keys that are no tag", "a list of one item that the schema has no word for")
    ),
)
