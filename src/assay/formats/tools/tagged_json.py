"""Dialects whose calls are JSON objects behind a marker: Hermes and its many relatives.

Knows their markers and keys. What is between the markers is read by `objects`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from assay.formats.tools.base import PLAIN, Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, Thinking, enter_fence, leave_fence, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.objects import Shape, read_keyed, read_objects, written, written_list
from assay.formats.tools.sink import NoCall
from assay.formats.tools.source import Source, Step


class Tags(NamedTuple):
    """What stands around the objects."""

    starts: tuple[str, ...]
    form: str
    """As it is written, `%s` for what it holds."""
    ends: tuple[str, ...] = ()
    """None: the objects end by themselves."""
    shape: Shape = Shape()
    holds: Literal["one", "lines", "list", "keyed"] = "one"
    """An object each; all objects on lines of their own; a list of them; a list of names with arguments."""
    between: str = "\n"
    unread: int = 0
    """How much of a start is the objects' own."""
    ends_itself: bool = False
    """A missing end is nothing to speak of."""


def tagged(
    name: str,
    tags: Tags,
    *,
    summary: str,
    carries: Carries = PLAIN,
    thinking: Thinking | None = THINK,
    silent: tuple[str, ...] = (),
    first: Reader | None = None,
) -> Dialect:
    """A dialect with these markers. `first` reads what may stand at the beginning."""
    return Dialect(
        name=name,
        summary=summary,
        grammar=marked(dict.fromkeys(tags.starts, reader_of(tags)), thinking, silent=silent, first=first),
        writer=writer_of(tags),
        carries=carries,
    )


def reader_of(tags: Tags) -> Reader:
    """Reads what stands behind a start."""
    ends = Marks(*tags.ends) if tags.ends else None
    stop = Marks(*tags.ends, "```")

    def read(source: Source) -> Step:
        source.at -= tags.unread
        letter = source.letter() or (yield from source.skip_blank())
        fence = (yield from enter_fence(source)) if letter == "`" else None
        if fence is not None:
            source.forgive("a code fence within the markers")
        if tags.holds == "keyed":
            yield from read_keyed(source, stop=stop)
        else:
            yield from read_objects(source, tags.shape, stop=stop)
        source.unmark()
        if fence is not None:
            yield from leave_fence(source)
        if ends and not source.over(ends):
            yield from _leave(source, ends, quiet=tags.ends_itself)

    return read


def _leave(source: Source, ends: Marks, *, quiet: bool) -> Step:
    """Reads over the end marker, and over what models put before it."""
    while (yield from source.skip_blank()) == "}":
        source.forgive("a closing brace too many")
        source.at += 1
    if not (yield from source.accept(ends)) and not quiet:
        source.forgive(f"{ends.words[0]} is missing")


def writer_of(tags: Tags) -> Callable[[Sequence[Call]], str]:
    """Writes calls with these markers."""

    def write(calls: Sequence[Call]) -> str:
        if tags.holds == "keyed":
            named = [json.dumps({call.name: call.arguments}, ensure_ascii=False) for call in calls]
            return tags.form.replace("%s", f"[{', '.join(named)}]")
        if tags.holds == "list":
            return tags.form.replace("%s", written_list(calls, tags.shape))
        objects = [written(call, tags.shape) for call in calls]
        if tags.holds == "lines":
            return tags.form.replace("%s", "\n".join(objects))
        return tags.between.join(tags.form.replace("%s", text) for text in objects)

    return write


def tag_pair(start: str, end: str, *, lines: bool = True) -> Tags:
    """A pair of tags for each call."""
    form = f"{start}\n%s\n{end}" if lines else f"{start}%s{end}"
    return Tags(starts=(start,), ends=(end,), form=form)


def _listing(start: str, end: str = "") -> Tags:
    """A pair of tags for all calls, which are a list."""
    return Tags(starts=(start,), ends=(end,) if end else (), form=f"{start}%s{end}", holds="list")


TOOL_CALL = tag_pair("<tool_call>", "</tool_call>")

ERNIE45 = tagged(
    "ernie45",
    TOOL_CALL._replace(between="\n\n"),
    summary="as hermes, after </think>",
    thinking=Thinking(opened=True),
    silent=("<response>", "</response>"),
)
QWEN_NOUS = tagged(
    "qwen_agent_nous",
    TOOL_CALL,
    summary="as hermes; a call within the reasoning is only talk",
    thinking=Thinking(calls_inside=False),
)
MINIMAX_M1 = tagged(
    "minimax_m1",
    Tags(starts=("<tool_calls>",), ends=("</tool_calls>",), form="<tool_calls>\n%s\n</tool_calls>", holds="lines"),
    summary="<tool_calls>, an object a line, </tool_calls>",
)
TOOL_CALLS = Tags(starts=("[TOOL_CALLS]",), form="[TOOL_CALLS]%s", holds="list")
TOOLS = Tags(starts=("<tools>",), ends=("</tools>",), form="<tools>\n%s\n</tools>", holds="lines")
QWEN25CODER_TOOLS = tagged(
    "qwen25coder_tools",
    TOOLS,
    summary="<tools>, an object a line, </tools>: what Qwen2.5-Coder writes with examples",
)
_GRANITE = Tags(starts=("<|tool_call|>", "<tool_call>"), form="<|tool_call|>%s", holds="list")
GRANITE30 = tagged("granite30", _GRANITE, summary='<|tool_call|>[{"name": …, "arguments": …}, …]')
GRANITE31 = tagged(
    "granite31",
    _GRANITE._replace(form="<tool_call>%s"),
    summary='<tool_call>[{"name": …, "arguments": …}, …]',
)
GRANITE_20B_FC = tagged(
    "granite_20b_fc",
    Tags(starts=("<function_call>",), form="<function_call> %s"),
    summary='<function_call> {"name": …, "arguments": …}, repeated',
)
_PARAMETERS = Shape(arguments=("parameters", "arguments"))
INTERNLM2 = tagged(
    "internlm2",
    Tags(
        starts=("<|action_start|><|plugin|>", "<|action_start|> <|plugin|>"),
        ends=("<|action_end|>",),
        form="<|action_start|><|plugin|>\n%s<|action_end|>",
        shape=_PARAMETERS,
        between="",
    ),
    summary='<|action_start|><|plugin|>{"name": …, "parameters": …}<|action_end|>',
)
JAMBA = tagged("jamba", _listing("<tool_calls>", "</tool_calls>"), summary="<tool_calls>[…]</tool_calls>")
_ASSISTANT = Marks("助手：")


def _speaker(source: Source) -> Step:
    """Hunyuan at times begins with who speaks."""
    yield from source.skip_blank()
    if not (yield from source.accept(_ASSISTANT)):
        raise NoCall("no call")
    source.sink.rest(layout=True)


APRIEL = tagged(
    "apriel",
    _listing("<tool_calls>", "</tool_calls>"),
    summary="as jamba, after [BEGIN FINAL RESPONSE]",
    thinking=Thinking("Here are my reasoning steps:", "[BEGIN FINAL RESPONSE]", opened=True),
    silent=("[END FINAL RESPONSE]", "<|end|>"),
)
HUNYUAN_A13B = tagged(
    "hunyuan_a13b",
    _listing("<tool_calls>", "</tool_calls>"),
    summary="as jamba; a call within the reasoning is only talk",
    thinking=Thinking(calls_inside=False),
    silent=("<answer>", "</answer>"),
    first=_speaker,
)
NEMOTRON_NANO = tagged(
    "nemotron_nano", _listing("<TOOLCALL>", "</TOOLCALL>"), summary="<TOOLCALL>[…]</TOOLCALL>", silent=("<SPECIAL_12>",)
)
_FUNCTOOLS = Tags(starts=("functools[",), form="functools%s", holds="list", unread=1)
_PHI4 = Tags(starts=("<|tool_call|>",), ends=("<|/tool_call|>",), form="<|tool_call|>%s<|/tool_call|>", holds="list")
PHI4_MINI = Dialect(
    name="phi4_mini",
    summary="functools[…], or <|tool_call|>[…]<|/tool_call|>",
    grammar=marked({"functools[": reader_of(_FUNCTOOLS), "<|tool_call|>": reader_of(_PHI4)}, silent=("<|end|>",)),
    writer=writer_of(_FUNCTOOLS),
)
FIREFUNCTION = tagged("firefunction", _FUNCTOOLS._replace(form=" functools%s"), summary="a space, functools[…]")
_COHERE = Shape(
    names=("tool_name", "name"),
    arguments=("parameters", "arguments"),
    ids=("tool_call_id",),
    id_first=True,
    with_id=True,
)
COHERE_R7B = tagged(
    "cohere_r7b",
    Tags(
        starts=("<|START_ACTION|>",),
        ends=("<|END_ACTION|>",),
        form="<|START_ACTION|>%s<|END_ACTION|>",
        holds="list",
        shape=_COHERE,
    ),
    summary='<|START_ACTION|>[{"tool_call_id": …, "tool_name": …, "parameters": …}]<|END_ACTION|>',
    carries=Carries(ids=True),
    thinking=Thinking("<|START_THINKING|>", "<|END_THINKING|>"),
    silent=(
        *(f"<|{end}_{what}|>" for what in ("RESPONSE", "TEXT") for end in ("START", "END")),
        "<|START_OF_TURN_TOKEN|>",
        "<|CHATBOT_TOKEN|>",
        "<|END_OF_TURN_TOKEN|>",
    ),
)
COMMAND_R_PLUS = tagged(
    "command_r_plus",
    Tags(
        starts=("Action: ```json", "Action:\n```json", "Action:```json"),
        ends=("```",),
        form="Action: ```json\n%s\n```",
        holds="list",
        shape=_COHERE._replace(with_id=False),
    ),
    summary='Action: and a fence of [{"tool_name": …, "parameters": …}]',
    thinking=None,
)
GIGACHAT3 = tagged(
    "gigachat3",
    Tags(starts=("<|function_call|>", "function call<|role_sep|>"), form="<|function_call|>%s"),
    summary='<|function_call|>{"name": …, "arguments": …}',
    carries=Carries(several=False),
    silent=("<|message_sep|>", "</s>"),
)
INKLING = tagged(
    "inkling",
    Tags(
        starts=("<|content_invoke_tool_json|>",),
        ends=("<|end_message|>",),
        form="<|message_model|><|content_invoke_tool_json|>%s<|end_message|>",
        shape=Shape(arguments=("args", "arguments")),
        between="",
    ),
    summary='<|content_invoke_tool_json|>{"name": …, "args": …}<|end_message|>',
    thinking=Thinking("<|content_thinking|>", "<|end_message|>", opened=True),
    silent=(
        "<|message_model|>",
        *(f"<|content_{what}|>" for what in ("text", "invoke_tool_text", "tool_error", "model_end_sampling")),
    ),
)
APERTUS = tagged(
    "apertus",
    Tags(
        starts=("<|tools_prefix|>",),
        ends=("<|tools_suffix|>",),
        form="<|tools_prefix|>%s<|tools_suffix|>",
        holds="keyed",
    ),
    summary='<|tools_prefix|>[{"name": {…}}, …]<|tools_suffix|>',
    thinking=Thinking("<|inner_prefix|>", "<|inner_suffix|>"),
    silent=("<|assistant_end|>",),
)
