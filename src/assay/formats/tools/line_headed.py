"""Dialects that head a call with a line of its own: Functionary 3.2, GLM-4 and Qwen-Agent's own prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Thinking, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.named_json import is_name
from assay.formats.tools.objects import read_arguments, written_arguments
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step

# ---------------------------------------------------------------------- Functionary 3.2 and GLM-4

_HEAD = re.compile(r"[\w.-]++")


def _headed(
    name: str,
    next_: str,
    *,
    summary: str,
    text: str = "",
    thinking: Thinking | None = None,
    silent: tuple[str, ...] = (),
) -> Dialect:
    """A name, a line break and the arguments; `next_` stands before another call, `text` heads what is none."""
    stops = Marks(next_)

    def read(source: Source) -> Step:
        yield from source.skip_blank()
        head = yield from source.run(_HEAD, limit=200)
        if not head or (yield from source.peek()) != "\n":
            raise NoCall("no call")
        if head == text:
            source.at += 1
            return
        if (yield from source.skip_blank()) != "{":
            raise NoCall("no call")
        yield from read_arguments(source, head, stop=stops)

    return Dialect(
        name=name,
        summary=summary,
        grammar=marked({next_: read}, thinking, silent=silent, first=read),
        writer=lambda calls: next_.join(f"{call.name}\n{written_arguments(call)}" for call in calls),
        carries=Carries(text_before=False),
    )


FUNCTIONARY_V32 = _headed(
    "functionary_v32",
    ">>>",
    summary="name, a line break, {…}, and >>> before the next; text is headed `all`",
    text="all",
)
GLM4 = _headed(
    "glm4",
    "<|assistant|>",
    summary="name, a line break, {…}, and <|assistant|> before the next",
    thinking=THINK,
    silent=("<|observation|>", "<|user|>"),
)

# ---------------------------------------------------------------------- Qwen-Agent

_FUNCTION, _ARGS = "✿FUNCTION✿", "✿ARGS✿"
_ENDS = ("✿RESULT✿", "✿RETURN✿")
_NAME_ENDS = Marks(_ARGS, "\n", *_ENDS)
_ARGUMENTS = Marks(_ARGS)
_VALUE_ENDS = Marks(_FUNCTION, _ARGS, *_ENDS)
_COLON = Marks(":", "：")


def _qwen_agent(source: Source) -> Step:
    yield from source.accept(_COLON)
    name, word = source.name(_NAME_ENDS) or (yield from source.take_name(_NAME_ENDS))
    name = name.strip()
    if word == "\n":
        word = source.over(_ARGUMENTS) or (yield from source.reach(_ARGUMENTS))
    if word != _ARGS or not is_name(name):
        raise Broken("a name without arguments")
    while word == _ARGS:
        yield from source.accept(_COLON)
        if (source.letter() or (yield from source.skip_blank())) == "{":
            yield from read_arguments(source, name, stop=_VALUE_ENDS)
        else:
            yield from _plain_argument(source, name)
        source.mark()
        word = source.over(_ARGUMENTS) or (yield from source.reach(_ARGUMENTS))


def _plain_argument(source: Source, name: str) -> Step:
    """Arguments that are no JSON are the one argument that the tool has."""
    keys = list(source.schema(name).get("properties", ()))
    if len(keys) > 1:
        raise Broken("arguments that are no JSON, for a tool with several")
    text, word = yield from source.take_until(_VALUE_ENDS)
    source.at -= len(word)
    source.forgive("arguments that are no JSON")
    source.sink.open(name)
    source.sink.put(keys[0] if keys else "code", _without_fence(text.strip()))
    source.sink.end(source.place)


def _without_fence(text: str) -> str:
    if not (text.startswith("```") and text.endswith("```") and "\n" in text):
        return text
    return text[text.index("\n") + 1 : -3].rstrip("\n")


def _ending(source: Source) -> Step:
    """The stop words end an answer; a colon may follow."""
    source.sink.rest(layout=True)
    source.unmark()
    yield from source.accept(_COLON)


def _write_qwen_agent(calls: Sequence[Call]) -> str:
    lines = [f"{_FUNCTION}: {call.name}\n{_ARGS}: {written_arguments(call)}" for call in calls]
    return "\n".join([*lines, _ENDS[0]])


QWEN_AGENT = Dialect(
    name="qwen_agent",
    summary=f"{_FUNCTION}: name, then {_ARGS}: {{…}}, on lines of their own",
    grammar=marked({_FUNCTION: _qwen_agent, **dict.fromkeys(_ENDS, _ending)}, THINK),
    writer=_write_qwen_agent,
)
