"""What every official decoder hands out."""

from __future__ import annotations

from typing import Any

Decoded = list[dict[str, Any]]
"""A map from a function's name to its arguments for each call."""


class Undecodable(ValueError):
    """Raised where the official decoder fails."""

    word = "ast_decoder:decoder_failed"


class NoCalls(Undecodable):
    """Raised where the official decoder hands out something else than calls."""

    word = "ast_decoder:decoder_wrong_output_format"
