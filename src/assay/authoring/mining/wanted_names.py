"""Names that hidden tests use, that the fix brings in, and that nobody could guess from the report. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_$][\w$]{2,60}")
_DEFINES = r"(?:def|class|func|fn|function|const|let|var|struct|enum|trait|type|interface|mod|impl)\b[^\n]*?\b"
_MOST = 20
_MOST_LOOKED_AT = 200
_LONGEST = 160


def wanted_names(
    start: Mapping[str, str], solution: Mapping[str, str], tests: Mapping[str, str], *, report: str
) -> list[str]:
    """Each as the fix defines it, in one line, else bare; in the order of the fix."""
    known = {name for text in start.values() for name in _NAME.findall(text)} | set(_NAME.findall(report))
    used = {name for text in tests.values() for name in _NAME.findall(text)} - known
    found: dict[str, str] = {}
    for text in solution.values():
        asked = [name for name in dict.fromkeys(_NAME.findall(text)) if name in used and name not in found]
        for name in asked[:_MOST_LOOKED_AT]:
            if shown := _shown(name, text):
                found[name] = shown
    return list(dict.fromkeys(found.values()))[:_MOST]


def _shown(name: str, text: str) -> str:
    """Empty for a word that only stands in a comment or a text."""
    word = re.escape(name)
    for line in text.splitlines():
        stripped = line.strip()
        if len(stripped) <= _LONGEST and re.match(rf"(?:[\w()<>*&, ]+ )?{_DEFINES}{word}(?![\w$])", stripped):
            return stripped.rstrip("{:= ").partition(" => ")[0].partition(" = ")[0]
    return name if re.search(rf"(?<![\w$]){word}\s*[=:(]", text) else ""
