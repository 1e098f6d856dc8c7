"""Which tool-call dialect a model speaks, and what its server must be told.

`infer` answers from a template, a tokenizer's settings, a name or raw output; `flags` says what to set on each engine.
"""

from __future__ import annotations

from assay.formats.tool_inference.families import Family, family_of
from assay.formats.tool_inference.flags import ENGINES, Extras, Setting, setting
from assay.formats.tool_inference.infer import (
    Guess,
    Inference,
    combined,
    from_name,
    from_output,
    from_template,
    from_tokenizer_config,
    witnessed,
)

__all__ = [
    "ENGINES",
    "Extras",
    "Family",
    "Guess",
    "Inference",
    "Setting",
    "combined",
    "family_of",
    "from_name",
    "from_output",
    "from_template",
    "from_tokenizer_config",
    "setting",
    "witnessed",
]
