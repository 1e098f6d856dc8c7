"""Which texts betray a dialect: in a chat template, and in what a model wrote.

A table in order of decreasing speciality: the first row that fits says most, later ones that fit as well are kept as
second thoughts. Markers are weaker evidence than a round trip; they are all there is where a template cannot be
rendered, and the first that one has of raw output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec


class Marker(msgspec.Struct, frozen=True):
    """A dialect, and what betrays it: all of `has`, none of `lacks`."""

    dialect: str
    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    template_only: bool = False
    """Texts of instructions, which a model reads and does not write."""


MARKERS: tuple[Marker, ...] = (
    Marker("minimax_m3", ("]<]minimax[>[",)),
    Marker("minimax_m2", ("<minimax:tool_call>",)),
    Marker("seed_oss", ("<seed:tool_call>",)),
    Marker("longcat", ("<longcat_tool_call>",)),
    Marker("dots", ("<dots_function_call>",)),
    Marker("apertus", ("<|tools_prefix|>",)),
    Marker("gigachat35", ("｜GCML｜",)),
    Marker("iquest_q1", ("<iquest_tool_call>",)),
    Marker("iquest_q1", ("<|iquest_assistant|>",), template_only=True),
    Marker("deepseek_v41", ("DSML｜ calls",)),
    Marker("deepseek_v32", ("DSML", "function_calls"), ("DSML｜tool_calls",)),
    Marker("deepseek_v4", ("DSML", "tool_calls")),
    Marker("deepseek_v3", ("tool▁calls▁begin", "```json")),
    Marker("deepseek_v31", ("tool▁calls▁begin",)),
    Marker("step3", ("<steptml:invoke",)),
    Marker("step3", ("<｜tool_calls_begin｜>",)),
    Marker("kimi_k2", ("<|tool_calls_section_begin|>",)),
    Marker("kimi_k3", ("<|open|>", "<|close|>", "<|sep|>")),
    Marker("lfm2", ("<|tool_call_start|>",)),
    Marker("lfm2", ("<|tool_list_start|>",), template_only=True),
    Marker("gemma4", ("<|tool_call>",)),
    Marker("functiongemma", ("<start_function_call>",)),
    Marker("inkling", ("<|content_invoke_tool_json|>",)),
    Marker("gigachat3", ("<|function_call|>",)),
    Marker("gigachat3", ("function call<|role_sep|>",)),
    Marker("gigachat3", ("<|role_sep|>", "<|message_sep|>", "function call"), template_only=True),
    Marker("solar", ("<|tool_call:begin|>",)),
    Marker("solar_open2", ("<|tool_arg:start|>",)),
    Marker("solar_open2", ("<|tool_call:start|>",)),
    Marker("plamo3", ("<|plamo:begin_tool_request",)),
    Marker("k2_horizon", ("<ifm|tool_call",)),
    Marker("muse", ("<atem:function_calls>",)),
    Marker("nemotron_nano", ("<TOOLCALL>",)),
    Marker("qwen_agent", ("✿FUNCTION✿",)),
    Marker("internlm2", ("<|action_start|>",)),
    Marker("cohere_r7b", ("<|START_ACTION|>",)),
    Marker("beam", ("<rfl:parameter",)),
    Marker("harmony", ("<|channel|>",), ("<rfl:parameter",)),
    Marker("mistral_v11_callid", ("[TOOL_CALLS]", "[CALL_ID]", "[ARGS]")),
    Marker("mistral_v11", ("[TOOL_CALLS]", "[ARGS]")),
    Marker("mistral_v3", ("[TOOL_CALLS]",)),
    Marker("granite_20b_fc", ("<function_call>",)),
    Marker("granite30", ("<|tool_call|>",)),
    Marker("olmo3", ("<function_calls>",), ("<atem:", "DSML")),
    Marker("functionary_v32", (">>>all",)),
    Marker("minicpm5", ("<function name=", "<param name=")),
    Marker("qwen3_coder", ("<function=", "<parameter=")),
    Marker("mimo", ("<function=", "<parameter=")),
    Marker("functionary_v31", ("<function=",), ("<parameter=",)),
    Marker("hy_v3", ("<tool_calls", "<tool_sep")),
    Marker("hy_v3", ("tool_calls", "tool_sep", "arg_key")),
    Marker("hy_v4", ("<tool_calls", "<arg_key")),
    Marker("ling3", ("<role>ASSISTANT</role>", "<arg_key>")),
    Marker("glm45", ("<arg_key>", "<arg_value>")),
    Marker("glm47", ("<arg_key>", "<arg_value>")),
    Marker("telechat4", ("<param_key>",)),
    Marker("apriel", ("<tool_calls>", "[BEGIN FINAL RESPONSE]")),
    Marker("minimax_m1", ("<tool_calls>", "<tools>"), template_only=True),
    Marker("minimax_m1", ("<tool_calls>\n{",)),
    Marker("hunyuan_a13b", ("<tool_calls>",)),
    Marker("jamba", ("<tool_calls>",)),
    Marker("llama4_pythonic", ("<|python_start|>",)),
    Marker("llama3_json_tag", ("<|python_tag|>", '"parameters"')),
    Marker("firefunction", ("functools", "<|start_header_id|>"), template_only=True),
    Marker("phi4_mini", ("functools[",)),
    Marker("phi4_mini", ("functools",), template_only=True),
    Marker("qwen25coder_tools", ("<tools>",), ("<tool_call>", "<tool_calls>")),
    Marker("granite31", ("<tool_call>[",)),
    Marker("hermes", ("<tool_call>",)),
    Marker("llama3_json", ("Environment: ipython", '"parameters"'), template_only=True),
    Marker("llama3_json", ('{"name": function name, "parameters"',), template_only=True),
    Marker("pythonic", ("[func_name1(params_name1",), template_only=True),
    Marker("command_r_plus", ("Action:", "tool_name")),
    Marker("gemma3_pythonic_fence", ("```tool_code",)),
)

_CALL_OBJECT = r'\{\s*"(?:name|arguments|parameters)"\s*:'
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("llama3_json", re.compile(r'\s*\{\s*(?:"type"\s*:\s*"function"\s*,\s*)?"name"\s*:\s*"[^"]*"\s*,\s*"param')),
    ("functionary_v32", re.compile(r"\s*(?:>>>)?[A-Za-z_][\w.]{0,100}\n\{")),
    ("pythonic", re.compile(r"\s*\[\s*[A-Za-z_][\w.]*\(")),
    ("qwen25coder_fence", re.compile(rf"[^`]{{0,2000}}```(?:json)?\s*\[?\s*{_CALL_OBJECT}")),
    ("xlam", re.compile(rf"\s*\[\s*{_CALL_OBJECT}")),
    ("bare_json", re.compile(rf"\s*{_CALL_OBJECT}")),
)  # fmt: skip
"""Dialects without a marker, known by how the answer begins."""


def in_template(template: str) -> Iterator[Marker]:
    return (marker for marker in MARKERS if _fits(marker, template))


def in_output(text: str) -> Iterator[Marker]:
    """Markers in what a model wrote; then the shapes of dialects that have none."""
    yield from (marker for marker in MARKERS if not marker.template_only and _fits(marker, text))
    for dialect, pattern in SHAPES:
        found = pattern.match(text)
        if found:
            yield Marker(dialect, (" ".join(found[0].split())[-40:],))


def _fits(marker: Marker, text: str) -> bool:
    return all(part in text for part in marker.has) and not any(part in text for part in marker.lacks)
