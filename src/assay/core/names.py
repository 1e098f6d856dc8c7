"""Names that people type: the nearest known one for a slip, and the one way from a name to a class.

A table is a plain dict of names to dotted paths (`package.module:attribute`), imported on use.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable, Mapping
from typing import Any

from assay.core.errors import UserError

_MOST_KNOWN = 50


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was most likely meant to be, or nothing."""
    found = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a line about an unknown word: the nearest known one, else those that a line can hold."""
    choices = sorted(known)
    found = nearest(word, choices)
    if found:
        return f"did you mean “{found}”?"
    more = f" and {len(choices) - _MOST_KNOWN:,} more" if len(choices) > _MOST_KNOWN else ""
    return f"known: {', '.join(choices[:_MOST_KNOWN])}{more}" if choices else "none is known"


def find(table: Mapping[str, str], name: str, *, what: str) -> Any:
    """The object that `table` knows as `name`; an unknown name is answered with the known ones."""
    dotted = table.get(name)
    if dotted is None:
        raise UserError(f"unknown {what} “{name}”: {did_you_mean(name, table)}")
    module, _, attribute = dotted.partition(":")
    return getattr(importlib.import_module(module), attribute)
