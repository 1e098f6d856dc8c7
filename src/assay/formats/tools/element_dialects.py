"""Dialects whose arguments are elements: Qwen3-Coder and its relatives, and those that write `<invoke name="…">`.

Knows their tags. How they are read is in `elements`.
"""

from __future__ import annotations

from typing import Any

from assay.formats.tools.elements import Tags, elements
from assay.formats.tools.layout import Thinking
from assay.formats.tools.marks import Marks
from assay.formats.tools.sink import NoCall
from assay.formats.tools.source import Source, Step

_FUNCTION: dict[str, Any] = {
    "call": "<function=",
    "call_ends": ("</function>",),
    "argument": "<parameter=",
    "argument_ends": ("</parameter>",),
    "open_ends": ("<parameter=", "</function>"),
    "call_form": "<function={name}>\n{arguments}</function>",
}
_LINES = "<parameter={key}>\n{value}\n</parameter>\n"

QWEN3_CODER = elements(
    "qwen3_coder",
    Tags(
        blocks={"<tool_call>": "</tool_call>"},
        trims=True,
        argument_form=_LINES,
        block_form="<tool_call>\n{calls}\n</tool_call>",
        **_FUNCTION,
    ),
    summary="<tool_call><function=name><parameter=key>value</parameter></function></tool_call>",
)
SEED_OSS = elements(
    "seed_oss",
    Tags(
        blocks={"<seed:tool_call>": "</seed:tool_call>"},
        trims=True,
        argument_form=_LINES,
        block_form="<seed:tool_call>\n{calls}\n</seed:tool_call>",
        **_FUNCTION,
    ),
    summary="<seed:tool_call><function=name><parameter=key>value</parameter></function></seed:tool_call>",
    thinking=Thinking("<seed:think>", "</seed:think>", calls_inside=False),
    silent=("<seed:eos>",),
)
MIMO = elements(
    "mimo",
    Tags(
        blocks={"<tool_call>": "</tool_call>"},
        argument_form="<parameter={key}>{value}</parameter>\n",
        block_form="<tool_call>\n{calls}\n</tool_call>",
        **_FUNCTION,
    ),
    summary="as qwen3_coder, every line break of a value its own",
)


def _invoked(prefix: str, *blocks: tuple[str, str], argument: str = "parameter", space: str = "\n") -> dict[str, Any]:
    """Tags of the `<invoke name="…"><parameter name="…">` kind."""
    start, end = blocks[0] if blocks else ("", "")
    return {
        "blocks": dict(blocks),
        "call": f"<{prefix}invoke",
        "call_ends": (f"</{prefix}invoke>",),
        "argument": f"<{prefix}{argument}",
        "argument_ends": (f"</{prefix}{argument}>",),
        "call_form": f'<{prefix}invoke name="{{name}}">{space}{{arguments}}</{prefix}invoke>',
        "argument_form": f'<{prefix}{argument} name="{{key}}">{{value}}</{prefix}{argument}>{space}',
        "block_form": f"{start}\n{{calls}}\n{end}",
        "together": True,
    }


def _pair(tag: str) -> tuple[str, str]:
    return f"<{tag}>", f"</{tag}>"


def _dsml(*blocks: str, space: str = "", mark: str = "｜DSML｜") -> Tags:
    prefix = f"{mark}{space}"
    forms = _invoked(prefix, *(_pair(f"{mark}{block}") for block in blocks))
    forms["open_ends"] = (f"<{prefix}parameter name=", f"</{prefix}invoke>")
    forms["argument_form"] = f'<{prefix}parameter name="{{key}}" string="{{string}}">{{value}}</{prefix}parameter>\n'
    return Tags(**forms)


_DSML_SUMMARY = '<｜DSML｜invoke name="…"><｜DSML｜parameter name="…" string="true">…, in <｜DSML｜{}>'
_EOS = ("<｜end▁of▁sentence｜>",)

DEEPSEEK_V32 = elements(
    "deepseek_v32",
    _dsml("function_calls", "tool_calls"),
    summary=_DSML_SUMMARY.format("function_calls"),
    typing="marked",
    silent=_EOS,
)
DEEPSEEK_V4 = elements(
    "deepseek_v4",
    _dsml("tool_calls", "toolcalls", "tool", "function_calls"),
    summary=_DSML_SUMMARY.format("tool_calls"),
    typing="marked",
    silent=_EOS,
)
DEEPSEEK_V41 = elements(
    "deepseek_v41",
    _dsml(" calls", space=" "),
    summary="as deepseek_v4, a space before each tag's name, in <｜DSML｜ calls>",
    typing="marked",
    silent=_EOS,
)
GIGACHAT35 = elements(
    "gigachat35",
    _dsml("tool_calls", mark="｜GCML｜"),
    summary="as deepseek_v4, with ｜GCML｜ in its tags",
    typing="marked",
    silent=("<|message_sep|>", "</s>"),
)
MINIMAX_M2 = elements(
    "minimax_m2",
    Tags(**_invoked("", _pair("minimax:tool_call"))),
    summary='<minimax:tool_call><invoke name="…"><parameter name="…">value</parameter></invoke>',
    silent=("[e~[",),
)
DOTS = elements(
    "dots",
    Tags(**_invoked("", _pair("dots_function_call")), json=True),
    summary='<dots_function_call><invoke name="…"><parameter name="…">value</parameter></invoke>',
)
_MESSAGE, _TO = Marks("<|message|>"), Marks(" to=", "to=")
_THOUGHT_FOR = frozenset({"self", "developer"})
_SAID_TO = frozenset({"user", "commentary"})


def _header(source: Source) -> Step:
    """A message's header says whom it is for: a tool, or somebody else, to whom calls are only talked about."""
    header, _ = yield from source.take_name(_MESSAGE)
    recipient = header.partition("to=")[2].strip()
    source.sink.think(recipient in _THOUGHT_FOR)
    source.only_talk = recipient in _THOUGHT_FOR | _SAID_TO


def _first_header(source: Source) -> Step:
    if not (yield from source.accept(_TO)):
        raise NoCall("no call")
    source.at -= len("to=")
    yield from _header(source)


def _lost_header(source: Source) -> Step:
    """The end of a header that did not begin: whom the message is for was said in the text."""
    yield from ()
    source.sink.think(False)
    source.only_talk = False


MUSE = elements(
    "muse",
    Tags(**_invoked("atem:", _pair("atem:function_calls")), noise="<|message|>"),
    summary='<atem:function_calls><atem:invoke name="…"><atem:parameter name="…">value',
    silent=("<|eom|>",),
    others={"<|start|>": _header, "<|message|>": _lost_header},
    first=_first_header,
)
_STEP_PREAMBLE = "function<｜tool_sep｜>"
STEP3 = elements(
    "step3",
    Tags(
        **{
            **_invoked("steptml:", ("<｜tool_call_begin｜>", "<｜tool_call_end｜>"), space=""),
            "preamble": _STEP_PREAMBLE,
            "block_form": f"<｜tool_call_begin｜>{_STEP_PREAMBLE}{{calls}}<｜tool_call_end｜>",
            "outer_form": "<｜tool_calls_begin｜>\n{blocks}\n<｜tool_calls_end｜>",
            "together": False,
        },
    ),
    summary='<｜tool_call_begin｜>function<｜tool_sep｜><steptml:invoke name="…"><steptml:parameter name="…">value',
    silent=("<｜tool_calls_begin｜>", "<｜tool_calls_end｜>", "<｜tool_sep｜>"),
)
MINICPM5 = elements(
    "minicpm5",
    Tags(
        call="<function",
        call_ends=("</function>",),
        argument="<param",
        argument_ends=("</param>",),
        cdata=True,
        once=True,
        call_form='<function name="{name}">{arguments}</function>',
        argument_form='<param name="{key}">{value}</param>',
    ),
    summary='<function name="…"><param name="…">value</param></function>',
)
_BEAM, _BEAM_HEADER = "<|start|>assistant", "<|channel|>analysis <|constrain|>xml<|message|>"
_BEAM_THOUGHT, _BEAM_FINAL = "<|channel|>analysis<|message|>", "<|channel|>final<|message|>"
_BEAM_ENDS = ("<|call|>", "<|end|>")
BEAM = elements(
    "beam",
    Tags(
        call=f"{_BEAM} to=",
        begun=" to=",
        name_end=_BEAM_HEADER,
        call_ends=_BEAM_ENDS,
        argument="<rfl:parameter",
        argument_ends=("</rfl:parameter>",),
        open_ends=("<rfl:parameter name=", *_BEAM_ENDS),
        trims=True,
        call_form=f"{_BEAM} to={{name}}{_BEAM_HEADER}{{arguments}}<|call|>",
        argument_form='<rfl:parameter name="{key}">\n{value}\n</rfl:parameter>',
        between="",
    ),
    summary=f'{_BEAM} to=name{_BEAM_HEADER}<rfl:parameter name="…">value</rfl:parameter><|call|>',
    thinking=Thinking(_BEAM_THOUGHT, "<|end|>", opened=True, others=((f"{_BEAM}{_BEAM_THOUGHT}", "<|end|>"),)),
    silent=(_BEAM_FINAL, f"{_BEAM}{_BEAM_FINAL}", "<|call|>", "<|return|>"),
)
_SOLAR = {end: f"<|tool_arg:{end}|>" for end in ("start", "value", "end")}
_SOLAR_CALL, _SOLAR_END = "<|tool_call:start|>", "<|tool_call:end|>"
SOLAR_OPEN2 = elements(
    "solar_open2",
    Tags(
        call=_SOLAR_CALL,
        name_end="\n",
        call_ends=(_SOLAR_END,),
        argument=_SOLAR["start"],
        key_end=_SOLAR["value"],
        argument_ends=(_SOLAR["end"],),
        open_ends=(_SOLAR["start"], _SOLAR_END, _SOLAR_CALL),
        call_form=f"{_SOLAR_CALL}{{name}}\n{{arguments}}{_SOLAR_END}",
        argument_form=f"{_SOLAR['start']}{{key}}{_SOLAR['value']}{{value}}{_SOLAR['end']}\n",
    ),
    summary=f"{_SOLAR_CALL}name, a line break, {_SOLAR['start']}key{_SOLAR['value']}value{_SOLAR['end']}…{_SOLAR_END}",
    thinking=Thinking("<|think:start|>", "<|think:end|>"),
    silent=("<|im:content|>", "<|im:end|>"),
)
