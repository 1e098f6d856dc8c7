"""A right answer to one of the leaderboard's questions, made of the values that will do: what `reference` replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from assay.formats.said import Said

Function = dict[str, Any]


def right_answer(
    rule: str, functions: list[Function], wanted: list[dict[str, Any]], *, language: str, prompted: bool
) -> Said:
    if rule == "none":
        return Said(text="None of the functions can be used for this.")
    documents = {one["name"]: one["parameters"] for one in reversed(functions)}
    if rule == "some":
        calls = [(functions[0]["name"], dict[str, Any]())]
    else:
        calls = [(name, _chosen(values, documents[name])) for call in wanted for name, values in call.items()]
    spell = _SPELL.get(language)
    if spell is not None:
        calls = [
            (name, {key: spell(value, documents[name]["properties"][key]) for key, value in given.items()})
            for name, given in calls
        ]
    if prompted:
        return Said(text=f"[{', '.join(_in_text(name, given, language) for name, given in calls)}]")
    return Said(calls=tuple((name.replace(".", "_"), json.dumps(given)) for name, given in calls))


def _in_text(name: str, given: dict[str, Any], language: str) -> str:
    write: Callable[[Any], str] = repr if language == "python" else _quoted
    return f"{name}({', '.join(f'{key}={write(value)}' for key, value in given.items())})"


def _quoted(value: str) -> str:
    """What holds both marks stands as it is: no string of Java or JavaScript, but an expression."""
    if '"' in value and "'" in value:
        return value
    mark = "'" if '"' in value else '"'
    return f"{mark}{value}{mark}"


def _chosen(values: dict[str, list[Any]], document: dict[str, Any]) -> dict[str, Any]:
    """The first value that will do for each parameter that may not be left out."""
    return {
        key: _plain(next((one for one in possible if one != ""), ""), document["properties"][key])
        for key, possible in values.items()
        if key in document["properties"] and ("" not in possible or key in document["required"])
    }


def _plain(value: Any, schema: dict[str, Any]) -> Any:
    """A map lists values for each key, here and in a list of maps."""
    if isinstance(value, dict):
        return {key: possible[0] for key, possible in value.items() if "" not in possible}
    if isinstance(value, list) and schema.get("items", {}).get("type") == "dict":
        return [_plain(item, {}) for item in value]
    return value


# --- other spellings --------------------------------------------------------------------------------


def _java(value: Any, schema: dict[str, Any]) -> str:
    if isinstance(value, list):
        inner = schema.get("items", {}).get("type", "any")
        items = ", ".join(_java_item(item, inner, schema["type"]) for item in value)
        if schema["type"] == "ArrayList":
            return f"new ArrayList<>(Arrays.asList({items}))" if value else "new ArrayList<>()"
        return f"new {inner}[]{{{items}}}"
    if isinstance(value, dict):
        puts = " ".join(f'put("{key}", {json.dumps(item)});' for key, item in value.items())
        return f"new HashMap<>() {{{{ {puts} }}}}"
    return _java_number(value, schema["type"])


def _java_item(value: Any, inner: str, outer: str) -> str:
    if isinstance(value, str) and outer == "ArrayList" and inner in ("char", "String"):
        return f'"{value}"'
    return _java_number(value, inner)


def _java_number(value: Any, kind: str) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value) + {"long": "L", "float": "f"}.get(kind, "")


def _javascript(value: Any, schema: dict[str, Any]) -> str:
    return value if isinstance(value, str) else json.dumps(value)


_SPELL: dict[str, Callable[[Any, dict[str, Any]], str]] = {"java": _java, "javascript": _javascript}
