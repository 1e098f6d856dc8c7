"""Wire formats as pure translators: a request into a call, bytes into a reply. No socket, no clock, no key.

One small module a format; the seam that they share is `base.Wire`.
"""

from __future__ import annotations

from assay.formats.wire.anthropic import Messages
from assay.formats.wire.base import Call, Reader, Root, Wire, WireError, cut_at
from assay.formats.wire.faults import Problem, blocked, fault_of, read_problem
from assay.formats.wire.gemini import Gemini
from assay.formats.wire.infill import LlamaInfill, OllamaGenerate
from assay.formats.wire.openai_chat import Chat
from assay.formats.wire.openai_completions import Completions
from assay.formats.wire.openai_responses import Responses
from assay.formats.wire.sse import Events, Framing, JsonLines

WIRES: dict[str, Wire] = {
    wire.name: wire
    for wire in (Chat(), Completions(), Responses(), Messages(), Gemini(), LlamaInfill(), OllamaGenerate())
}

_OWN_LIMIT_NAME = {"api.openai.com": "max_completion_tokens"}
"""Servers whose reasoning models refuse `max_tokens`; everybody else takes it."""


def wire_for(name: str, *, host: str) -> Wire:
    """The format as `host` speaks it."""
    if name == Chat.name and host in _OWN_LIMIT_NAME:
        return Chat(_OWN_LIMIT_NAME[host])
    return WIRES[name]


__all__ = [
    "WIRES",
    "Call",
    "Events",
    "Framing",
    "JsonLines",
    "Problem",
    "Reader",
    "Root",
    "Wire",
    "WireError",
    "blocked",
    "cut_at",
    "fault_of",
    "read_problem",
    "wire_for",
]
