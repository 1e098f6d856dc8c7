"""Calls in text, read as the leaderboard reads them; and values, compared as it compares them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from assay.formats.official_calls import READINGS, decode
from assay.formats.official_calls.base import Undecodable
from assay.formats.said import Said
from assay.graders.call_rules import Rules
from assay.graders.java_values import java_value
from assay.graders.javascript_values import javascript_value


def read(text: str, reading: str) -> Any:
    try:
        return decode(Said(text=text), READINGS[reading])
    except Undecodable:
        return None


@pytest.mark.parametrize(
    ("reading", "text", "calls"),
    [
        ("python", "[f(a=1, b='x')]", [{"f": {"a": 1, "b": "x"}}]),
        ("python", "f(a=1)", [{"f": {"a": 1}}]),
        ("python", "```\n[a.b.c(x=[1, (2, 3)], y={'k': None})]\n```", [{"a.b.c": {"x": [1, (2, 3)], "y": {"k": None}}}]),
        ("python", "[f(), g(a=true)]", [{"f": {}}, {"g": {"a": "true"}}]),
        ("python", "[f(1, 2)]", [{"f": {}}]),
        ("python", "[f(a=-1.5, b=+2, c=2*3.5, d=2**10)]", [{"f": {"a": -1.5, "b": -2, "c": 7.0, "d": 1024}}]),
        ("python", "[f(a=g(x), b=g(y=1), c=h[0])]", [{"f": {"a": "g(x)", "b": {"g": {"y": 1}}, "c": "h[0]"}}]),
        ("python", "[f(a=x.y)]", None),
        ("python", "Sure: [f(a=1)]", None),
        ("python", "no call", None),
        ("python", "[]", []),
        ("python", "['f(a=1)']", None),
        ("python", "[f(a={[1]: 2})]", None),
        ("java", '[A.f(a="x, y", b=new int[]{1, 2}, c=5L)]', [{"A.f": {"a": "x, y", "b": "new int[]{1,2}", "c": "5L"}}]),
        ("java", "f(a='x', b=new HashMap<String, Object>() {{ put(1); }})", [{"f": {"a": "x", "b": "new HashMap<String,Object>()"}}]),
        ("java", "[f(a=x.y(1, 2), b=true)]", [{"f": {"a": "x.y(1, 2)", "b": "true"}}]),
        ("java", "[f(a=[1, 2])]", None),
        ("java", '[f(a="x", a="y")]', None),
        ("java", '[f(a="x"), g()]', None),
        ("java", '[f(a="x]', None),
        ("javascript", "[f(a=[1, 'x'], b={k: 1}, c='z')]", [{"f": {"a": "[1, 'x']", "b": "{k: 1}", "c": "z"}}]),
        ("javascript", "[f(a=(x) => { return x; })]", [{"f": {"a": "(x) => { return x; }"}}]),
        ("javascript", "f(a=1", None),
        ("javascript", "[f(a=b ? c.d(1)[0] : new E(), g=[1, , 'x'], h={i: -1, 'j': (k, l) => k + l})]", [
            {"f": {"a": "b ? c.d(1)[0] : new E()", "g": "[1, , 'x']", "h": "{i: -1, 'j': (k, l) => k + l}"}}]),
        ("javascript", "```javascript\nf(a=1);\nf(a=2)\n```", [{"f": {"a": "1"}}]),
        ("javascript", "```javascript\n[f(a=1)]\n```", None),
        ("javascript", "f(a=1)\nf(a=2)", [{"f": {"a": "1"}}]),
        ("javascript", '[f(a="x\ny")]', None),
        ("javascript", "[f(a=b. c, d=/x y/g, e=/f/g/h)]", [{"f": {"a": "b. c", "d": "/x y/g", "e": "/f/g/h"}}]),
        ("javascript", "[f(a=/b/cD/e)]", None),
        ("javascript", "[f(a=Product A)]", None),
        ("javascript", "[f(a=x@y.z)]", None),
        ("javascript", "[f(a=)]", None),
        ("javascript", "[f(a: 1)]", None),
        ("java", "[f(a=(int) b, c=new D<E, F>(1), g=h -> h + 1, i=J::k, l=m ? n : o)]", [
            {"f": {"a": "(int)b", "c": "new D<E,F>(1)", "g": "h->h+1", "i": "J::k", "l": "m?n:o"}}]),
        ("java", '[f(a="x\ny"); f(a=1)]', [{"f": {"a": "x\ny"}}]),
        ("java", "f(a=1)\nf(a=2)", None),
        ("java", "[f(a=b.)]", None),
        ("java", "[f(a=LED TV)]", None),
        ("java", "[f(a=/data/nodes/5)]", None),
        ("java", "[f({'a': 'x'})]", None),
        ("java", "[f(a=new int[]{1, b c})]", None),
        ("xlam", '{"tool_calls": [{"name": "f", "arguments": {"a": 1}}]}', [{"f": {"a": 1}}]),
        ("xlam", "\n[]", []),
        ("xlam", '{"tool_calls": [{"name": "f"}]}', None),
        ("hermes", "<tool_call>\n{'arguments': {'a': 1}, 'name': 'f'}\n</tool_call>\n", [{"f": {"a": 1}}]),
        ("hermes", "There is nothing to call.", []),
        ("granite", '<function_call> {"name": "f", "arguments": {"a": 1}}', [{"f": {"a": 1}}]),
        ("granite", '<function_call> {"name": "f"}', [{"f": {}}]),
        ("granite", '<function_call> {"name": "no_function", "arguments": {}}', None),
        ("granite", 'Sure: <function_call> {"name": "f", "arguments": {"a": 1}}', None),
        ("glm", 'f\n{"a": 1}', [{"f": {"a": 1}}]),
        ("glm", 'f\n{"a": 1}\ng\n{"a": 2}', [{"f": {"a": 1}}]),
        ("glm", "There is nothing to call.", None),
        ("native", "words", None),
        ("native", "", []),
    ],
)  # fmt: skip
def test_calls_in_text(reading: str, text: str, calls: Any) -> None:
    """What its decoder takes, and what it does not (None)."""
    assert read(text, reading) == calls


@pytest.mark.parametrize(
    ("text", "kind", "inner", "value"),
    [
        ("-12", "integer", None, -12),
        ("12", "long", None, "12"),
        ("12L", "long", None, 12),
        ("1.5f", "float", None, 1.5),
        ("1.5", "float", None, "1.5"),
        ("1e3", "double", None, 1000.0),
        ("true", "boolean", None, True),
        ("new int[]{1, 2}", "Array", "integer", [1, 2]),
        ("new ArrayList<>(Arrays.asList(\"a\", \"b\"))", "ArrayList", "String", ["a", "b"]),
        ("new ArrayList<Integer>() {{ add(1); add(2); }}", "ArrayList", "integer", [1, 2]),
        ("new ArrayList<>()", "ArrayList", "String", []),
        ('new HashMap<String, Object>() {{ put("a", 1); put("b", "x"); }}', "HashMap", None, {"a": 1, "b": "x"}),
        ("new HashMap<>()", "HashMap", None, {}),
        ("anything", "any", None, "anything"),
    ],
)  # fmt: skip
def test_java_values(text: str, kind: str, inner: str | None, value: Any) -> None:
    """An expression of the type that the schema names becomes its value; others stay text."""
    found = java_value(text, kind, inner)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "kind", "inner", "value"),
    [
        ("'x'", "String", None, "x"),
        ("12", "integer", None, 12),
        ("1.5", "float", None, 1.5),
        ("12n", "Bigint", None, 12),
        ("[1, 2]", "array", "integer", [1, 2]),
        ("['a', \"b\"]", "array", "String", ["a", "b"]),
        ("[[1, 2], [3]]", "array", "array", [[1, 2], [3]]),
        ("new Array(1, 'x')", "array", None, [1, "x"]),
        ("[]", "array", "String", []),
        ("{\"a\": 1, b: 'x', c: [1, 2]}", "dict", None, {"a": 1, "b": "x", "c": [1, 2]}),
        ("{}", "dict", None, {}),
        ("x", "dict", None, "x"),
    ],
)  # fmt: skip
def test_javascript_values(text: str, kind: str, inner: str | None, value: Any) -> None:
    """The same for JavaScript."""
    found = javascript_value(text, kind, inner)
    assert (found, type(found)) == (value, type(value))


def test_hostile_values_take_no_time() -> None:
    """No expression makes a reader of values go back and forth."""
    begun = time.monotonic()
    for text in (
        "[[],[" * 2000,
        "[" + "[],[" * 2400,
        "new HashMap<" * 800,
        "new HashMap<>(){{" + " " * 9900,
        "{" + "a:b," * 2400,
        "{" + "a" * 9000 + "}",
    ):
        for kind in ("Array", "ArrayList", "HashMap"):
            java_value(text, kind, "String")
        for kind in ("array", "dict"):
            javascript_value(text, kind, "String")
    assert time.monotonic() - begun < 5


SCHEMAS: dict[str, dict[str, Any]] = {
    "s": {"type": "string"},
    "i": {"type": "integer"},
    "f": {"type": "float"},
    "l": {"type": "array", "items": {"type": "float"}},
    "t": {"type": "tuple", "items": {"type": "integer"}},
    "d": {"type": "dict"},
    "ld": {"type": "array", "items": {"type": "dict"}},
}


@pytest.mark.parametrize(
    ("key", "value", "possible", "word"),
    [
        ("s", "New-York, NY.", ["new york ny"], ""),
        ("s", "it's", ['it"s'], ""),
        ("s", "Boston", ["New York"], "value_error:string"),
        ("s", 5, ["5"], "type_error:simple"),
        ("i", 5, [5, 6], ""),
        ("i", 5.0, [5], "type_error:simple"),
        ("i", True, [1], "type_error:simple"),
        ("i", "n", ["n"], ""),
        ("f", 5, [5.0], ""),
        ("f", 5, [5], ""),
        ("f", 5.5, [5], "value_error:others"),
        ("l", [1.0, 2.0], [[1.0, 2.0]], ""),
        ("l", [1, 3], [[1.0, 3.0]], "type_error:nested"),
        ("l", [2.0, 1.0], [[1.0, 2.0]], "value_error:list/tuple"),
        ("t", (1, 2), [[1, 2]], ""),
        ("d", {"a": "X y"}, [{"a": ["xy"], "b": ["", 1]}], ""),
        ("d", {"a": 1, "c": 1}, [{"a": [1]}], "value_error:dict_key"),
        ("d", {}, [{"a": [1]}], "value_error:dict_key"),
        ("d", {"a": 2}, [{"a": [1]}], "value_error:dict_value"),
        ("d", {"a": 2}, [{"a": [1], "b": [1]}], "value_error:dict_key"),
        ("ld", [{"a": 1}, {"a": 2}], [[{"a": [1]}, {"a": [2, 3]}]], ""),
        ("ld", [{"a": 1}], [[{"a": [1]}, {"a": [2]}]], "value_error:list_dict_count"),
    ],
)
def test_values(key: str, value: Any, possible: list[Any], word: str) -> None:
    """Each type by its own rule, with the official word for what is wrong."""
    functions = [{"name": "m.f", "parameters": {"properties": SCHEMAS, "required": []}}]
    rules = Rules(functions, language="python", dotted=False)
    assert rules.one({"m_f": {key: value}}, {"m.f": {key: possible}})[0] == word


def test_calls_in_any_order_and_what_may_be_left_out() -> None:
    """Parallel calls find their matches; an empty text among the values lets a parameter out."""
    functions = [{"name": "f", "parameters": {"properties": SCHEMAS, "required": ["i"]}}]
    rules = Rules(functions, language="python", dotted=True)
    wanted: list[dict[str, Any]] = [{"f": {"i": [1], "s": ["", "x"]}}, {"f": {"i": [2], "s": ["y"]}}]
    right: list[dict[str, Any]] = [{"f": {"i": 2, "s": "y"}}, {"f": {"i": 1}}]
    assert rules.parallel(right, wanted) == ("", "")
    assert rules.parallel(right[:1], wanted)[0].endswith("wrong_count")
    assert rules.parallel([right[1], right[1]], wanted)[0].endswith("cannot_find_match")
    assert rules.one({"f": {"i": 2}}, wanted[1])[0].endswith("missing_optional")
    assert rules.one({"f": {"s": "y"}}, wanted[1])[0].endswith("missing_required")
    assert rules.one({"f": {"i": 2, "s": "y", "z": 1}}, wanted[1])[0].endswith("unexpected_param")
    assert rules.one({"g": {"i": 2}}, wanted[1])[0].endswith("wrong_func_name")


@pytest.mark.parametrize("reading", ["java", "javascript"])
def test_what_is_nested_too_deeply_or_too_long_is_no_call(reading: str) -> None:
    """What nobody means is not gone through anew for each of its brackets."""
    for depth, fine in ((40, True), (60, False)):
        assert (read(f"[f(x={'(' * depth}1{')' * depth})]", reading) is not None) is fine
    for terms, fine in ((1_000, True), (100_000, False)):
        assert (read(f"[f(x=1{'+1' * terms})]", reading) is not None) is fine
