"""Dialects that write keys and values as elements of their own: GLM 4.5 and after, Ling, Laguna, Spark, Hunyuan.

Knows where the name ends, and that a checkpoint may give every tag the same suffix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.named_json import is_name
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, property_schema, raw, typed


class _Tags(msgspec.Struct, frozen=True):
    """The markers with one suffix."""

    call: Marks
    call_end: Marks
    name_ends: Marks
    key: Marks
    key_end: Marks
    value: Marks
    value_end: Marks
    block_end: Marks
    separator: Marks


_SUFFIX = re.compile(r"[:\w.-]++")


@lru_cache(maxsize=64)
def _tags(suffix: str) -> _Tags:
    key, end, sep = f"<arg_key{suffix}>", f"</tool_call{suffix}>", f"<tool_sep{suffix}>"
    return _Tags(
        Marks(f"<tool_call{suffix}>"),
        Marks(end),
        Marks(key, end, sep, "\n"),
        Marks(key),
        Marks(f"</arg_key{suffix}>"),
        Marks(f"<arg_value{suffix}>"),
        Marks(f"</arg_value{suffix}>"),
        Marks(f"</tool_calls{suffix}>"),
        Marks(sep),
    )


def _opened(source: Source) -> Step:
    """What follows `<tool_call`: an `s` where it opens a block, and the suffix."""
    suffix = yield from source.run(_SUFFIX, limit=40)
    if (yield from source.peek()) != ">" or suffix.removeprefix("s")[:1] not in ("", ":"):
        raise Broken("a tag that does not end")
    source.at += 1
    if suffix.startswith("s"):
        yield from _block(source, _tags(suffix[1:]))
    else:
        yield from _call(source, _tags(suffix))


def _block(source: Source, tags: _Tags) -> Step:
    any_ = False
    while True:
        yield from source.skip_blank()
        if (yield from source.accept(tags.call)):
            yield from _call(source, tags)
            source.mark()
            any_ = True
        elif not any_:
            raise Broken("no call where one should be")
        elif (yield from source.accept(tags.block_end)):
            return
        else:
            source.forgive(f"{tags.block_end.words[0]} is missing")
            return


def _call(source: Source, tags: _Tags) -> Step:
    yield from source.skip_blank()
    name, word = yield from source.take_name(tags.name_ends)
    name = name.strip()
    if not is_name(name):
        raise Broken("a name that is none")
    if word in (*tags.key.words, *tags.call_end.words):
        source.at -= len(word)
    parameters = source.schema(name)
    source.sink.open(name)
    while True:
        yield from source.skip_blank()
        if (yield from source.accept(tags.key)):
            key, _ = yield from source.take_name(tags.key_end)
            yield from source.skip_blank()
            if not (yield from source.accept(tags.value)):
                raise Broken("a key without a value")
            text, ended = yield from source.take_until(tags.value_end)
            if not ended:
                raise Broken("the answer ends within an argument")
            key = key.strip()
            types = allowed_types(property_schema(parameters, key), parameters)
            source.sink.put(key, typed(text, types, source.forgive))
        elif (yield from source.accept(tags.call_end)):
            break
        elif source.at >= len(source.text) or (yield from source.stands(tags.call)):
            source.forgive(f"{tags.call_end.words[0]} is missing")
            break
        elif not (yield from source.accept(tags.separator)):
            raise Broken("something else than an argument within a call")
    source.sink.end_arguments()
    source.sink.close(source.place)


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


_GRAMMAR = marked(
    {"<tool_call": _opened}, THINK, silent=("</assistant>", "<|role_end|>", "<|user|>", "<|observation|>")
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
