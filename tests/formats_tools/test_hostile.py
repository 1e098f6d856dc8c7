"""Hostile text costs linear time in every dialect."""

from __future__ import annotations

import time

import pytest
from dialect_bench import NAMES, TOOLS, sample, tokens

from assay.formats.tools import dialect
from assay.formats.tools.base import CallDropped

LETTERS = ("{", "[", '"', "\\", "<", ",", "'", "\n", "[],", "a=1,", "True,")
SMALL, LARGE = 3_000, 12_000


def _seconds(name: str, text: str) -> float:
    begun = time.process_time()
    dialect(name).parse(text, TOOLS)
    return time.process_time() - begun


def _attacks(name: str) -> list[tuple[str, str]]:
    """A beginning, and what is repeated after it."""
    text = sample(name)
    words = [("", word) for word in dict.fromkeys(tokens(text)) if len(word) > 1]
    cuts = [text[:at] for at in range(0, len(text), max(1, len(text) // 5))]
    return [*words, *(("", cut) for cut in cuts if cut), *((cut, letter) for cut in cuts for letter in LETTERS)]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_four_times_the_text_takes_no_more_than_twelve_times_the_time(name: str) -> None:
    for before, repeated in _attacks(name):
        small = before + repeated * (SMALL // len(repeated))
        large = before + repeated * (LARGE // len(repeated))
        allowed = 12 * max(_seconds(name, small), 0.004)
        assert min(_seconds(name, large) for _ in range(2)) < allowed, (before, repeated)


@pytest.mark.parametrize("name", NAMES)
def test_a_great_many_false_starts_are_all_text(name: str) -> None:
    text = "".join(tokens(sample(name))[:3]) * 3000
    parsed = dialect(name).parse(text, TOOLS)
    assert len(parsed.problems) <= 1000
    assert len(parsed.calls) <= 10_000


MILLIONS = [
    ("gemma4", '<|tool_call>call:f{a:[<|"|>b<|"|>', ","),
    ("gemma4", "<|tool_call>call:f{a:[", 'b<|"|>,'),
    ("jamba", '<tool_calls>[{"name": "f", "arguments": {"a": ["', '"-"'),
    ("longcat", '<longcat_tool_call>{"name": "f", "arguments": {"a": "', '"1"'),
    ("functionary_v32", 'f\n{"a": ', "'1"),
    ("phi4_mini", 'functools[{"name": "f", "arguments": {"a": {"n": 1},', ":e"),
    ("qwen_agent", '✿FUNCTION✿: f\n✿ARGS✿: {"a": {"n":', "q:"),
]


@pytest.mark.parametrize(("name", "start", "repeated"), MILLIONS)
def test_a_million_characters_of_slips_take_less_than_a_second(name: str, start: str, repeated: str) -> None:
    text = start + repeated * (1_000_000 // len(repeated))
    begun = time.process_time()
    parsed = dialect(name).parse(text, TOOLS)
    assert time.process_time() - begun < 1
    assert (parsed.calls, parsed.text) == ((), text)


def test_what_only_begins_as_a_number_ends_the_call_at_once() -> None:
    stream = dialect("hermes").stream(TOOLS)
    deltas = stream.feed('<tool_call>{"name": "f", "arguments": {"a": 1.x')
    assert any(isinstance(delta, CallDropped) for delta in deltas)
    assert [problem.what for problem in stream.parsed().problems] == ["“1.” is no number"]


def test_a_value_nested_too_deep_is_no_value() -> None:
    deep = "[" * 5000 + "]" * 5000
    for name, text in {
        "hermes": f'<tool_call>{{"name": "f", "arguments": {{"a": {deep}}}}}</tool_call>',
        "pythonic": f"[f(a={deep})]",
        "gemma4": f"<|tool_call>call:f{{a:{deep}}}<tool_call|>",
        "qwen3_coder": f"<function=search><parameter=tags>{deep}</parameter></function>",
    }.items():
        parsed = dialect(name).parse(text, TOOLS)
        assert parsed.problems
        assert name == "qwen3_coder" or parsed.text == text


@pytest.mark.parametrize(
    ("name", "start", "slip"),
    [
        ("hermes", '<tool_call>{"name": "f", "arguments": {"a": 1,', "q:"),
        ("qwen_agent", '✿FUNCTION✿: f\n✿ARGS✿: {"a": 1,', "None,"),
        ("gemma4", '<|tool_call>call:f{a:[<|"|>b<|"|>,', ",1=:"),
    ],
)
def test_a_value_in_which_more_is_wrong_than_can_be_forgiven_is_text(name: str, start: str, slip: str) -> None:
    text = start + slip * 25_000
    parsed = dialect(name).parse(text)
    assert (parsed.calls, parsed.text) == ((), text)
    assert [problem.what for problem in parsed.problems] == ["more is wrong than can be forgiven"]


@pytest.mark.parametrize(
    "start", ['{"tool_calls": [', '{"function": ', '{"name": "f", "arguments": "{', "[f(a=[", "{'a': "]
)
@pytest.mark.parametrize("name", ["hermes", "xlam", "bare_json", "pythonic", "llama3_json", "mistral_v3", "jamba"])
def test_starts_within_starts_end_somewhere(name: str, start: str) -> None:
    for before in ("", "<tool_call>", "[TOOL_CALLS]", "<tool_calls>"):
        text = before + start * 3000
        parsed = dialect(name).parse(text, TOOLS)
        assert parsed.calls == ()
        assert parsed.text == text
