"""Fill-in-the-middle tokens: how a family of models is shown a prefix and a suffix in one text.

For servers that only go on with a text. Those with a place for a suffix put the tokens in themselves.
"""

from __future__ import annotations

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean


class Fim(msgspec.Struct, frozen=True):
    """One family's arrangement. The text ends where the model is to begin with the middle."""

    prefix: str
    suffix: str
    middle: str
    stop: tuple[str, ...]
    """What its models write when the middle is done, where a server shows it."""
    suffix_first: bool = False

    def prompt(self, prefix: str, suffix: str) -> str:
        before, after = f"{self.prefix}{prefix}", f"{self.suffix}{suffix}"
        return (after + before if self.suffix_first else before + after) + self.middle


_STARCODER = Fim("<fim_prefix>", "<fim_suffix>", "<fim_middle>", ("<|endoftext|>", "<file_sep>"))

FAMILIES: dict[str, Fim] = {
    "codegemma": Fim("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", ("<|file_separator|>",)),
    "codellama": Fim("<PRE> ", " <SUF>", " <MID>", ("<EOT>",)),
    "codestral": Fim("[PREFIX]", "[SUFFIX]", "", ("</s>",), suffix_first=True),
    "deepseek": Fim("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>", ("<｜end▁of▁sentence｜>",)),
    "granite": _STARCODER,
    "qwen": Fim("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", ("<|endoftext|>", "<|file_sep|>")),
    "santacoder": Fim("<fim-prefix>", "<fim-suffix>", "<fim-middle>", ("<|endoftext|>",)),
    "stable-code": _STARCODER,
    "starcoder": _STARCODER,
}
"""By the name that users give; those of one arrangement share it."""


def family(name: str) -> Fim:
    """Raises UserError, naming known ones, where there is no such family."""
    if name not in FAMILIES:
        raise UserError(f"fim: no family of models is known as “{name}”; {did_you_mean(name, FAMILIES)}")
    return FAMILIES[name]
