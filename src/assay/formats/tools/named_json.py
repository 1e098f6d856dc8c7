"""Dialects that name the call first and then write its arguments as one JSON object.

Knows where name and id stand. The object is read by `objects`, and goes out while it comes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.json_text import copy_value, read_text
from assay.formats.tools.layout import THINK, Reader, Thinking, enter_fence, leave_fence, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.objects import Shape, read_arguments, read_objects, written_arguments, written_list
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step

Header = Callable[[Source], Generator[None, None, tuple[str, str]]]
"""Reads a call's name and id, up to where its arguments begin. An empty name is left to the arguments to tell."""

_MISTRAL_NAME_ENDS = Marks("[ARGS]", "[CALL_ID]", "{", "[TOOL_CALLS]")


def named(header: Header, *ends: str) -> Reader:
    """Reads a header, the arguments, and the first of `ends`."""
    marks = Marks(*ends)
    stop = Marks(*ends, "```")

    def read(source: Source) -> Step:
        name, id = yield from header(source)
        if name and not is_name(name):
            raise Broken("a name that is none")
        letter = source.letter() or (yield from source.skip_blank())
        fence = None
        if letter == "`":
            fence = yield from enter_fence(source)
            letter = source.letter() or (yield from source.skip_blank())
        if name and letter != "{" and (yield from source.accept(marks)):
            source.forgive("a call without arguments")
            source.sink.open(name, id)
            source.sink.arguments.append("{}")
            source.sink.close(source.place)
            return
        if name:
            yield from read_arguments(source, name, id, stop=stop)
        else:
            yield from _guessed(source, id, stop)
        source.unmark()
        if source.over(marks):
            return
        while (yield from source.skip_blank()) == "}":
            source.forgive("a closing brace too many")
            source.at += 1
        if fence is not None:
            yield from leave_fence(source)
        if not (yield from source.reach(marks)):
            source.forgive(f"{ends[0]} is missing")

    return read


def _guessed(source: Source, id: str, stop: Marks) -> Step:
    """A call that does not say its name is one of the only tool that takes such arguments."""
    parts: list[str] = []
    yield from copy_value(source, parts, stop=stop)
    text = "".join(parts)
    arguments = read_text(text)
    keys = arguments.keys() if isinstance(arguments, dict) else {text}
    fitting = [name for name in source.tools if keys <= source.schema(name).get("properties", {}).keys()]
    if len(fitting) != 1:
        raise Broken("a call without a name")
    source.forgive("a call without a name, which the arguments tell")
    source.sink.open(fitting[0], id)
    source.sink.arguments.append(text)
    source.sink.close(source.place)


def is_name(name: str) -> bool:
    """A name that a tool could have: nothing of markup or of a value in it."""
    return bool(_NAME.fullmatch(name))


_NAME = re.compile(r"[^\s<>{}\[\]\"'`=|]{1,200}")


def _upto(*ends: str) -> Header:
    marks = Marks(*ends)

    def header(source: Source) -> Generator[None, None, tuple[str, str]]:
        name, _ = source.name(marks) or (yield from source.take_name(marks))
        return name.strip(), ""

    return header


# ---------------------------------------------------------------------- Mistral


_AGAIN = Marks("[TOOL_CALLS]")


def _mistral(source: Source) -> Step:
    letter = source.letter() or (yield from source.skip_blank())
    while letter == "[" and (yield from source.accept(_AGAIN)):
        source.forgive("[TOOL_CALLS] more than once")
        letter = yield from source.skip_blank()
    if letter in ("[", "{"):
        yield from read_objects(source, Shape())
        return
    name, word = source.name(_MISTRAL_NAME_ENDS) or (yield from source.take_name(_MISTRAL_NAME_ENDS))
    id = ""
    if word == "[CALL_ID]":
        id, word = source.name(_MISTRAL_NAME_ENDS) or (yield from source.take_name(_MISTRAL_NAME_ENDS))
    if not is_name(name.strip()) or word not in ("[ARGS]", "{"):
        raise Broken("a name without arguments")
    if word == "{":
        source.at -= 1
    yield from read_arguments(source, name.strip(), id.strip())


def _write_mistral(calls: Sequence[Call]) -> str:
    return "".join(f"[TOOL_CALLS]{call.name}[ARGS]{written_arguments(call)}" for call in calls)


def _write_mistral_ids(calls: Sequence[Call]) -> str:
    return "".join(
        f"[TOOL_CALLS]{call.name}[CALL_ID]{call.id or f'{index:09d}'}[ARGS]{written_arguments(call)}"
        for index, call in enumerate(calls)
    )


_MISTRAL = marked({"[TOOL_CALLS]": _mistral}, Thinking("[THINK]", "[/THINK]"), silent=("[/TOOL_CALLS]", "</s>"))

MISTRAL_V3 = Dialect(
    name="mistral_v3",
    summary='[TOOL_CALLS] [{"name": …, "arguments": {…}, "id": …}, …]',
    grammar=_MISTRAL,
    writer=lambda calls: "[TOOL_CALLS] " + written_list(calls, Shape(with_id=True)),
    carries=Carries(ids=True),
)
MISTRAL_V11 = Dialect(
    name="mistral_v11", summary="[TOOL_CALLS]name[ARGS]{…}, repeated", grammar=_MISTRAL, writer=_write_mistral
)
MISTRAL_V11_CALLID = Dialect(
    name="mistral_v11_callid",
    summary="[TOOL_CALLS]name[CALL_ID]id[ARGS]{…}, repeated",
    grammar=_MISTRAL,
    writer=_write_mistral_ids,
    carries=Carries(ids=True),
)

# ---------------------------------------------------------------------- DeepSeek

_BEGIN, _SEP, _END = "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>"
_BLOCK = ("<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>")
_BLOCKS = ("<｜tool▁calls｜>", "<｜tool_calls_begin｜>")
"""What the distilled models write in place of it."""
_UNBEGUN = Marks(f"function{_SEP}")
_SEPARATOR = Marks(_SEP, _END)
_LINE_END = Marks("\n", "```", "{", _END)


def _deepseek_header(source: Source) -> Generator[None, None, tuple[str, str]]:
    """V3 writes `function`, the separator, the name and a fence; V3.1 the name, the separator and the object."""
    name, word = source.name(_SEPARATOR) or (yield from source.take_name(_SEPARATOR))
    if word == _SEP and name.strip() == "function" and (source.letter() or (yield from source.skip_blank())) != "{":
        name, word = source.name(_LINE_END) or (yield from source.take_name(_LINE_END))
    if word in ("```", "{", _END):
        source.at -= len(word)
    return name.strip(), ""


def _deepseek_block(source: Source) -> Step:
    """The beginning of a block, which the first call may follow without its own."""
    source.sink.rest(layout=True)
    yield from source.skip_blank()
    if (yield from source.stands(_UNBEGUN)):
        source.forgive(f"{_BEGIN} is missing")
        yield from _deepseek_call(source)


_deepseek_call = named(_deepseek_header, _END)
_DEEPSEEK = marked(
    {_BEGIN: _deepseek_call, **dict.fromkeys((_BLOCK[0], *_BLOCKS), _deepseek_block)},
    THINK,
    silent=(_BLOCK[1], "<｜end▁of▁sentence｜>"),
)


def _deepseek_writer(call_form: str, between: str) -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        inner = between.join(
            call_form.format(begin=_BEGIN, sep=_SEP, end=_END, name=call.name, arguments=written_arguments(call))
            for call in calls
        )
        return _BLOCK[0] + inner + _BLOCK[1]

    return write


DEEPSEEK_V3 = Dialect(
    name="deepseek_v3",
    summary=f"{_BEGIN}function{_SEP}name, then a fence of JSON, {_END}, in a block",
    grammar=_DEEPSEEK,
    writer=_deepseek_writer("{begin}function{sep}{name}\n```json\n{arguments}\n```{end}", "\n"),
)
DEEPSEEK_V31 = Dialect(
    name="deepseek_v31",
    summary=f"{_BEGIN}name{_SEP}{{…}}{_END}, in a block",
    grammar=_DEEPSEEK,
    writer=_deepseek_writer("{begin}{name}{sep}{arguments}{end}", ""),
)

# ---------------------------------------------------------------------- Functionary 3.1


FUNCTIONARY_V31 = Dialect(
    name="functionary_v31",
    summary="<function=name>{…}</function>, repeated",
    grammar=marked({"<function=": named(_upto(">"), "</function>")}, THINK),
    writer=lambda calls: "".join(f"<function={call.name}>{written_arguments(call)}</function>" for call in calls),
)
