"""When a reply is one of the stored answers: the comparisons of openai/evals, rule by rule, to the letter.

Pure functions of texts; nothing of a reply is run.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Callable
from typing import Any

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def match(reply: str, ideal: str) -> bool:
    """It begins with the answer."""
    return reply.startswith(ideal)


def includes(reply: str, ideal: str) -> bool:
    return ideal in reply


def includes_any_case(reply: str, ideal: str) -> bool:
    return ideal.lower() in reply.lower()


def fuzzy_match(reply: str, ideal: str) -> bool:
    """Without case, punctuation and articles, one holds the other; nothing equals only nothing."""
    one, other = normalized(reply), normalized(ideal)
    if not one or not other:
        return one == other
    return one in other or other in one


def json_match(reply: str, ideal: str) -> bool:
    """The same JSON, part by part. A null is never right, and numbers compare as in Python."""
    try:
        said = json.loads(reply)
        return _same(said, json.loads(ideal))
    except (ValueError, RecursionError):
        return False


def _same(said: Any, right: Any) -> bool:
    if said is None or right is None:
        return False
    if isinstance(said, dict) or isinstance(right, dict):
        both = isinstance(said, dict) and isinstance(right, dict)
        return both and all(_same(said.get(key), right.get(key)) for key in said.keys() | right.keys())
    if isinstance(said, list) or isinstance(right, list):
        both = isinstance(said, list) and isinstance(right, list)
        return both and len(said) == len(right) and all(map(_same, said, right))
    return bool(said == right)


def normalized(text: str) -> str:
    bare = "".join(char for char in text.lower() if char not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def f1_score(reply: str, ideals: list[str]) -> float:
    """The best overlap of words with any of the answers, from 0 to 1."""
    return max(_f1(normalized(reply).split(), normalized(ideal).split()) for ideal in ideals)


def _f1(said: list[str], right: list[str]) -> float:
    same = (Counter(said) & Counter(right)).total()
    return 2 * same / (len(said) + len(right)) if same else 0.0


RULES: dict[str, Callable[[str, str], bool]] = {
    "match": match,
    "includes": includes,
    "includes_any_case": includes_any_case,
    "fuzzy_match": fuzzy_match,
    "json_match": json_match,
}
