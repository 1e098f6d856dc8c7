"""A stream keeps its promises on any text: the cuts do not matter, nothing raises, nothing is lost or held back."""

from __future__ import annotations

import pytest
from dialect_bench import NAMES, SEARCH, TOOLS, bare, heard, sample, tokens, usual_calls
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.formats.tools import dialect
from assay.formats.tools.base import ArgumentText, CallEnd, CallStart, Delta, Text

ANYWHERE = ["<think>", "</think>", "{", "}", "[", "]", '"', "'", ",", ":", "\\", "\n", " ", "word", "```", "```json"]
ANYWHERE += ["(", ")", "=", "null", "-1", "\\u00", "é", "<", '"""', "'''", ";", "<|im_end|>", "\x00", "\ud800"]


def _hostile(name: str) -> st.SearchStrategy[str]:
    """The dialect's own words in any order, and its own calls with some of the words wrong."""
    words = tokens(sample(name))
    word = st.sampled_from([*words, *ANYWHERE])
    spoilt = st.lists(st.tuples(st.integers(0, len(words) - 1), st.one_of(word, st.just(""))), min_size=1, max_size=4)
    return st.one_of(
        st.lists(word, max_size=40).map("".join),
        spoilt.map(lambda changes: "".join({**dict(enumerate(words)), **dict(changes)}.values())),
        spoilt.map(
            lambda changes: "Text. " + "".join({**dict(enumerate(words)), **dict(changes)}.values()) + "\nMore."
        ),
    )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_text_in_any_pieces_is_read_the_same_and_nothing_raises(name: str, data: st.DataObject) -> None:
    text = data.draw(_hostile(name))
    whole = dialect(name).parse(text, TOOLS)
    stream = dialect(name).stream(TOOLS)
    deltas: list[Delta] = []
    at = 0
    while at < len(text):
        size = data.draw(st.sampled_from([1, 2, 3, 5, 11, 23]))
        deltas += stream.feed(text[at : at + size])
        at += size
    deltas += stream.finish()
    assert stream.parsed() == whole
    assert heard(deltas) == (whole.text, whole.reasoning, list(whole.calls))


_PYTHON_KEYS = st.sampled_from(["'k'", '"j"', "'k1'", "''", "1", "(1,)", " 1 "])
_PYTHON = st.recursive(
    st.sampled_from(
        [
            "'a'",
            '"b"',
            "''",
            "'it's'",
            "'x\\n'",
            "r'q'",
            "1",
            "-2",
            "1.5",
            "07",
            "True",
            "null",
            "abc",
            "(1, 2)",
            "(1:)",
            "-",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(lambda items: f"{{{','.join(items)}}}"),
        st.lists(st.tuples(_PYTHON_KEYS, inner), max_size=4).map(
            lambda members: f"{{{', '.join(f'{key}: {value}' for key, value in members)}}}"
        ),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["pythonic", "lfm2", "olmo3"])
@settings(max_examples=100, deadline=None)
@given(value=_PYTHON, size=st.sampled_from([1, 2, 3, 5, 16]))
def test_a_python_value_in_any_pieces_is_read_the_same(name: str, value: str, size: int) -> None:
    text = {"lfm2": "<|tool_call_start|>[%s]", "olmo3": "<function_calls>%s"}.get(name, "[%s]") % f"f(x={value}, y=1)"
    stream = dialect(name).stream()
    for at in range(0, len(text), size):
        stream.feed(text[at : at + size])
    stream.finish()
    assert stream.parsed() == dialect(name).parse(text)


@pytest.mark.parametrize("name", NAMES)
def test_text_around_calls_stays_text(name: str) -> None:
    found = dialect(name)
    before = "I look first. " if found.carries.text_before else ""
    after = "That is all." if found.carries.text_after else ""
    parsed = found.parse(f"{before}{sample(name)}{after}", TOOLS)
    assert bare(parsed.calls) == bare(usual_calls(found))
    assert parsed.text.split() == (before + after).split()


@pytest.mark.parametrize("name", NAMES)
def test_plain_text_leaves_with_the_piece_that_it_came_in(name: str) -> None:
    stream = dialect(name).stream(TOOLS)
    stream.feed("So: ")
    for piece in ("this is said ", "at once, ", "with 1 < 2 and ", "nothing held back. "):
        assert stream.feed(piece) == [Text(piece)]


JSON_ARGUMENTS = [name for name in NAMES if dialect(name).carries.types == "json"]


@pytest.mark.parametrize("name", JSON_ARGUMENTS)
def test_json_arguments_go_out_as_they_come(name: str) -> None:
    found = dialect(name)
    text = found.render([SEARCH], TOOLS) if found.carries.several else sample(name)
    stream = found.stream(TOOLS)
    pieces = 0
    for letter in text:
        pieces += sum(isinstance(delta, ArgumentText) for delta in stream.feed(letter))
    assert pieces > 10


@pytest.mark.parametrize("name", NAMES)
def test_a_call_is_out_when_its_end_marker_is(name: str) -> None:
    stream = dialect(name).stream(TOOLS)
    deltas = stream.feed(sample(name))
    ended = [delta for delta in deltas if isinstance(delta, CallEnd)]
    assert len(ended) == len(usual_calls(dialect(name)))


@pytest.mark.parametrize("name", ["hermes", "qwen3_coder", "glm45", "deepseek_v31", "minimax_m2"])
def test_reasoning_is_kept_apart(name: str) -> None:
    parsed = dialect(name).parse(f"<think>\nWhich city?</think>\n\nParis.\n{sample(name)}", TOOLS)
    assert parsed.reasoning == "Which city?"
    assert parsed.text == "Paris.\n"
    assert len(parsed.calls) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("minimax_m3", "<mm:think>Which city?</mm:think>Paris."),
        (
            "inkling",
            "<|content_thinking|>Which city?<|end_message|><|message_model|><|content_text|>Paris.<|end_message|>",
        ),
        ("muse", " to=self<|message|>Which city?<|eom|><|start|>assistant to=user<|message|>Paris.<|eot|>"),
        ("deepseek_v32", "<think><think>Which city?</think>Paris."),
        ("solar_open2", "<|think:start|>Which city?<|think:end|>Paris.<|im:end|>"),
    ],
)
def test_each_dialects_own_marks_of_reasoning_are_known(name: str, text: str) -> None:
    parsed = dialect(name).parse(text, TOOLS)
    assert (parsed.reasoning, parsed.text, parsed.problems) == ("Which city?", "Paris.", ())


def test_what_follows_a_call_within_the_reasoning_is_text_wherever_the_cuts_are() -> None:
    text = '[{"name": "get_weather", "parameters": {"city": "Rome"}}, {"name": "nope", "parameters": {"a": 1}}]'
    whole = dialect("hermes").parse(text, TOOLS, thinking=True)
    for size in (1, 3, 16):
        stream = dialect("hermes").stream(TOOLS, thinking=True)
        for at in range(0, len(text), size):
            stream.feed(text[at : at + size])
        stream.finish()
        assert stream.parsed() == whole
    assert whole.text and not whole.reasoning


def test_reasoning_that_the_prompt_opened_is_reasoning() -> None:
    parsed = dialect("hermes").parse("Which city?</think>Paris.", TOOLS, thinking=True)
    assert (parsed.reasoning, parsed.text) == ("Which city?", "Paris.")


def test_a_call_within_the_reasoning_ends_it_where_engines_say_so() -> None:
    text = f"<think>So {sample('hermes')}</think>Done."
    assert len(dialect("hermes").parse(text, TOOLS).calls) == 2
    assert dialect("qwen_agent_nous").parse(text, TOOLS).calls == ()


def test_a_call_that_the_reasoning_only_talks_about_is_none_where_engines_say_so() -> None:
    call = sample("seed_oss")
    parsed = dialect("seed_oss").parse(f"<seed:think>The format is {call}. Wait, yes.</seed:think>{call}", TOOLS)
    assert len(parsed.calls) == 2
    assert parsed.reasoning == f"The format is {call}. Wait, yes."


def test_a_call_that_breaks_off_is_dropped_and_its_text_given_back() -> None:
    stream = dialect("hermes").stream(TOOLS)
    text = 'Well. <tool_call>\n{"name": "get_weather", "arguments": {"city": "Par'
    deltas = [*stream.feed(text), *stream.finish()]
    assert any(isinstance(delta, CallStart) for delta in deltas)
    assert heard(deltas) == (text, "", [])
    assert stream.parsed().problems[-1].lost
