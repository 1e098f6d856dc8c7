"""What a chat template writes for a turn that calls tools: the dialect's own text, cut out of the prompt.

A conversation with known calls is rendered, in the ways that templates want it, and what differs from a plain
answer is the call as it goes over the wire. Caveat: this is how history is written; a model may write otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import msgspec

from assay.formats.tool_inference.chat_template import ChatTemplate, TemplateRefused

TOOLS: tuple[dict[str, Any], ...] = (
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "The weather of a city.",
            "parameters": {
                "type": "object",
                "properties": {
                    "city": {"type": "string", "description": "c"},
                    "days": {"type": "integer", "description": "d"},
                },
                "required": ["city"],
            },
        },
    },
    {
        "type": "function",
        "function": {
            "name": "search",
            "description": "Looks for something.",
            "parameters": {
                "type": "object",
                "properties": {
                    "q": {"type": "string", "description": "q"},
                    "opts": {
                        "type": "object",
                        "description": "o",
                        "properties": {"n": {"type": "integer", "description": "n"}},
                    },
                    "tags": {"type": "array", "description": "t", "items": {"type": "string"}},
                    "exact": {"type": "boolean", "description": "e"},
                },
                "required": ["q"],
            },
        },
    },
)
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_weather", {"city": "Paris", "days": 3}),
    ("search", {"q": "cats", "opts": {"n": 1}, "tags": ["a", "b"], "exact": True}),
)
"""Known calls: a text, a number, an object, a list and a boolean among their arguments."""

_ANSWER = "It rains in Lisbon."
_ASKED = "What will it be like?"
_IDS = (("abcdef123", "abcdef124"), ("functions.get_weather:0", "functions.search:1"))
"""Nine letters and digits, which Mistral's templates insist on; and Kimi's, which hold the name."""
_NEVER_AWAY = {
    "bos_token": "",
    "eos_token": "",
    "functions": msgspec.json.encode(TOOLS).decode(),  # FireFunction's own word for tools
}
"""What every engine hands over besides, so that templates take it for granted."""
_OPENERS = {"<": ">", "[": "]"}
_LONGEST_MARKER = 48


class WireText(msgspec.Struct, frozen=True):
    """What was written for `calls`, in one or two readings: behind the user's turn, and where a plain answer
    would have differed."""

    calls: tuple[tuple[str, dict[str, Any]], ...]
    readings: tuple[str, ...]
    how: str


def render_calls(template: ChatTemplate, **variables: Any) -> WireText:
    """The first rendering that holds the calls. Raises TemplateRefused where none does."""
    user = {"role": "user", "content": _ASKED}
    variables = {**_NEVER_AWAY, **variables}
    plain = _plain(template, user, variables)
    reason = ""
    for number, as_text, content, ids in product((2, 1), (False, True), ("", None), _IDS):
        calls = CALLS[:number]
        turn = {"role": "assistant", "content": content, "tool_calls": list(_turn_calls(calls, ids, as_text=as_text))}
        try:
            whole = template.render([user, turn], tools=TOOLS, add_generation_prompt=False, **variables)
        except TemplateRefused as refused:
            reason = reason or str(refused)  # the first way is what most templates want
            continue
        readings = tuple(dict.fromkeys(_cut(whole, before) for before in plain))
        if readings and all(name in readings[0] for name, _ in calls):
            how = f"{number} call{'s' * (number > 1)}, arguments as {'text' if as_text else 'an object'}"
            return WireText(calls, readings, how)
        reason = reason or "the calls are left out"
    raise TemplateRefused(reason)


def _turn_calls(
    calls: Sequence[tuple[str, dict[str, Any]]], ids: Sequence[str], *, as_text: bool
) -> Iterator[dict[str, Any]]:
    for (name, arguments), call_id in zip(calls, ids, strict=False):
        value = msgspec.json.format(msgspec.json.encode(arguments), indent=0).decode() if as_text else arguments
        yield {"id": call_id, "type": "function", "function": {"name": name, "arguments": value}}


def _plain(template: ChatTemplate, user: dict[str, Any], variables: dict[str, Any]) -> tuple[str, ...]:
    """What stands before a plain answer's words, and what stands before the turn at all."""
    before: list[str] = []
    turn = {"role": "assistant", "content": _ANSWER}
    for messages in ([user, turn], [user]):
        try:
            text = template.render(messages, tools=TOOLS, add_generation_prompt=False, **variables)
        except TemplateRefused:
            continue
        head, found, _ = text.partition(_ANSWER)
        before.append(head if found else text)
    return tuple(before) or ("",)


def _cut(whole: str, before: str) -> str:
    """`whole` without what it shares with `before`; a marker that both begin alike stays whole."""
    shared = 0
    for one, other in zip(whole, before, strict=False):
        if one != other:
            break
        shared += 1
    for opener, closer in _OPENERS.items():
        at = whole.rfind(opener, max(0, shared - _LONGEST_MARKER), shared)
        if at >= 0 and closer not in whole[at:shared]:
            shared = at
    return whole[shared:]
