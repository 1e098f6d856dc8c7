"""What a raw text means where the dialect has no types: as the tool's JSON schema says.

Knows the order in which the types that a schema allows are tried. What fits none of them stays a text, and so
does what has no schema: a number with leading zeros is a number only where no text is allowed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from assay.formats.tools.json_text import read_text
from assay.formats.tools.sink import Broken, decoded

_ALIASES = {
    "int": "integer", "long": "integer", "short": "integer", "uint": "integer",
    "float": "number", "double": "number", "num": "number",
    "bool": "boolean", "binary": "boolean",
    "dict": "object", "map": "object", "struct": "object",
    "list": "array", "arr": "array", "tuple": "array", "set": "array", "sequence": "array",
    "str": "string", "text": "string", "varchar": "string", "char": "string", "enum": "string",
    "none": "null", "nil": "null",
}  # fmt: skip
_ALONE = {name: frozenset({name}) for name in _ALIASES.values()}
_TEXT = _ALONE["string"]
_BESIDE_TYPE = frozenset({"$ref", "anyOf", "oneOf", "allOf", "nullable"})
"""What of a schema allows more, or other, than its `type` says."""
_OF_VALUES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
_DEEPEST = 20
"""How far references and alternatives are followed: a schema may refer to itself."""

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.0+)?")
_PADDED = re.compile(r"0+[1-9][0-9]*")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+(?:[eE][-+]?[0-9]+)?")


def property_schema(parameters: dict[str, Any], key: str) -> dict[str, Any]:
    """The schema of the argument `key`; empty where there is none."""
    properties = parameters.get("properties")
    found = properties.get(key) if isinstance(properties, dict) else None
    if found is None and not _BESIDE_TYPE.isdisjoint(parameters):
        found = _alternative(parameters, key)
    if found is None:
        found = parameters.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def _alternative(parameters: dict[str, Any], key: str) -> dict[str, Any] | None:
    """Where the arguments as a whole are a reference, or one of several objects: what those say of `key`."""
    objects = choices(resolved(parameters, parameters), parameters)
    properties = [one.get("properties") for one in objects]
    said = [one[key] for one in properties if isinstance(one, dict) and isinstance(one.get(key), dict)]
    return {"anyOf": said} if said else None


def allowed_types(schema: Any, root: dict[str, Any], depth: int = 0) -> frozenset[str]:
    """The JSON types that `schema` allows; none at all where it does not say. `root` is what `$ref` refers to."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return frozenset()
    declared = schema.get("type")
    if isinstance(declared, str) and declared in _ALONE and _BESIDE_TYPE.isdisjoint(schema):
        return _ALONE[declared]
    if isinstance(reference := schema.get("$ref"), str):
        return allowed_types(_referred(reference, root), root, depth + 1)
    found: set[str] = set()
    for name in declared if isinstance(declared, list) else [declared]:
        if isinstance(name, str):
            found.add(_type_named(name.lower()))
    values = schema.get("enum")
    if not found:
        for value in values if isinstance(values, list) else [schema["const"]] if "const" in schema else []:
            found.add(_OF_VALUES.get(type(value), "null"))
    for key in ("anyOf", "oneOf", "allOf"):
        choices = schema.get(key)
        for choice in choices[:_DEEPEST] if isinstance(choices, list) else []:
            found |= allowed_types(choice, root, depth + 1)
    if not found:
        found |= {"object"} if "properties" in schema else {"array"} if "items" in schema else set()
    if schema.get("nullable") is True:
        found.add("null")
    return frozenset(found)


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The schema that `schema` refers to, if it refers to one."""
    for _ in range(_DEEPEST):
        if not isinstance(reference := schema.get("$ref"), str):
            return schema
        found = _referred(reference, root)
        if not isinstance(found, dict):
            break
        schema = found
    return {}


def choices(schema: dict[str, Any], root: dict[str, Any]) -> list[dict[str, Any]]:
    """`schema`, and its alternatives."""
    found = [schema]
    for key in ("anyOf", "oneOf", "allOf"):
        alternatives = schema.get(key)
        found += [
            resolved(one, root)
            for one in (alternatives[:_DEEPEST] if isinstance(alternatives, list) else [])
            if isinstance(one, dict)
        ]
    return found


def _type_named(name: str) -> str:
    """`uint32` and `list[str]` are said, too."""
    plain = re.split(r"[\[\d]", name, maxsplit=1)[0]
    return _ALIASES.get(name) or _ALIASES.get(plain) or name


def _referred(reference: str, root: dict[str, Any]) -> Any:
    place: Any = root
    for step in reference.removeprefix("#").split("/")[1:]:
        place = place.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(place, dict) else None
    return place


def typed(text: str, types: frozenset[str], forgive: Callable[[str], None]) -> Any:
    """`text` as the first of `types` that it fits; `forgive` is told where it fits none, or only loosely."""
    if not types or types == _TEXT:
        return text
    bare = text.strip()
    if "string" not in types and _PADDED.fullmatch(bare):
        forgive("a number with leading zeros")
        bare = bare.lstrip("0")
    for name, read in _READERS.items():
        if name in types:
            try:
                return read(bare, forgive)
            except ValueError:
                continue
    if "string" in types:
        return text
    if bare in ("null", "None"):
        forgive("null where the schema allows none")
        return None
    forgive(f"a text where the schema wants {' or '.join(sorted(types))}")
    return text


def _null(text: str, _forgive: Callable[[str], None]) -> None:
    if text.lower() not in ("null", "none", "nil"):
        raise ValueError


def _integer(text: str, _forgive: Callable[[str], None]) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError
    return int(text.partition(".")[0])


def _number(text: str, _forgive: Callable[[str], None]) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise ValueError
    if text.lstrip("+-").isdigit():
        return int(text)
    if not math.isfinite(value := float(text)):
        raise ValueError
    return value


def _boolean(text: str, _forgive: Callable[[str], None]) -> bool:
    if text.lower() not in _BOOLEANS:
        raise ValueError
    return _BOOLEANS[text.lower()]


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _compound(kind: type) -> Callable[[str, Callable[[str], None]], Any]:
    def read(text: str, forgive: Callable[[str], None]) -> Any:
        try:
            value = decoded(text)
        except (ValueError, RecursionError):
            value = _loosely(text, forgive)
        if not isinstance(value, kind):
            raise ValueError
        return value

    return read


def _loosely(text: str, forgive: Callable[[str], None]) -> Any:
    try:
        value = read_text(text)
    except Broken as broken:
        try:
            value = json.loads(json.loads(f'"{text}"', strict=False), strict=False)
        except (ValueError, TypeError, RecursionError):
            raise ValueError(str(broken)) from None
    forgive("an argument that is no strict JSON")
    return value


_READERS: dict[str, Callable[[str, Callable[[str], None]], Any]] = {
    "null": _null,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "object": _compound(dict),
    "array": _compound(list),
}
"""In the order in which they are tried; a text fits `string` last."""


def json_or_text(text: str) -> Any:
    """For a dialect that writes JSON and says so, where it is none after all."""
    try:
        return decoded(text.strip(" \t\r\n"))
    except (ValueError, RecursionError):
        if text.lstrip()[:1] not in ("{", "["):
            return text
        try:
            return read_text(text)
        except Broken:
            return text


def marked_json(text: str, forgive: Callable[[str], None]) -> Any:
    """As `json_or_text`, for a value that the model itself marked as JSON: what is none is told."""
    value = json_or_text(text)
    if isinstance(value, str) and text.lstrip(" \t\r\n")[:1] != '"':
        forgive("a text that is marked as something else")
    return value


def raw(value: Any) -> str:
    """The value as such dialects write it: a string as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
