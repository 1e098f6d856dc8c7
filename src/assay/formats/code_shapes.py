"""What code looks like, language by language: the names that it defines, and lines that are no prose.

These are rules of thumb for choosing between blocks. They decide which text is judged, never how.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEYWORD = re.compile(
    r"\b(?:def|enum class|class|function\s*\*?|func|fn|struct|enum|interface|trait|record|type|mod)\s+"
    r"(?:\([^)]{0,200}\)\s*)?([A-Za-z_$][\w$]*)"
)
_BOUND = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]{0,200})?=")
_CALLED = re.compile(r"([A-Za-z_$][\w$]*)\s*(?:<[^()]{0,100}>\s*)?\(")
_BARE = re.compile(r"[A-Za-z_$][\w$]*")


def name_of(signature: str) -> str:
    """The name that a signature introduces; a bare name is its own; empty when there is none."""
    signature = signature.strip()
    if _BARE.fullmatch(signature):
        return signature
    found = _KEYWORD.search(signature) or _BOUND.search(signature) or _CALLED.search(signature)
    return found[1] if found else ""


def names_of(api: tuple[str, ...]) -> tuple[str, ...]:
    """The names that signatures introduce, each once, in their order."""
    return tuple(dict.fromkeys(name for name in map(name_of, api) if name))


_BRACES = r"[ \t]*\([^;{}]{0,200}\{"

_SCRIPT = (
    r"\b(?:function[ \t]{0,20}\*?|class|const|let|var|interface|type|enum|namespace)[ \t]+NAME\b"
    r"|\bexports\.NAME[ \t]*="
    r"|^[ \t]*(?:(?:async|static|public|private|get|set)[ \t]+)*NAME" + _BRACES
)

_DEFINES = {
    "python": r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+NAME\b|^NAME[ \t]*(?::[^=\n]{0,200})?=(?!=)",
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "go": r"^[ \t]*(?:func[ \t]+(?:\([^)\n]{0,200}\)[ \t]*)?|type[ \t]+|var[ \t]+|const[ \t]+)NAME\b",
    "rust": r"\b(?:fn|struct|enum|trait|type|const|static|mod|union)[ \t]+NAME\b",
    "java": r"\b(?:class|interface|enum|record)[ \t]+NAME\b|[\w>\]][ \t]+NAME" + _BRACES,
    "cpp": r"\b(?:class|struct|enum|union|using|concept)[ \t]+NAME\b|[\w>*&][ \t*&\n]{1,10}NAME" + _BRACES,
    "csharp": r"\b(?:class|struct|interface|enum|record)[ \t]+NAME\b|[\w>\]?)][ \t]+NAME" + _BRACES,
    "php": r"\b(?:function|class|interface)[ \t]+&?NAME\b",
    "bash": r"^[ \t]*(?:function[ \t]+NAME\b|NAME[ \t]*\()",
    "ruby": r"^[ \t]*(?:def[ \t]+(?:self\.)?|class[ \t]+|module[ \t]+)NAME\b",
    "lua": r"\bfunction[ \t]+(?:[\w.]+[.:])?NAME\b|\bNAME[ \t]*=[ \t]*function\b",
    "perl": r"^[ \t]*sub[ \t]+NAME\b",
    "r": r"\bNAME[ \t]*(?:<-|=)[ \t]*function\b",
    "julia": r"\bfunction[ \t]+NAME\b|^[ \t]*NAME\([^\n]{0,200}\)[^\n=]{0,60}=(?!=)",
}


@lru_cache(maxsize=512)
def _definition(name: str, language: str) -> re.Pattern[str]:
    pattern = _DEFINES.get(language, r"\bNAME\b")
    return re.compile(pattern.replace("NAME", re.escape(name)), re.MULTILINE)


def defined(code: str, names: tuple[str, ...], language: str) -> frozenset[str]:
    """Which of `names` the code defines."""
    return frozenset(name for name in names if name in code and _definition(name, language).search(code))


_BROUGHT = re.compile(
    r"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(?P<own>[A-Za-z_]\w*)"
    r"|(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?P<imported>\([^)]*|[^\n#;(]+))",  # however much is in parentheses
    re.MULTILINE,
)
_IMPORTED = re.compile(r"([A-Za-z_]\w*)[\w.]*(?:[ \t]+as[ \t]+([A-Za-z_]\w*))?")
_WORD = re.compile(r"[A-Za-z_]\w*")


def brought(code: str) -> set[str]:
    """The names that Python code imports or defines at its margin."""
    names = set()
    for found in _BROUGHT.finditer(code):
        if found["own"]:
            names.add(found["own"])
        else:
            names |= {alias or name for name, alias in _IMPORTED.findall(found["imported"])}
    return names


def words(code: str) -> set[str]:
    """Everything in it that could be a name."""
    return set(_WORD.findall(code))


_SCRIPT_LINE = (
    r"import\s+.*['\"]|import\s*\{|export\s|const\s+[\w{\[$]|let\s|var\s|(?:async\s+)?function\b|class\s+\w|"
    r"interface\s+\w|type\s+\w+\s*=|module\.exports|exports\.|//|/\*|['\"]use strict|if\s*\(|for\s*\(|"
    r"while\s*\(|return\b.*;|[\w$.]+\s*=[^=]|[\w$.]+\(.*\);?$"
)

_CODE_LINES = {
    "python": (
        r"from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+|\s*,.*)?\s*(?:#.*)?$|(?:async\s+)?def\s+\w+|"
        r"class\s+\w+\s*[(:]|@\w|(?:if|for|while|with|elif|except)\b.*:\s*$|(?:try|else|finally):|return\b|"
        r"print\(|raise\s|yield\s|\"\"\"|'''|#!|"
        r"[A-Za-z_][\w.]*(?:\[.{0,80}?\])?\s*(?::\s*[\w\[\], .|]+)?[-+*/|&%]?=(?!=)"
    ),
    "javascript": _SCRIPT_LINE,
    "typescript": _SCRIPT_LINE,
    "go": r"package\s+\w+\s*$|import\s+[(\"]|func\s*[\w(]|type\s+\w+\s|var\s+\w|const\s+[\w(]|//",
    "rust": (
        r"use\s+[\w:{]|(?:pub(?:\([^)]{0,40}\))?\s+)?(?:fn|struct|enum|trait|mod|const|static|type|impl|unsafe|async)\b"
        r".*[\w{(;]|#!?\[|//|let\s.*;"
    ),
    "java": (
        r"package\s+[\w.]+;|import\s+[\w.* ]+;|(?:public|private|protected|final|abstract|static|sealed)\s|"
        r"(?:class|interface|enum|record)\s+\w+|@\w|//|/\*"
    ),
    "cpp": (
        r"#\s*(?:include|define|pragma|if)|using\s.*;|namespace\s|template\s*<|(?:class|struct|enum)\s+\w+|//|/\*|"
        r"(?:std::|int|void|bool|auto|double|long|char|unsigned|static|inline|constexpr|const|size_t)\b.*[({;]"
    ),
    "json": r"\s*[\[{]",
}

_ANY_LINE = r".*[{};]\s*$|.*\S\s*=\s*\S|#|//"


@lru_cache(maxsize=32)
def _code_line(language: str) -> re.Pattern[str]:
    return re.compile(_CODE_LINES.get(language, _ANY_LINE))


_LONGEST_LINE = 2000
_PROSE = re.compile(r"(?:[-*•]|\d{1,3}[.)]|#{1,6})\s+[\w*`]|\*\*|[A-Z][\w']*(?:[ ,:!.]|$)|[`>]")


def is_code_line(line: str, language: str) -> bool:
    """`line` could only be code: what stands at the margin begins the way the language's lines do."""
    return _code_line(language).match(line[:_LONGEST_LINE]) is not None


def is_prose_line(line: str, language: str) -> bool:
    """`line` reads like a sentence, a heading or a point of a list, and not like code."""
    if not line.strip():
        return True
    return _PROSE.match(line) is not None and not is_code_line(line, language) and line[-1] not in "{};"


def without_prose(text: str, language: str) -> str:
    """An unfenced reply from its first line of code to its last; empty when it holds no code."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if is_code_line(line, language)), None)
    if start is None:
        return ""
    start = _with_what_leads(lines, start, language)
    end = len(lines)
    while end > start and is_prose_line(lines[end - 1], language):
        end -= 1
    return "\n".join(lines[start:end]) + "\n"


def _with_what_leads(lines: list[str], start: int, language: str) -> int:
    """Comments that stand directly over the first line of code belong to it."""
    mark = "#" if language in ("python", "bash") else "//"
    while start and lines[start - 1].startswith(mark):
        start -= 1
    return start
