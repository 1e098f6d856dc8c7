"""The types that the leaderboard's schemas name, language by language, and what an argument has to be of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from assay.graders.java_values import java_value
from assay.graders.javascript_values import javascript_value

Convert = Callable[[str, str, str | None], Any]
"""A text, the type that it should be of, and that of its items, to the value; what is none stays a text."""

_PYTHON: dict[str, type] = {
    "string": str, "integer": int, "float": float, "boolean": bool, "array": list, "tuple": list, "dict": dict,
    "any": str,
}  # fmt: skip
_JAVA: dict[str, type] = {
    "byte": int, "short": int, "integer": int, "float": float, "double": float, "long": int, "boolean": bool,
    "char": str, "Array": list, "ArrayList": list, "Set": set, "HashMap": dict, "Hashtable": dict, "Queue": list,
    "Stack": list, "String": str, "any": str,
}  # fmt: skip
_JAVASCRIPT: dict[str, type] = {
    "String": str, "integer": int, "float": float, "Bigint": int, "Boolean": bool, "dict": dict, "array": list,
    "any": str,
}  # fmt: skip


class Typed(msgspec.Struct, frozen=True):
    """How one language's arguments are typed."""

    short: str
    types: dict[str, type]
    nested: tuple[str, ...]
    """Types whose items are looked at too."""
    convert: Convert | None = None
    """Where arguments come as texts in the language's own spelling."""

    def kinds(self, schema: dict[str, Any]) -> tuple[type, type | None]:
        """The type that a value should be of, and that of its items where they are looked at."""
        inner = self.types.get(schema["items"]["type"], str) if schema["type"] in self.nested else None
        return self.types.get(schema["type"], str), inner


TYPED = {
    "python": Typed("python", _PYTHON, ("array", "tuple")),
    "java": Typed("java", _JAVA, ("Array", "ArrayList", "array"), java_value),
    "javascript": Typed("js", _JAVASCRIPT, ("Array", "ArrayList", "array"), javascript_value),
}
