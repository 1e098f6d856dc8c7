"""A call in JavaScript's spelling with named arguments: `[make(name="x", sizes=[1, 2])]`.

As officially, the values are texts: strings without their quotes, anything else as it stands.
"""

from __future__ import annotations

import re

from assay.formats.official_calls.base import Decoded
from assay.formats.official_calls.java_text import bracketed
from assay.formats.official_calls.source_text import as_calls, named, one_call, unnamed

_FENCED = re.compile(r"\A[a-z]+\n\s*+(?!\[)")
"""The word behind a fence, which is a statement of its own in JavaScript."""


def javascript_calls(text: str) -> Decoded:
    name, parts = one_call(_FENCED.sub("", bracketed(text)[1:-1]), javascript=True)
    arguments: list[tuple[str, str]] = []
    for part in parts:
        if (found := named(part)) is not None:
            value = "".join(token.text for token in found[1])
            quoted = any(value.startswith(mark) and value.endswith(mark) for mark in ('"', "'"))
            arguments.append((found[0], value[1:-1] if quoted else value))
        elif unnamed(part):
            arguments.append(("", ""))
    return as_calls(name, arguments)
