"""Dialects with tokens around a call's id, its name and its arguments: Kimi K2, Solar, PLaMo 3."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from assay.formats.tools.base import Call, Carries, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Thinking, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.named_json import named
from assay.formats.tools.objects import written_arguments
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source

# ---------------------------------------------------------------------- Kimi K2

_KIMI = ("<|tool_call_begin|>", "<|tool_call_argument_begin|>", "<|tool_call_end|>")
_KIMI_ARGUMENTS = Marks(_KIMI[1])
_KIMI_ID = re.compile(r"(?:functions\.)?(\S+?)(?::(\d+))?")
_KIMI_COUNT = re.compile(r"(?:call_)?\d+")
"""An id that does not carry the name."""


def _kimi_header(source: Source) -> Generator[None, None, tuple[str, str]]:
    id, _ = source.name(_KIMI_ARGUMENTS) or (yield from source.take_name(_KIMI_ARGUMENTS))
    id = id.strip()
    if _KIMI_COUNT.fullmatch(id):
        return "", id
    found = _KIMI_ID.fullmatch(id)
    if not found or (found[2] is None and found[1] not in source.tools):
        raise Broken("an id without the call's name")
    return found[1], id


def _write_kimi(calls: Sequence[Call]) -> str:
    for call in calls:
        if _KIMI_COUNT.fullmatch(call.id):
            raise Unrepresentable(f"kimi_k2: the id {call.id!r} does not carry the name")
    inner = "".join(
        f"{_KIMI[0]}{call.id or f'functions.{call.name}:{index}'}{_KIMI[1]}{written_arguments(call)}{_KIMI[2]}"
        for index, call in enumerate(calls)
    )
    return f"<|tool_calls_section_begin|>{inner}<|tool_calls_section_end|>"


KIMI_K2 = Dialect(
    name="kimi_k2",
    summary=f"{_KIMI[0]}functions.name:0{_KIMI[1]}{{…}}{_KIMI[2]}, in a section",
    grammar=marked(
        {_KIMI[0]: named(_kimi_header, _KIMI[2])},
        THINK,
        silent=tuple(f"<|{word}_section_{end}|>" for word in ("tool_calls", "tool_call") for end in ("begin", "end")),
    ),
    writer=_write_kimi,
    carries=Carries(ids=True, limits=("ids that do not carry the name",)),
)

# ---------------------------------------------------------------------- Solar

_SOLAR = ("<|tool_call:begin|>", "<|tool_call:name|>", "<|tool_call:args|>", "<|tool_call:end|>")
_SOLAR_NAME, _SOLAR_ARGUMENTS = Marks(_SOLAR[1]), Marks(_SOLAR[2])


def _solar_header(source: Source) -> Generator[None, None, tuple[str, str]]:
    id, _ = source.name(_SOLAR_NAME) or (yield from source.take_name(_SOLAR_NAME))
    name, _ = source.name(_SOLAR_ARGUMENTS) or (yield from source.take_name(_SOLAR_ARGUMENTS))
    return name.strip(), id.strip()


def _write_solar(calls: Sequence[Call]) -> str:
    begin, name, arguments, end = _SOLAR
    inner = "".join(
        f"{begin}{call.id or index}{name}{call.name}{arguments}{written_arguments(call)}{end}"
        for index, call in enumerate(calls)
    )
    return f"<|tool_calls|>{inner}<|calls|>"


SOLAR = Dialect(
    name="solar",
    summary=f"{_SOLAR[0]}id{_SOLAR[1]}name{_SOLAR[2]}{{…}}{_SOLAR[3]}",
    grammar=marked({_SOLAR[0]: named(_solar_header, _SOLAR[3])}, THINK, silent=("<|tool_calls|>", "<|calls|>")),
    writer=_write_solar,
    carries=Carries(ids=True),
)

# ---------------------------------------------------------------------- PLaMo 3


def _plamo(what: str) -> tuple[str, str]:
    return f"<|plamo:begin_{what}:plamo|>", f"<|plamo:end_{what}:plamo|>"


_PLAMO, _PLAMO_END = _plamo("tool_request")
_PLAMO_NAME, _PLAMO_NAME_END = _plamo("tool_name")
_PLAMO_ARGUMENTS, _PLAMO_ARGUMENTS_END = _plamo("tool_arguments")
_PLAMO_MESSAGE = "<|plamo:msg|>"
_PLAMO_NAME_MARK, _PLAMO_NAME_ENDS = Marks(_PLAMO_NAME), Marks(_PLAMO_NAME_END)
_PLAMO_MESSAGE_MARK = Marks(_PLAMO_MESSAGE)


def _plamo_header(source: Source) -> Generator[None, None, tuple[str, str]]:
    source.name(_PLAMO_NAME_MARK) or (yield from source.take_name(_PLAMO_NAME_MARK))
    name, _ = source.name(_PLAMO_NAME_ENDS) or (yield from source.take_name(_PLAMO_NAME_ENDS))
    source.name(_PLAMO_MESSAGE_MARK) or (yield from source.take_name(_PLAMO_MESSAGE_MARK))
    return name.strip(), ""


def _write_plamo(calls: Sequence[Call]) -> str:
    begin, end = _plamo("tool_requests")
    inner = "".join(
        f"{_PLAMO}{_PLAMO_NAME}{call.name}{_PLAMO_NAME_END}{_PLAMO_ARGUMENTS}<|plamo:constrain|>json{_PLAMO_MESSAGE}"
        f"{written_arguments(call)}{_PLAMO_ARGUMENTS_END}{_PLAMO_END}"
        for call in calls
    )
    return begin + inner + end


PLAMO3 = Dialect(
    name="plamo3",
    summary=f"{_PLAMO}{_PLAMO_NAME}name{_PLAMO_NAME_END}{_PLAMO_ARGUMENTS}…{{…}}{_PLAMO_ARGUMENTS_END}{_PLAMO_END}",
    grammar=marked(
        {_PLAMO: named(_plamo_header, _PLAMO_ARGUMENTS_END)},
        Thinking(*_plamo("think")),
        silent=(*_plamo("tool_requests"), _PLAMO_END, "<|plamo:tag|>"),
    ),
    writer=_write_plamo,
)
