"""A call in Java's spelling with named arguments: `[Maker.make(name="x", sizes=new int[]{1, 2})]`.

As officially, the values are texts: strings without their quotes, an object's creation without its body.
"""

from __future__ import annotations

from assay.formats.official_calls.base import Decoded, Undecodable
from assay.formats.official_calls.source_text import as_calls, named, one_call, unnamed
from assay.formats.official_calls.source_tokens import Token

_UNNAMED = ""


def java_calls(text: str) -> Decoded:
    name, parts = one_call(bracketed(text)[1:-1], javascript=False)
    arguments: list[tuple[str, str]] = []
    for part in parts:
        if (found := named(part)) is not None:
            arguments.append((found[0], _value(found[1])))
        elif unnamed(part):
            arguments.append((_UNNAMED, ""))
    return as_calls(name, arguments)


def bracketed(text: str) -> str:
    """Without the backticks around it, and with the brackets that may be left out."""
    text = text.strip("`\n ")
    text = text if text.startswith("[") else "[" + text
    return text if text.endswith("]") else text + "]"


def _value(value: list[Token]) -> str:
    if len(value) == 1 and value[0].kind == "string":
        if value[0].text[0] == "`" or value[0].text == "''":
            raise Undecodable("a string that Java does not have")
        return value[0].text[1:-1]
    if value[0].text in ("[", "{") or any(one.text[0] == "`" for one in value):
        raise Undecodable("a list or a map as Java does not write one")
    if value[0].text == "new":
        return _made(value)
    if _is_invocation(value):
        return "".join(token.text for token in value)
    return "".join(token.text for token in value if token.kind != "blank")


def _is_invocation(value: list[Token]) -> bool:
    return value[0].kind == "word" and value[-1].text == ")"


def _made(value: list[Token]) -> str:
    """`new T[]{…}` whole; `new T(…)` without the body that may follow."""
    tight = [token for token in value if token.kind != "blank"]
    kind: list[str] = []
    rest = tight[1:]
    while rest and rest[0].text not in ("(", "["):
        kind.append(rest.pop(0).text)
    spelled = "".join(kind)
    if not rest:
        raise Undecodable("something is made of nothing")
    if rest[0].text == "[":
        filled = next((at for at, token in enumerate(rest) if token.text == "{"), None)
        if filled is None:
            raise Undecodable("an array without its items")
        return f"new {spelled}[]{''.join(token.text for token in rest[filled:])}"
    inside: list[str] = []
    depth = 0
    for token in rest:
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth == 0:
            break
        inside.append(", " if token.text == "," and depth == 1 else token.text)
    return f"new {spelled}({''.join(inside[1:])})"
