"""Calls as single families of models write them, each as the leaderboard had a decoder for it."""

from __future__ import annotations

import itertools
import json
from typing import Any

from assay.formats.official_calls.base import Decoded, NoCalls, Undecodable


def json_calls(text: str) -> Decoded:
    """xLAM: a list of `{"name", "arguments"}`, or such a list as `tool_calls` of an object."""
    found = _json(text)
    calls = found.get("tool_calls") if isinstance(found, dict) else found
    if not isinstance(calls, list):
        raise Undecodable("there is no list of calls")
    return [_named(call) for call in calls]


def hermes_calls(text: str) -> Decoded:
    """The line behind each line `<tool_call>`, whatever quotes it has; no such line is no call."""
    return [
        _named(_json(line.replace("'", '"')))
        for before, line in itertools.pairwise(text.split("\n"))
        if before == "<tool_call>" and line not in ("<tool_call>", "</tool_call>")
    ]


def granite_calls(text: str) -> Decoded:
    """One object behind each `<function_call>`; words, and a call of `no_function`, are handed out as what they are."""
    found = [_object(piece.strip()) for piece in text.split("<function_call>") if piece.strip()]
    calls = [{str(call.get("name", "")).strip(): call.get("arguments", {})} for call in found if call is not None]
    if len(calls) < len(found) or any("no_function" in call for call in calls):
        raise NoCalls("there are words beside the calls, or instead of them")
    return calls


def _object(text: str) -> dict[str, Any] | None:
    """None where it is no JSON."""
    try:
        found = _json(text)
    except Undecodable:
        return None
    if not isinstance(found, dict):
        raise Undecodable("something in the list is no call")
    return found


def glm_calls(text: str) -> Decoded:
    """A name, and its arguments on the next line; lines behind them are passed over."""
    name, *lines = text.split("\n")
    if not lines:
        raise NoCalls("there is no call")
    return [{name: _json(lines[0])}]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Undecodable(f"it is no JSON ({str(error)[:120]})") from error


def _named(call: Any) -> dict[str, Any]:
    if not isinstance(call, dict) or not isinstance(call.get("name"), str) or "arguments" not in call:
        raise Undecodable("something in the list is no call")
    return {call["name"]: call["arguments"]}
