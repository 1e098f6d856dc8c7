"""Every dialect in which models write tool calls into their text, by name."""

from __future__ import annotations

from assay.core.names import find
from assay.formats.tools.dialect import Dialect

_HERE = "assay.formats.tools"

DIALECTS: dict[str, str] = {
    "hermes": f"{_HERE}.hermes:HERMES",
    "xlam": f"{_HERE}.hermes:XLAM",
    "longcat": f"{_HERE}.keyed:LONGCAT",
    "ernie45": f"{_HERE}.tagged_json:ERNIE45",
    "qwen_agent_nous": f"{_HERE}.tagged_json:QWEN_NOUS",
    "minimax_m1": f"{_HERE}.tagged_json:MINIMAX_M1",
    "qwen25coder_tools": f"{_HERE}.tagged_json:QWEN25CODER_TOOLS",
    "granite30": f"{_HERE}.tagged_json:GRANITE30",
    "granite31": f"{_HERE}.tagged_json:GRANITE31",
    "granite_20b_fc": f"{_HERE}.tagged_json:GRANITE_20B_FC",
    "internlm2": f"{_HERE}.tagged_json:INTERNLM2",
    "jamba": f"{_HERE}.tagged_json:JAMBA",
    "apriel": f"{_HERE}.tagged_json:APRIEL",
    "hunyuan_a13b": f"{_HERE}.tagged_json:HUNYUAN_A13B",
    "nemotron_nano": f"{_HERE}.tagged_json:NEMOTRON_NANO",
    "phi4_mini": f"{_HERE}.tagged_json:PHI4_MINI",
    "firefunction": f"{_HERE}.tagged_json:FIREFUNCTION",
    "cohere_r7b": f"{_HERE}.tagged_json:COHERE_R7B",
    "command_r_plus": f"{_HERE}.tagged_json:COMMAND_R_PLUS",
    "gigachat3": f"{_HERE}.tagged_json:GIGACHAT3",
    "inkling": f"{_HERE}.tagged_json:INKLING",
    "apertus": f"{_HERE}.tagged_json:APERTUS",
    "bare_json": f"{_HERE}.bare_json:BARE_JSON",
    "bare_json_array": f"{_HERE}.bare_json:BARE_JSON_ARRAY",
    "qwen25coder_fence": f"{_HERE}.bare_json:QWEN25CODER_FENCE",
    "llama3_json": f"{_HERE}.bare_json:LLAMA3_JSON",
    "llama3_json_tag": f"{_HERE}.bare_json:LLAMA3_JSON_TAG",
    "llama4_json": f"{_HERE}.bare_json:LLAMA4_JSON",
    "mistral_v3": f"{_HERE}.named_json:MISTRAL_V3",
    "mistral_v11": f"{_HERE}.named_json:MISTRAL_V11",
    "mistral_v11_callid": f"{_HERE}.named_json:MISTRAL_V11_CALLID",
    "deepseek_v3": f"{_HERE}.named_json:DEEPSEEK_V3",
    "deepseek_v31": f"{_HERE}.named_json:DEEPSEEK_V31",
    "kimi_k2": f"{_HERE}.token_headed:KIMI_K2",
    "solar": f"{_HERE}.token_headed:SOLAR",
    "plamo3": f"{_HERE}.token_headed:PLAMO3",
    "functionary_v31": f"{_HERE}.named_json:FUNCTIONARY_V31",
    "functionary_v32": f"{_HERE}.line_headed:FUNCTIONARY_V32",
    "glm4": f"{_HERE}.line_headed:GLM4",
    "qwen_agent": f"{_HERE}.line_headed:QWEN_AGENT",
    "harmony": f"{_HERE}.harmony:HARMONY",
    "qwen3_coder": f"{_HERE}.element_dialects:QWEN3_CODER",
    "seed_oss": f"{_HERE}.element_dialects:SEED_OSS",
    "mimo": f"{_HERE}.element_dialects:MIMO",
    "deepseek_v32": f"{_HERE}.element_dialects:DEEPSEEK_V32",
    "deepseek_v4": f"{_HERE}.element_dialects:DEEPSEEK_V4",
    "deepseek_v41": f"{_HERE}.element_dialects:DEEPSEEK_V41",
    "gigachat35": f"{_HERE}.element_dialects:GIGACHAT35",
    "minimax_m2": f"{_HERE}.element_dialects:MINIMAX_M2",
    "dots": f"{_HERE}.element_dialects:DOTS",
    "muse": f"{_HERE}.element_dialects:MUSE",
    "step3": f"{_HERE}.element_dialects:STEP3",
    "minicpm5": f"{_HERE}.element_dialects:MINICPM5",
    "beam": f"{_HERE}.element_dialects:BEAM",
    "solar_open2": f"{_HERE}.element_dialects:SOLAR_OPEN2",
    "glm45": f"{_HERE}.keyed:GLM45",
    "glm47": f"{_HERE}.keyed:GLM47",
    "ling3": f"{_HERE}.keyed:LING3",
    "iquest_q1": f"{_HERE}.keyed:IQUEST_Q1",
    "telechat4": f"{_HERE}.keyed:TELECHAT4",
    "hy_v3": f"{_HERE}.keyed:HY_V3",
    "hy_v4": f"{_HERE}.keyed:HY_V4",
    "k2_horizon": f"{_HERE}.keyed:K2_HORIZON",
    "minimax_m3": f"{_HERE}.minimax_m3:MINIMAX_M3",
    "kimi_k3": f"{_HERE}.kimi_k3:KIMI_K3",
    "gemma4": f"{_HERE}.gemma:GEMMA4",
    "functiongemma": f"{_HERE}.gemma:FUNCTIONGEMMA",
    "pythonic": f"{_HERE}.pythonic:PYTHONIC",
    "llama4_pythonic": f"{_HERE}.pythonic:LLAMA4_PYTHONIC",
    "gemma3_pythonic_fence": f"{_HERE}.pythonic:GEMMA3_PYTHONIC_FENCE",
    "lfm2": f"{_HERE}.pythonic:LFM2",
    "olmo3": f"{_HERE}.pythonic:OLMO3",
}
"""Name → where it is; imported on use."""

ALIASES: dict[str, str] = {
    "hermes_json": "hermes",
    "qwen3_json": "hermes",
    "granite4": "hermes",
    "qwen3_coder_xml": "qwen3_coder",
    "qwen3_xml": "qwen3_coder",
    "step3p5": "qwen3_coder",
    "step5": "qwen3_coder",
    "mimo_xml": "mimo",
    "phi4_mini_simple": "phi4_mini",
    "phi4_mini_json": "phi4_mini",
    "glm46": "glm45",
    "glm5": "glm47",
    "spark25": "glm47",
    "poolside_v1": "glm47",
}
"""Other names of the same."""


def dialect(name: str) -> Dialect:
    """The dialect of that name. Raises UserError, naming the nearest, for an unknown one."""
    known = {**DIALECTS, **{alias: DIALECTS[own] for alias, own in ALIASES.items()}}
    found = find(known, name, what="tool-call dialect")
    assert isinstance(found, Dialect)
    return found
