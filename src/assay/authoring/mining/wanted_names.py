"""Names and texts that hidden tests use, that the fix brings in, and that nobody could guess from the report. Pure."""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_$][\w$]{2,60}")
_DEFINES = r"(?:def|class|func|fn|function|const|let|var|struct|enum|trait|type|interface|mod|impl)\b[^\n]*?\b"
_TEXT = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]){8,120})\1""")
_QUOTED = re.compile(r"""(["'])(?:(?!\1)[^\\\n]|\\.){0,300}\1""")
_ASIDE = re.compile(r"^\s*(?:#|//|/?\*).*$", re.MULTILINE)
"""Lines of comments."""
_MOST = 20
_MOST_LOOKED_AT = 200
_LONGEST = 160


def wanted_names(
    start: Mapping[str, str], solution: Mapping[str, str], tests: Mapping[str, str], *, report: str
) -> list[str]:
    """Each as the fix defines it, in one line, else bare; in the order of the fix."""
    known = {name for text in start.values() for name in _NAME.findall(text)} | set(_NAME.findall(report))
    tested = "\n".join(_plain(text) for text in tests.values())
    used = set(_NAME.findall(tested)) - known
    found: dict[str, str] = {}
    for text in solution.values():
        plain = _plain(text)
        asked = [name for name in dict.fromkeys(_NAME.findall(text)) if name in used and name not in found]
        for name in asked[:_MOST_LOOKED_AT]:
            if shown := _shown(name, text, plain, tested):
                found[name] = shown
    return list(dict.fromkeys(found.values()))[:_MOST]


def wanted_texts(
    start: Mapping[str, str], solution: Mapping[str, str], tests: Mapping[str, str], *, report: str
) -> list[str]:
    """Messages and the like that stand in both the tests and the fix, letter for letter."""
    spoken = (said for text in tests.values() for _, said in _TEXT.findall(text))
    known = "\0".join((*start.values(), report))
    new = "\0".join(solution.values())
    return [said for said in dict.fromkeys(spoken) if said in new and said not in known and said == said.strip()][
        :_MOST
    ]


def _plain(text: str) -> str:
    """Without words: whole lines of remarks, and what stands in quotes."""
    return _QUOTED.sub('""', _ASIDE.sub("", text))


def _shown(name: str, text: str, plain: str, tested: str) -> str:
    """Empty for what defines nothing, and for a name that the tests give a meaning of their own."""
    word = re.escape(name)
    for line in text.splitlines():
        stripped = line.strip()
        if len(stripped) <= _LONGEST and re.match(rf"(?:[\w()<>*&, ]+ )?{_DEFINES}{word}(?![\w$])", stripped):
            return _head(stripped).rstrip("{:= ")
    if name.startswith("__") or hasattr(builtins, name):
        return ""
    here = rf"(?<![\w$]){word}"
    own = rf"(?:\b(?:const|let|var|for|def|as)|^)[ \t]+{word}(?:\s+:?=|\s+(?:of|in)\b|:\s*\w+\s*=)|^{word}\s*:?=[^=]"
    used = rf"{here}\s*[=(]|{here}\??:(?=\s|$)|\.{word}(?![\w$])"
    if re.search(own, tested, re.MULTILINE) or not re.search(used, tested, re.MULTILINE):
        return ""
    return name if re.search(rf"{here}\??\s*[=:(]", plain) else ""


def _head(line: str) -> str:
    """A definition without the value that it gives; values of parameters stay."""
    depth = 0
    for at, letter in enumerate(line):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 and line.startswith((" = ", " => "), at):
            return line[:at]
    return line
