"""Tables as TOML, for files that we write: texts, numbers, truth values and lists of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(table: Mapping[str, object]) -> str:
    """A line for each key, then a section for each inner table."""
    plain = "".join(
        f"{_key(key)} = {_value(value)}\n" for key, value in table.items() if not isinstance(value, Mapping)
    )
    inner = [f"[{_key(key)}]\n{toml_text(value)}" for key, value in table.items() if isinstance(value, Mapping)]
    return "\n".join([*([plain] if plain else []), *inner])


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: object) -> str:
    """As JSON has it, which TOML has too for texts, numbers and lists of them."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
