"""Content hashes: the same value has the same id on every machine and in every release."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

_canonical = msgspec.json.Encoder(order="deterministic")


def content_hash(*parts: Any) -> str:
    """A short, stable id over the canonical JSON of `parts` (128 bits, hex)."""
    return hashlib.sha256(_canonical.encode(parts)).hexdigest()[:32]


def agree(one: str, other: str) -> bool | None:
    """Whether two hashes name the same content; `None` where nobody can know: one of them is absent, or they
    were made by different rules (`lm-eval:…` is a foreign one, ours have no prefix)."""
    if not one or not other or one.rpartition(":")[0] != other.rpartition(":")[0]:
        return None
    return one == other


def blob_hash(data: bytes) -> str:
    """The full SHA-256 by which a blob is stored and found again."""
    return hashlib.sha256(data).hexdigest()
