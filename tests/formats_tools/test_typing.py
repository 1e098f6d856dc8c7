"""A dialect without types gets them from the tool's schema, and never guesses against it."""

from __future__ import annotations

from typing import Any

import pytest

from assay.core.messages import Tool
from assay.formats.tools import dialect

DEFS = {"Point": {"type": "object", "properties": {"x": {"type": "integer"}}}, "Loop": {"$ref": "#/$defs/Loop"}}

TYPED: list[tuple[dict[str, Any], str, Any]] = [
    ({"type": "string"}, "02134", "02134"),
    ({"type": "string"}, "3", "3"),
    ({"type": "string"}, "null", "null"),
    ({"type": "string"}, "true", "true"),
    ({"type": "string"}, " spaced ", " spaced "),
    ({}, "3", "3"),
    ({"type": "integer"}, "3", 3),
    ({"type": "integer"}, "-3", -3),
    ({"type": "integer"}, "3.0", 3),
    ({"type": "integer"}, "007", 7),
    ({"type": "number"}, "018956", 18956),
    ({"type": "integer"}, "0", 0),
    ({"type": "integer"}, "three", "three"),
    ({"type": "integer"}, "", ""),
    ({"type": "int"}, "3", 3),
    ({"type": "number"}, "-1.5", -1.5),
    ({"type": "number"}, "3", 3),
    ({"type": "float"}, "1e3", 1000.0),
    ({"type": "number"}, "nan", "nan"),
    ({"type": "boolean"}, "True", True),
    ({"type": "bool"}, "0", False),
    ({"type": "boolean"}, "yes", "yes"),
    ({"type": ["string", "null"]}, "null", None),
    ({"type": ["integer", "string"]}, "02134", "02134"),
    ({"type": ["integer", "string"]}, "2134", 2134),
    ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "null", None),
    ({"oneOf": [{"type": "array"}, {"type": "string"}]}, "[1, 2]", [1, 2]),
    ({"type": "object"}, '{"a": [1, true]}', {"a": [1, True]}),
    ({"type": "object"}, "{'a': True}", {"a": True}),
    ({"type": "array"}, "['a', 'b',]", ["a", "b"]),
    ({"type": "object"}, "not an object", "not an object"),
    ({"$ref": "#/$defs/Point"}, '{"x": 1}', {"x": 1}),
    ({"$ref": "#/$defs/Loop"}, "x", "x"),
    ({"$ref": "#/$defs/Nowhere"}, "x", "x"),
    ({"enum": [1, 2]}, "2", 2),
    ({"const": "a"}, "a", "a"),
    ({"properties": {"x": {}}}, '{"x": 1}', {"x": 1}),
    ({"type": "list[str]"}, '["a"]', ["a"]),
    ({"type": "uint32"}, "7", 7),
]

BY_SCHEMA = {
    "qwen3_coder": "<tool_call>\n<function=f>\n<parameter=v>\n{}\n</parameter>\n</function>\n</tool_call>",
    "mimo": "<tool_call>\n<function=f>\n<parameter=v>{}</parameter>\n</function>\n</tool_call>",
    "glm45": "<tool_call>f\n<arg_key>v</arg_key>\n<arg_value>{}</arg_value>\n</tool_call>",
    "minimax_m2": '<minimax:tool_call><invoke name="f"><parameter name="v">{}</parameter></invoke></minimax:tool_call>',
}


@pytest.mark.parametrize(("schema", "text", "value"), TYPED)
@pytest.mark.parametrize("name", BY_SCHEMA)
def test_the_schema_says_what_a_text_is(name: str, schema: dict[str, Any], text: str, value: Any) -> None:
    tools = [Tool(name="f", parameters={"type": "object", "properties": {"v": schema}, "$defs": DEFS})]
    parsed = dialect(name).parse(BY_SCHEMA[name].replace("{}", text), tools)
    assert parsed.calls[0].arguments == {"v": value}
    assert type(parsed.calls[0].arguments["v"]) is type(value)


_WHOLE = {"type": "object", "properties": {"v": {"type": "integer"}}}


@pytest.mark.parametrize(
    "parameters",
    [
        {"anyOf": [{"properties": {"w": {"type": "string"}}}, _WHOLE]},
        {"type": "object", "properties": {"w": {"type": "string"}}, "allOf": [_WHOLE]},
        {"$ref": "#/$defs/Whole", "$defs": {"Whole": _WHOLE}},
        {"oneOf": [{"$ref": "#/$defs/Whole"}], "$defs": {"Whole": _WHOLE}, "additionalProperties": {"type": "string"}},
    ],
    ids=lambda parameters: next(iter(parameters)),
)
@pytest.mark.parametrize("name", [*BY_SCHEMA, "pythonic"])
def test_arguments_may_be_a_reference_or_one_of_several_objects_as_a_whole(
    name: str, parameters: dict[str, Any]
) -> None:
    """As schemas are that a program made; what an argument may be stands deeper then, and is found there."""
    text = {**BY_SCHEMA, "pythonic": "[f(v=07)]"}[name].replace("{}", "7")
    parsed = dialect(name).parse(text, [Tool(name="f", parameters=parameters)])
    assert parsed.calls[0].arguments == {"v": 7}


def test_what_does_not_fit_the_schema_is_said() -> None:
    tools = [Tool(name="f", parameters={"properties": {"v": {"type": "integer"}}})]
    parsed = dialect("glm45").parse(BY_SCHEMA["glm45"].replace("{}", "three"), tools)
    assert parsed.problems[0].what == "a text where the schema wants integer"


def test_line_breaks_are_layout_in_one_dialect_and_data_in_another() -> None:
    tools = [Tool(name="f", parameters={"properties": {"v": {"type": "string"}}})]
    text = BY_SCHEMA["qwen3_coder"].replace("{}", "\na\n")
    assert dialect("qwen3_coder").parse(text, tools).calls[0].arguments == {"v": "\na\n"}
    assert dialect("mimo").parse(text, tools).calls[0].arguments == {"v": "\n\na\n\n"}


DSML = (
    '<｜DSML｜function_calls>\n<｜DSML｜invoke name="f">\n<｜DSML｜parameter name="{key}"{mark}>{text}</｜DSML｜parameter>\n'
    "</｜DSML｜invoke>\n</｜DSML｜function_calls>"
)
MARKED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("s", ' string="true"', "42", {"s": "42"}),
    ("any", ' string="true"', "42", {"any": "42"}),
    ("any", ' string="false"', "42", {"any": 42}),
    ("any", "", "42", {"any": 42}),
    ("any", "", "x", {"any": "x"}),
    ("any", ' string="false"', "not JSON", {"any": "not JSON"}),
    ("i", ' string="true"', "42", {"i": 42}),
    ("i", ' string="true"', "02134", {"i": 2134}),
    ("arguments", ' string="false"', '{"i": 1, "s": "x"}', {"i": 1, "s": "x"}),
    ("arguments", ' string="false"', '{"other": 1}', {"arguments": {"other": 1}}),
]


@pytest.mark.parametrize(("key", "mark", "text", "arguments"), MARKED)
def test_a_mark_at_the_value_says_what_it_is_unless_the_schema_forbids_it(
    key: str, mark: str, text: str, arguments: dict[str, Any]
) -> None:
    tools = [Tool(name="f", parameters={"properties": {"i": {"type": "integer"}, "s": {"type": "string"}}})]
    parsed = dialect("deepseek_v32").parse(DSML.format(key=key, mark=mark, text=text), tools)
    assert parsed.calls[0].arguments == arguments
