"""One clean line out of any error: no key, no header value, no password or query of an address.

Servers repeat what they were sent: whole, shortened, with stars in it. A line errs on the side of saying less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 500
_PIECE = 8
"""So many characters of a secret in a row are as good as the secret."""
_TELLING = re.compile(r"(?=.*\d)(?=.*[A-Za-z])\S{20,}")
"""What a model would not write by chance. A local server's key may be a common word, and stays in answers."""
_BLANK = "[…]"
_TOKENS = re.compile(
    r"(?i)\b(bearer|basic)\s+[\w.~+/=*-]{4,}"
    r"|\b(sk|pk|rk|gsk|xai|hf|AIza|key)[-_][\w*.-]{8,}"
    r"|\bAIza[\w-]{10,}"
    r"|\S*\*{3,}\S*"
)
_USER_INFO = re.compile(r"(\w://)[^\s/@]+@")
_QUERY = re.compile(r"(\w://[^\s?#\"']+)\?[^\s\"']*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]+")


class Scrubber:
    """Knows the secrets of one entrant, to keep them to itself."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        self._secrets = sorted({s for s in secrets if s}, key=len, reverse=True)
        self._long = tuple(s for s in self._secrets if len(s) >= _PIECE)
        self._telling = tuple(s for s in self._secrets if _TELLING.fullmatch(s))

    def line(self, text: str) -> str:
        """`text` as one line of bounded length that may be shown and stored."""
        text = _CONTROL.sub(" ", text[: LONGEST * 20])
        for secret in self._secrets:
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", _BLANK, text)
        text = _QUERY.sub(r"\1", _USER_INFO.sub(r"\1", _TOKENS.sub(_BLANK, text)))
        text = " ".join(_BLANK if self._holds_piece(word) else word for word in text.split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def within(self, text: str) -> str:
        """A model's own words with whole secrets taken out: it cannot know them, a server may echo them."""
        for secret in self._telling:
            if secret in text:
                text = text.replace(secret, _BLANK)
        return text

    def _holds_piece(self, word: str) -> bool:
        return any(
            secret[at : at + _PIECE] in word
            for secret in self._long
            if len(word) >= _PIECE
            for at in range(len(secret) - _PIECE + 1)
        )
