"""The public samples: fifty-nine formats, each read whole and cut at every place, and written again."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from dialect_bench import bare, heard, public_data

from assay.core.errors import UserError
from assay.core.messages import Tool
from assay.formats.tools import ALIASES, DIALECTS, dialect
from assay.formats.tools.dialect import Dialect

SAMPLES = [
    "apertus",
    "bare_json",
    "bare_json_array",
    "cohere_r7b",
    "command_r_plus",
    "deepseek_v3",
    "deepseek_v31",
    "deepseek_v32",
    "deepseek_v4",
    "deepseek_v41",
    "dots",
    "ernie45",
    "firefunction",
    "functionary_v31",
    "functionary_v32",
    "functiongemma",
    "gemma3_pythonic_fence",
    "gemma4",
    "gigachat3",
    "glm45",
    "glm47",
    "granite30",
    "granite31",
    "granite_20b_fc",
    "harmony",
    "hermes_json",
    "hunyuan_a13b",
    "hy_v3",
    "hy_v4",
    "inkling",
    "internlm2",
    "jamba",
    "kimi_k2",
    "kimi_k3",
    "lfm2",
    "llama3_json",
    "llama3_json_tag",
    "llama4_pythonic",
    "longcat",
    "mimo_xml",
    "minicpm5",
    "minimax_m1",
    "minimax_m2",
    "minimax_m3",
    "mistral_v11",
    "mistral_v11_callid",
    "mistral_v3",
    "olmo3",
    "phi4_mini",
    "phi4_mini_simple",
    "pythonic",
    "qwen25coder_fence",
    "qwen25coder_tools",
    "qwen3_coder_xml",
    "qwen_agent",
    "seed_oss",
    "step3",
    "xlam",
]
SINGLE = {"bare_json", "command_r_plus", "gemma3_pythonic_fence", "gigachat3", "harmony", "internlm2", "llama3_json"}
SINGLE |= {"phi4_mini_simple"}
"""Their samples hold the first call only."""


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(public_data("toolcalls/canonical_samples.json").read_text())
    return data


def _tools() -> list[Tool]:
    said = [tool["function"] for tool in _data()["tools"]]
    return [Tool(name=tool["name"], parameters=tool["parameters"]) for tool in said]


def _expected(name: str) -> list[tuple[str, dict[str, Any]]]:
    calls = [(call["name"], call["arguments"]) for call in _data()["expected"]]
    if name == "functiongemma":
        return [calls[0], ("search", {"q": "cats", "exact": True})]
    return calls[:1] if name in SINGLE else calls


def _read(name: str) -> tuple[Dialect, str]:
    return dialect(name), _data()["samples"][name]


def test_every_sample_has_a_dialect_of_its_name() -> None:
    assert set(SAMPLES) == set(_data()["samples"]) - {"plain_text"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_its_calls_and_nothing_else(name: str) -> None:
    found, text = _read(name)
    parsed = found.parse(text, _tools())
    assert bare(parsed.calls) == _expected(name)
    assert parsed.text == ""
    assert parsed.problems == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_cut_anywhere_is_the_same(name: str) -> None:
    found, text = _read(name)
    whole = found.parse(text, _tools())
    for at in range(len(text) + 1):
        stream = found.stream(_tools())
        deltas = [*stream.feed(text[:at]), *stream.feed(text[at:]), *stream.finish()]
        assert stream.parsed() == whole
        assert heard(deltas) == (whole.text, whole.reasoning, list(whole.calls))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11, 23])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_in_small_pieces_is_the_same(name: str, size: int) -> None:
    found, text = _read(name)
    stream = found.stream(_tools())
    for at in range(0, len(text), size):
        stream.feed(text[at : at + size])
    stream.finish()
    assert stream.parsed() == found.parse(text, _tools())


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_read_can_be_written_again(name: str) -> None:
    found, text = _read(name)
    calls = found.parse(text, _tools()).calls
    written = found.render(calls, _tools())
    assert found.parse(written, _tools()).calls == calls


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_plain_text_is_text_in_every_dialect(name: str) -> None:
    text = _data()["samples"]["plain_text"]
    parsed = dialect(name).parse(text, _tools())
    assert parsed.text == text
    assert parsed.calls == ()


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="did you mean “hermes”"):
        dialect("hermess")


@pytest.mark.parametrize("name", [*DIALECTS, *ALIASES])
def test_each_name_leads_to_a_dialect(name: str) -> None:
    assert dialect(name).name == ALIASES.get(name, name)
