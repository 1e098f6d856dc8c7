"""`[f(a=1, b='x'), g()]` as Python writes it, read with Python's own grammar and never evaluated.

As officially, arguments without a name are passed over, a bare name is text, and arithmetic is worked out; here only
that of numbers, text and lists, within bounds.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable
from typing import Any

from assay.formats.official_calls.base import Decoded, Undecodable

LARGEST = 200_000
"""Characters. The grammar's own reader is not meant for more."""
_WIDEST = 1 << 12
"""Bits of a number, or items of a sequence, that arithmetic may make."""


def python_calls(text: str) -> Decoded:
    """One call, or a list of them; a missing bracket is forgiven, and so are backticks around it."""
    text = text.strip("`\n ")
    text = text if text.startswith("[") else "[" + text
    text = text if text.endswith("]") else text + "]"
    body = _parsed(text.strip().strip("'"))
    if isinstance(body, ast.Call):
        return [_call(body)]
    if not isinstance(body, (ast.List, ast.Tuple, ast.Set)):
        raise Undecodable("it is no list of calls")
    if not all(isinstance(one, ast.Call) for one in body.elts):
        raise Undecodable("something in the list is no call")
    return [_call(one) for one in body.elts if isinstance(one, ast.Call)]


def _parsed(text: str) -> ast.expr:
    if len(text) > LARGEST:
        raise Undecodable(f"more than {LARGEST:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an answer's odd escapes are no concern of whoever runs this
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Undecodable(f"it is no Python ({str(error)[:120]})") from error


def _call(node: ast.Call) -> dict[str, Any]:
    parts: list[str] = []
    named: ast.expr = node.func
    while isinstance(named, ast.Attribute):
        parts.append(named.attr)
        named = named.value
    if isinstance(named, ast.Name):
        parts.append(named.id)
    return {".".join(reversed(parts)): {word.arg or "**": _value(word.value) for word in node.keywords}}


def _value(node: ast.expr | None) -> Any:
    read = _READ.get(type(node))
    if read is None:
        raise Undecodable(f"a value is {type(node).__name__}, which has no reading")
    return read(node)


def _constant(node: ast.Constant) -> Any:
    return "..." if node.value is Ellipsis else node.value


def _unary(node: ast.UnaryOp) -> Any:
    """Whatever the sign says, the official decoder takes it for a minus."""
    if isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, (int, float, complex)):
        return -node.operand.value
    raise Undecodable("a sign before what is no number")


def _dict(node: ast.Dict) -> dict[Any, Any]:
    try:
        return {_value(key): _value(value) for key, value in zip(node.keys, node.values, strict=True)}
    except TypeError as error:
        raise Undecodable(f"a key that cannot be one ({error})") from error


def _inner_call(node: ast.Call) -> Any:
    return _call(node) if node.keywords else ast.unparse(node)


def _subscript(node: ast.Subscript) -> str:
    return f"{ast.unparse(node.value)}[{ast.unparse(node.slice)}]"


# --- arithmetic -------------------------------------------------------------------------------------

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


def _computed(node: ast.expr) -> Any:
    if isinstance(node, ast.BinOp):
        return _applied(node.op, _computed(node.left), _computed(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        inner = _computed(node.operand)
        if isinstance(inner, (int, float)):
            return -inner if isinstance(node.op, ast.USub) else +inner
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float, str)):
        return node.value
    elif isinstance(node, (ast.List, ast.Tuple)):
        items = [_computed(item) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    raise Undecodable("arithmetic on what is neither number nor text")


def _applied(sign: ast.operator, left: Any, right: Any) -> Any:
    apply = _OPERATORS.get(type(sign))
    if apply is None or _size_after(sign, left, right) > _WIDEST:
        raise Undecodable("arithmetic beyond what is worked out here")
    if isinstance(left, str) and isinstance(sign, ast.Mod):
        raise Undecodable("arithmetic beyond what is worked out here")
    try:
        return apply(left, right)
    except (TypeError, ArithmeticError, ValueError) as error:
        raise Undecodable(f"arithmetic that fails ({error})") from error


def _size_after(sign: ast.operator, left: Any, right: Any) -> int:
    """At most how large the result is."""
    if isinstance(sign, ast.Pow) and isinstance(left, int) and isinstance(right, int):
        return left.bit_length() * max(right, 0)
    if isinstance(sign, ast.Mult):
        for many, times in ((left, right), (right, left)):
            if isinstance(many, (str, list, tuple)) and isinstance(times, int):
                return len(many) * max(times, 0)
    return sum(one.bit_length() if isinstance(one, int) else len(one) for one in (left, right) if not _plain(one))


def _plain(value: Any) -> bool:
    return isinstance(value, float)


_READ: dict[type, Callable[[Any], Any]] = {
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.List: lambda node: [_value(item) for item in node.elts],
    ast.Tuple: lambda node: tuple(_value(item) for item in node.elts),
    ast.Dict: _dict,
    ast.BinOp: _computed,
    ast.Name: lambda node: node.id,
    ast.Call: _inner_call,
    ast.Subscript: _subscript,
}
