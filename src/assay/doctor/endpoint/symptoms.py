"""What became of a call that a model was asked to make: from the outside of an answer to the kind of fault.

Pure: looks at what was heard. What causes it on which engine, and what mends it, stands in `remedies`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assay.core.messages import Reply, Tool
from assay.doctor.endpoint.toolbox import arguments_of
from assay.formats.tool_inference import from_output

Kind = Literal[
    "right",  # a call of one of the tools, with arguments that are an object
    "no_parser",  # refused: the server was started without a parser
    "no_jinja",  # refused: llama.cpp without --jinja
    "no_tools",  # refused: this model has no template for tools
    "unparsed",  # refused: the server could not read what the model wrote
    "failed",  # an exception in the server, of which it says nothing
    "refused",  # refused for another reason
    "left_in_text",  # signature A: the call stands in the text
    "stripped",  # the same, but the marks that name the dialect are gone
    "torn",  # the end of a call stands in the text: the parser took its beginning for its own dialect
    "in_reasoning",  # the call stands in the reasoning
    "nothing",  # signature B: no call and no text, and nothing fails
    "bogus",  # signature C: a call of a tool that there is not, or arguments that are no object
    "emptied",  # calls without any arguments, of tools that ask for some
    "cut",  # the answer ran into its limit before a call came
    "prose",  # words, and no call anywhere
]

_REFUSALS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("no_parser", re.compile(r"enable-auto-tool-choice|tool-call-parser", re.I)),
    ("no_jinja", re.compile(r"--jinja", re.I)),
    ("unparsed", re.compile(r"failed to parse input|does not match the expected .{0,30}format", re.I)),
    ("no_tools", re.compile(r"(does not|doesn't|not) support.{0,20}(tools|function)|tools?.{0,20}not supported", re.I)),
    ("failed", re.compile(r"HTTP 500: Internal Server Error\.?$", re.I)),
)


_END = re.compile(r"(</(tool_call|function|invoke|arg_value)>|<\|?tool_calls?(_section)?_end\|?>)\s*\Z")


def of_refusal(said: str) -> Kind:
    """Which fault an error's words tell of."""
    return next((kind for kind, pattern in _REFUSALS if pattern.search(said)), "refused")


def of_reply(reply: Reply, tools: Sequence[Tool]) -> Kind:
    """What an answer looks like that should have held a call."""
    names = {tool.name for tool in tools}
    if reply.tool_calls:
        sound = all(call.name in names and arguments_of(call) is not None for call in reply.tool_calls)
        asked = {tool.name for tool in tools if tool.parameters.get("required")}
        bare = all(call.name in asked and not arguments_of(call) for call in reply.tool_calls)
        return ("emptied" if bare else "right") if sound else "bogus"
    if read_in(reply.text, tools):
        return "left_in_text"
    if read_in(reply.reasoning, tools):
        return "in_reasoning"
    if reply.finish_reason == "length":
        return "cut"
    if not reply.text.strip():
        return "nothing"
    if _names_and_json(reply.text, names):
        return "stripped"
    return "torn" if _END.search(reply.text) else "prose"


def read_in(text: str, tools: Sequence[Tool]) -> str:
    """The dialect that finds calls of these tools in a text; empty for none."""
    found = from_output(text, tools) if text.strip() else None
    if found is None or not found.guesses:
        return ""
    best = found.guesses[0]
    return best.dialect if len(best.evidence) > 1 else ""


def _names_and_json(text: str, names: set[str]) -> bool:
    """A tool's name and the makings of arguments, which is no prose."""
    return any(
        name in text and re.search(rf'\{{\s*"\w+"\s*:|{re.escape(name)}\(\w+\s*=|</?\w+[=>]', text) for name in names
    )
