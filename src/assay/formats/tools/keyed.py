"""Dialects that write keys and values as elements of their own: GLM's from 4.5 on, and their relatives.

Knows where the name ends, and that a checkpoint may give every tag the same suffix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from assay.formats.tools.bare_json import instead
from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, Thinking, marked
from assay.formats.tools.marks import BLANK, Marks, in_steps, letters
from assay.formats.tools.named_json import is_name
from assay.formats.tools.objects import Shape, read_arguments
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step
from assay.formats.tools.tagged_json import TOOL_CALL, reader_of, tag_pair, writer_of
from assay.formats.tools.typed import allowed_types, property_schema, raw, typed


class _Tags(NamedTuple):
    """The markers with one prefix and suffix."""

    call: Marks
    call_end: Marks
    name_ends: Marks
    key: Marks
    key_end: Marks
    kind: Marks
    kind_end: Marks
    value: Marks
    value_end: Marks
    value_ends: Marks
    """What ends a value: its own end, or, where that is missing, another key or the call's end."""
    followed: dict[str, re.Pattern[str]]
    """Those that may as well be text, and with what behind them they are none."""
    block_end: Marks
    separator: Marks
    whole: re.Pattern[str]
    """An argument's key and, where it is there and has no tag in it, the value."""


_SUFFIX = re.compile(r"[:\w.-]++")


@lru_cache(maxsize=64)
def _tags(suffix: str, prefix: str = "", call: str = "tool_call", argument: str = "arg") -> _Tags:
    def opening(word: str) -> str:
        return f"<{prefix}{word}{suffix}>"

    def closing(word: str) -> str:
        return f"</{prefix}{word}{suffix}>"

    key, key_end, call_end = opening(f"{argument}_key"), closing(f"{argument}_key"), closing(call)
    value, value_end = opening(f"{argument}_value"), closing(f"{argument}_value")
    in_key = (*letters(key), "[^<]{0,200}+", *letters(key_end), BLANK, *letters(value))
    after_call = (*letters(call_end), BLANK, *letters(opening(call)))
    return _Tags(
        call=Marks(opening(call)),
        call_end=Marks(call_end),
        name_ends=Marks(key, call_end, opening("tool_sep"), "\n", "{"),
        key=Marks(key),
        key_end=Marks(key_end),
        kind=Marks(opening(f"{argument}_type")),
        kind_end=Marks(closing(f"{argument}_type")),
        value=Marks(value),
        value_end=Marks(value_end),
        value_ends=Marks(value_end, key, call_end),
        followed={
            key: re.compile(in_steps(in_key, "(?P<whole>)")),
            call_end: re.compile(in_steps(after_call, "(?P<whole>)")),
        },
        block_end=Marks(closing(f"{call}s")),
        separator=Marks(opening("tool_sep")),
        whole=re.compile(
            in_steps(
                (BLANK, *letters(key), "([^<]{0,200}+)", *letters(key_end), BLANK, *letters(value)),
                f"(?:([^<]*+){re.escape(value_end)})?(?P<whole>)",
            )
        ),
    )


def _opened(prefix: str = "", call: str = "tool_call", argument: str = "arg", *, json: Reader | None = None) -> Reader:
    """Reads what follows `<tool_call`: an `s` where it opens a block, and the suffix. `json` reads what may stand in
    place of a name, keys and values."""

    def read(source: Source) -> Step:
        suffix = yield from source.run(_SUFFIX, limit=40)
        if (yield from source.peek()) != ">" or suffix.removeprefix("s")[:1] not in ("", ":"):
            raise Broken("a tag that does not end")
        source.at += 1
        if suffix.startswith("s"):
            yield from _block(source, _tags(suffix[1:], prefix, call, argument), json)
        else:
            yield from _call(source, _tags(suffix, prefix, call, argument), json)

    return read


def _block(source: Source, tags: _Tags, json: Reader | None) -> Step:
    any_ = False
    while True:
        if source.over(tags.call) or (yield from source.reach(tags.call)):
            yield from _call(source, tags, json)
            source.mark()
            any_ = True
        elif not any_:
            raise Broken("no call where one should be")
        elif (yield from source.accept(tags.block_end)):
            return
        else:
            source.forgive(f"{tags.block_end.words[0]} is missing")
            return


def _call(source: Source, tags: _Tags, json: Reader | None) -> Step:
    if json and (source.letter() or (yield from source.skip_blank())) in ("{", "[", "`"):
        yield from json(source)
        return
    name, word = source.name(tags.name_ends) or (yield from source.take_name(tags.name_ends))
    name = name.strip()
    if not is_name(name) and name not in source.tools:
        raise Broken("a name that is none")
    if word == "{" or word in tags.key.words + tags.call_end.words:
        source.at -= len(word)
    if (source.letter() or (yield from source.skip_blank())) == "{":
        source.forgive(_JSON)
        yield from read_arguments(source, name, stop=tags.call_end)
        yield from source.skip_blank()
        yield from source.accept(tags.call_end)
        return
    parameters = source.schema(name)
    source.sink.open(name)
    while True:
        argument = tags.whole.match(source.text, source.at)
        if argument and argument.lastgroup != "whole":
            argument = yield from source.rest(argument)
        if argument:
            source.at = argument.end()
            text = argument[2]
            _put(source, parameters, argument[1].strip(), (yield from _text(source, tags)) if text is None else text)
            continue
        if source.over(tags.call_end):
            break
        if (yield from source.reach(tags.key)):
            yield from _argument(source, tags, parameters)
        elif (yield from source.accept(tags.call_end)):
            break
        elif (yield from source.stands(tags.call)) or (source.answered(name) and source.cut(tags.call_end)):
            source.forgive(f"{tags.call_end.words[0]} is missing")
            break
        elif not (yield from source.accept(tags.separator)):
            raise Broken("no end of a call, and no argument")
    source.sink.end(source.place)


def _argument(source: Source, tags: _Tags, parameters: dict[str, Any]) -> Step:
    key, _ = source.name(tags.key_end) or (yield from source.take_name(tags.key_end))
    kind = ""
    opened = source.over(tags.value)
    if not opened and (yield from source.reach(tags.kind)):
        kind, _ = yield from source.take_name(tags.kind_end)
    if opened or (yield from source.reach(tags.value)):
        _put(source, parameters, key.strip(), (yield from _text(source, tags)), kind.strip())
    elif (yield from source.accept(tags.key)):
        yield from _keys_first(source, tags, parameters, key)
    elif (source.letter() or (yield from source.skip_blank())) in ("", "<"):
        source.forgive("a key without a value")
    else:
        source.forgive(f"{tags.value.words[0]} is missing")
        _put(source, parameters, key.strip(), (yield from _text(source, tags)), kind.strip())


def _keys_first(source: Source, tags: _Tags, parameters: dict[str, Any], key: str) -> Step:
    """Keys one after another, the first of which was read, and then values: one for each, or for the last alone."""
    keys, values = [key], []
    while len(keys) == 1 or (yield from source.reach(tags.key)):
        key, _ = yield from source.take_name(tags.key_end)
        keys.append(key)
    while (yield from source.reach(tags.value)):
        values.append((yield from _text(source, tags)))
    if len(values) == len(keys):
        source.forgive("all keys before the values")
    elif len(values) < 2:
        source.forgive("a key without a value")
    else:
        raise Broken("keys and values that do not fit each other")
    for key, text in zip(keys[len(keys) - len(values) :], values, strict=True):
        _put(source, parameters, key.strip(), text)


def _text(source: Source, tags: _Tags) -> Generator[None, None, str]:
    parts: list[str] = []
    while True:
        part, mark = yield from source.take_until(tags.value_ends)
        parts.append(part)
        if not mark:
            raise Broken("the answer ends within an argument")
        if mark not in tags.followed:
            return "".join(parts)
        source.at -= len(mark)
        if (yield from source.closes(mark, tags.followed[mark])):
            source.forgive(f"{tags.value_end.words[0]} is missing")
            return "".join(parts)
        source.at += len(mark)
        parts.append(mark)


def _put(source: Source, parameters: dict[str, Any], key: str, text: str, kind: str = "") -> None:
    types = allowed_types(property_schema(parameters, key), parameters)
    if kind and kind != "any":
        said = allowed_types({"type": kind}, {})
        types = types & said or types or said
    source.sink.put(key, typed(text, types, source.forgive))


def _writer(call_form: str, argument_form: str, block_form: str, between: str) -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        return block_form.format(calls=between.join(map(written, calls)))

    def written(call: Call) -> str:
        arguments = "".join(argument_form.format(key=key, value=raw(value)) for key, value in call.arguments.items())
        return call_form.format(name=call.name, arguments=arguments)

    return write


_CARRIES = Carries(types="schema", limits=("a text that holds </arg_value>",))
_LINES = "<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>\n"
_FLAT = "<arg_key>{key}</arg_key><arg_value>{value}</arg_value>"


def _dialect(name: str, summary: str, writer: Callable[[Sequence[Call]], str]) -> Dialect:
    return Dialect(name=name, summary=summary, grammar=_GRAMMAR, writer=writer, carries=_CARRIES)


_JSON = "JSON in place of keys and values"
_NAMED = instead(reader_of(TOOL_CALL._replace(shape=Shape(known=True))), _JSON)
"""Nobody taught these models to write JSON: it is a call only where it names a tool that there is."""
_GRAMMAR = marked(
    {"<tool_call": _opened(json=_NAMED)}, THINK, silent=("</assistant>", "<|role_end|>", "<|user|>", "<|observation|>")
)

GLM45 = _dialect(
    "glm45",
    "<tool_call>name, then <arg_key>key</arg_key> and <arg_value>value</arg_value> on lines, </tool_call>",
    _writer("<tool_call>{name}\n{arguments}</tool_call>", _LINES, "{calls}", "\n"),
)
GLM47 = _dialect(
    "glm47",
    "as glm45, without the line breaks",
    _writer("<tool_call>{name}{arguments}</tool_call>", _FLAT, "{calls}", ""),
)
LING3 = _dialect(
    "ling3",
    "as glm45, no line break after a value",
    _writer(
        "<tool_call>{name}\n{arguments}\n</tool_call>",
        "<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>",
        "{calls}",
        "\n",
    ),
)
HY_V3 = _dialect(
    "hy_v3",
    "as glm45 with <tool_sep> after the name, in <tool_calls>",
    _writer(
        "<tool_call>{name}<tool_sep>\n{arguments}</tool_call>", _LINES, "<tool_calls>\n{calls}\n</tool_calls>", "\n"
    ),
)
HY_V4 = _dialect(
    "hy_v4",
    "as glm47, in <tool_calls>",
    _writer("<tool_call>{name}{arguments}</tool_call>", _FLAT, "<tool_calls>{calls}</tool_calls>", ""),
)
IQUEST_Q1 = Dialect(
    name="iquest_q1",
    summary="as glm47, with <iquest_tool_call>",
    grammar=marked({"<iquest_tool_call": _opened(call="iquest_tool_call")}, THINK, silent=("<|iquest_end|>",)),
    writer=_writer("<iquest_tool_call>{name}\n{arguments}</iquest_tool_call>", _FLAT, "{calls}", ""),
    carries=_CARRIES,
)
TELECHAT4 = Dialect(
    name="telechat4",
    summary="as glm47, with <param_key> and <param_value>",
    grammar=marked({"<tool_call": _opened(argument="param", json=_NAMED)}, THINK),
    writer=_writer("<tool_call>{name}{arguments}</tool_call>", _FLAT.replace("arg_", "param_"), "{calls}", ""),
    carries=Carries(types="schema", limits=("a text that holds </param_value>",)),
)
_LONGCAT = tag_pair("<longcat_tool_call>", "</longcat_tool_call>")
_LONGCAT_JSON = reader_of(_LONGCAT)
LONGCAT = Dialect(
    name="longcat",
    summary="as hermes, with <longcat_tool_call>; or keys and values as glm45, with <longcat_arg_key>",
    grammar=marked(
        {"<longcat_tool_call>": lambda source: _call(source, _tags("", "longcat_"), _LONGCAT_JSON)},
        Thinking("<longcat_think>", "</longcat_think>"),
    ),
    writer=writer_of(_LONGCAT),
)
_IFM_ARGUMENT = "<ifm|arg_key>{key}</ifm|arg_key>\n<ifm|arg_value>{value}</ifm|arg_value>\n"
K2_HORIZON = Dialect(
    name="k2_horizon",
    summary="as glm45, each tag with `ifm|` before its name, in <ifm|tool_calls>; or JSON in place of the elements",
    grammar=marked(
        {"<ifm|tool_call": _opened("ifm|", json=reader_of(tag_pair("<ifm|tool_call>", "</ifm|tool_call>")))},
        Thinking(
            "<ifm|think>",
            "</ifm|think>",
            others=tuple((f"<ifm|think_{pace}>", f"</ifm|think_{pace}>") for pace in ("fast", "faster")),
        ),
        silent=("<|ifm|im_end|>",),
    ),
    writer=_writer(
        "<ifm|tool_call>{name}\n{arguments}</ifm|tool_call>",
        _IFM_ARGUMENT,
        "<ifm|tool_calls>\n{calls}\n</ifm|tool_calls>",
        "\n",
    ),
    carries=Carries(types="schema", limits=("a text that holds </ifm|arg_value>",)),
)
