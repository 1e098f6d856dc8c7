"""The leaderboard's function documents as its harness shows them: hints of the language, tools, the system prompt."""

from __future__ import annotations

import copy
import json
from typing import Any

from assay.core.messages import Message, Tool

Function = dict[str, Any]

_HINTS = {
    "python": " Note that the provided function is in Python 3 syntax.",
    "java": " Note that the provided function is in Java 8 SDK syntax.",
    "javascript": " Note that the provided function is in JavaScript syntax.",
}
_SPOKEN = {"java": "Java", "javascript": "JavaScript"}
_LISTS = {"java": ("ArrayList", "Array"), "javascript": ("array",)}


def with_hints(functions: list[Function], *, language: str) -> list[Function]:
    """In Java and JavaScript, each argument is to be given as text in that language's spelling."""
    shown = copy.deepcopy(functions)
    for function in shown:
        function["description"] += _HINTS[language]
        if language in _SPOKEN:
            for schema in function["parameters"]["properties"].values():
                _as_text(schema, language)
    return shown


def _as_text(schema: dict[str, Any], language: str) -> None:
    spoken, kind = _SPOKEN[language], schema["type"]
    said = (
        f" This parameter can be of any type of {spoken} object in string representation."
        if kind == "any"
        else f" This is {spoken} {kind} type parameter in string representation."
    )
    if kind in _LISTS[language]:
        inner = schema.pop("items")["type"]
        said += f" The list elements are of type {inner}; they are not in string representation."
    if language == "javascript" and kind == "dict" and "properties" in schema:
        inner = json.dumps(schema.pop("properties"))
        said += " The dictionary entries have the following schema; they are not in string representation. " + inner
    schema["description"] += said
    schema["type"] = "string"


# --- native -----------------------------------------------------------------------------------------

_JSON_TYPES = {
    "integer": "integer", "number": "number", "float": "number", "string": "string", "boolean": "boolean",
    "bool": "boolean", "array": "array", "list": "array", "dict": "object", "object": "object", "tuple": "array",
    "any": "string", "byte": "integer", "short": "integer", "long": "integer", "double": "number", "char": "string",
    "ArrayList": "array", "Array": "array", "HashMap": "object", "Hashtable": "object", "Queue": "array",
    "Stack": "array", "Any": "string", "String": "string", "Bigint": "integer",
}  # fmt: skip


def as_tools(functions: list[Function]) -> tuple[Tool, ...]:
    """With types that JSON Schema has, and names that servers take."""
    return tuple(
        Tool(
            name=function["name"].replace(".", "_"),
            description=function["description"],
            parameters={
                **function["parameters"],
                "type": "object",
                "properties": _cast(copy.deepcopy(function["parameters"]["properties"])),
            },
        )
        for function in functions
    )


def _cast(properties: dict[str, Any]) -> dict[str, Any]:
    for schema in properties.values():
        if schema.get("type") == "float":
            schema["format"] = "float"
            schema["description"] = schema.get("description", "") + " This is a float type value."
        schema["type"] = _JSON_TYPES.get(schema.get("type", "string"), "string")
        if schema["type"] in ("array", "object"):
            _cast_inner(schema)
    return properties


def _cast_inner(schema: dict[str, Any]) -> None:
    """Two levels of what is in a list, and all of what is in a map."""
    if "properties" in schema:
        _cast(schema["properties"])
        return
    items = schema.get("items")
    if not items:
        return
    items["type"] = _JSON_TYPES[items["type"]]
    if items["type"] == "array" and "items" in items:
        items["items"]["type"] = _JSON_TYPES[items["items"]["type"]]
    elif items["type"] == "object" and "properties" in items:
        _cast(items["properties"])


# --- prompted ---------------------------------------------------------------------------------------

_PROMPT = """\
You are an expert in composing functions.You are given a question and a set of possible functions. Based on the \
question, you will need to make one or more function/tool calls to achieve the purpose. If none of the functions can \
be used, point it out. If the given question lacks the parameters required by the function, also point it out.

You should only return the function calls in your response.

If you decide to invoke any of the function(s), you MUST put it in the format of [func_name1(params_name1=\
params_value1, params_name2=params_value2...), func_name2(params)].  You SHOULD NOT include any other text in the \
response.

At each turn, you should try your best to complete the tasks requested by the user within the current turn. Continue \
to output functions to call until you have fulfilled the user's request to the best of your ability. Once you have no \
more functions to call, the system will consider the current turn complete and proceed to the next turn or task.

Here is a list of functions in json format that you can invoke.
{functions}
"""
"""The official one of version 4, its missing space and its spare one included."""


def prompt_of(messages: tuple[Message, ...], functions: list[Function]) -> tuple[Message, ...]:
    """The official system prompt first; one of the question's own goes on in it."""
    system = _PROMPT.replace("{functions}", json.dumps(functions, indent=4))
    if messages[0].role == "system":
        return (Message("system", f"{system}\n\n{messages[0].content}"), *messages[1:])
    return (Message("system", system), *messages)
