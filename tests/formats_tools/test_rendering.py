"""What a dialect writes it reads again; what it cannot carry it refuses, with the reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dialect_bench import NAMES, TOOLS, bare
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.messages import Tool
from assay.formats.tools import dialect
from assay.formats.tools.base import Call, Unrepresentable
from assay.formats.tools.dialect import fitting_tools

KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
NASTY = [
    "",
    "0213",
    "3",
    "true",
    "null",
    "a\nb",
    "\n",
    " x ",
    'say "hi"',
    "it's",
    "\\n",
    "é漢😀",
    "<b>",
    "{",
    "[1]",
    "</tool_call>",
]
NASTY += ["</parameter>", "```", "{'a': 1}", "<|call|>", "</think>", "\t", "a, b", "x=1", "<arg_key>", '<|"|>']
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=12))
SCALARS = st.one_of(TEXTS, st.integers(-(10**20), 10**20), st.booleans(), st.none(), st.floats(allow_nan=False))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)
CALLS = st.lists(
    st.builds(Call, st.sampled_from(["get_weather", "search", "a.b-c"]), st.dictionaries(KEYS, VALUES, max_size=4)),
    min_size=1,
    max_size=3,
)


def _exact(value: Any) -> str:
    """Tells 1, 1.0 and true apart."""
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10, deadline=None)
@given(calls=CALLS)
def test_what_is_written_is_read_as_the_same_calls(name: str, calls: list[Call]) -> None:
    found = dialect(name)
    try:
        text = found.render(calls)
    except Unrepresentable as refused:
        assert str(refused)
        return
    parsed = found.parse(text, fitting_tools(calls))
    assert _exact(bare(parsed.calls)) == _exact(bare(calls))
    assert parsed.text == ""


PLAIN_TEXTS = st.from_regex(r"[A-Za-z][A-Za-z0-9 ]{0,10}[a-z]", fullmatch=True).filter(
    lambda text: text.lower() not in ("true", "false", "null", "none", "nil")
)
PLAIN_VALUES = st.one_of(
    PLAIN_TEXTS, st.integers(-999, 999), st.booleans(), st.lists(PLAIN_TEXTS, min_size=1, max_size=3)
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10, deadline=None)
@given(arguments=st.dictionaries(KEYS, PLAIN_VALUES, max_size=4))
def test_plain_values_can_be_said_in_every_dialect(name: str, arguments: dict[str, Any]) -> None:
    call = Call("get_weather", arguments)
    assert bare(dialect(name).parse(dialect(name).render([call]), fitting_tools([call])).calls) == bare([call])


@pytest.mark.parametrize("name", [name for name in NAMES if dialect(name).carries.ids])
def test_ids_are_carried_where_the_dialect_has_them(name: str) -> None:
    call = Call("search", {"q": "x"}, id="functions.search:7" if name == "kimi_k2" else "abcdef123")
    found = dialect(name)
    assert found.parse(found.render([call], TOOLS), TOOLS).calls == (call,)


REFUSED = [
    ("qwen3_coder", Call("search", {"q": "a</parameter>b"}), "a text that holds </parameter>"),
    ("minimax_m2", Call("search", {"q": "</parameter>"}), "taken for markup"),
    ("pythonic", Call("search", {"not a name": 1}), "no name of a Python argument"),
    ("gemma4", Call("search", {"q": '<|"|>'}), "gemma4"),
    ("hermes", Call("search", {"q": float("nan")}), "no JSON"),
    ("hermes", Call("search", {"q": "\ud800"}), "no JSON"),
    ("glm45", Call("two\nlines", {}), "glm45"),
    ("kimi_k2", Call("search", {}, id="call_1"), "kimi_k2"),
]


@pytest.mark.parametrize(("name", "call", "reason"), REFUSED)
def test_what_cannot_be_said_is_refused_with_the_reason(name: str, call: Call, reason: str) -> None:
    with pytest.raises(Unrepresentable, match=reason):
        dialect(name).render([call])


def test_one_call_only_where_the_dialect_holds_one() -> None:
    with pytest.raises(Unrepresentable, match="holds one call"):
        dialect("gigachat3").render([Call("a"), Call("b")])


def test_a_value_that_the_schema_would_turn_into_another_is_refused() -> None:
    tools = [Tool(name="f", parameters={"properties": {"zip": {"type": "integer"}}})]
    with pytest.raises(Unrepresentable, match="would be read as 3"):
        dialect("qwen3_coder").render([Call("f", {"zip": "3"})], tools)
    assert dialect("hermes").render([Call("f", {"zip": "3"})], tools)
