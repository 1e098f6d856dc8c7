"""Signatures of C++ and Rust functions, taken apart as far as a driver's generator needs them."""

from __future__ import annotations

import re

import msgspec

_OPEN, _CLOSE = "(<[{", ")>]}"


class Signature(msgspec.Struct, frozen=True):
    """One function of an answer as its task declares it."""

    owner: str
    """The class or type that it belongs to; empty for a free function."""
    name: str
    types: tuple[str, ...]
    """Its parameters' types; for Rust without `self`."""
    returns: str = ""


def split(text: str, at: str = ",") -> list[str]:
    """The parts of a list, cut only outside all brackets."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        arrow = letter == ">" and place > 0 and text[place - 1] == "-"
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE and not arrow:
            depth -= 1
        elif letter == at and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    last = text[start:].strip()
    return [*parts, last] if last or parts else []


def _brackets(text: str) -> tuple[str, str, str] | None:
    """What stands before, in and after the parameters' parentheses."""
    start = text.find("(")
    depth = 0
    for place in range(start, len(text)) if start >= 0 else ():
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return text[:start].strip(), text[start + 1 : place].strip(), text[place + 1 :].strip()
    return None


_CPP_NAME = re.compile(r"^(?P<returns>.*?)\s*(?P<name>(?:[\w:]+::)?~?\w+)$", re.DOTALL)
_CPP_PARAMETER = re.compile(r"^(?P<type>.*[\s&*>])(?P<name>[A-Za-z_]\w*)$", re.DOTALL)
_CPP_WORDS = frozenset(
    {"int", "long", "short", "char", "unsigned", "signed", "double", "float", "bool", "auto", "const"}
)


def cpp(text: str) -> Signature | None:
    """`std::string join(const std::vector<std::string>& parts, char by)`, `Cache::Cache(int n)`,
    `int Cache::get(int key) const`, `Cache(int n)`; None for what is none of these."""
    found = _brackets(text.strip().rstrip(";"))
    head = _CPP_NAME.match(found[0]) if found else None
    if not found or not head:
        return None
    owner, _, name = head["name"].rpartition("::")
    returns = re.sub(r"^(?:(?:inline|static|explicit|constexpr|virtual)\s+)+", "", head["returns"] + " ").strip()
    if not returns and not owner:
        owner = name  # a constructor
    parameters = [] if found[1] in ("", "void") else split(found[1])
    return Signature(owner, name, tuple(_cpp_type(parameter) for parameter in parameters), returns)


def _cpp_type(parameter: str) -> str:
    plain = split(parameter, "=")[0]
    found = _CPP_PARAMETER.match(plain)
    if found and found["name"] not in _CPP_WORDS and not found["type"].rstrip().endswith("::"):
        words = set(re.findall(r"\w+", found["type"]))
        if words - {"const"}:
            return found["type"].strip()
    return plain


_RUST_HEAD = re.compile(
    r"^(?:pub\s+)?(?:const\s+)?(?:fn\s+)?(?:(?P<owner>\w+)::)?(?P<name>\w+)\s*(?:<.*>)?$", re.DOTALL
)


def rust(text: str) -> Signature | None:
    """`fn add(a: i32, b: &str) -> Option<i64>`, `Cache::get(&mut self, key: &str) -> Option<i64>`."""
    found = _brackets(text.strip().rstrip(";"))
    head = _RUST_HEAD.match(found[0]) if found else None
    if not found or not head:
        return None
    types = []
    for parameter in split(found[1]):
        name, colon, kind = parameter.partition(":")
        if re.sub(r"&|mut\b|\s", "", name) == "self":
            continue
        if not colon:
            return None
        types.append(kind.strip())
    returns = found[2].removeprefix("->").split(" where ")[0].strip()
    return Signature(head["owner"] or "", head["name"], tuple(types), returns)
