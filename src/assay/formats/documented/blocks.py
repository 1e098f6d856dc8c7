"""Examples in the text of a comment, by the marks that people use for them: JSDoc, Javadoc, Doxygen, rustdoc.

Each function goes over the text once.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from assay.formats.documented.base import Example

_TAG = re.compile(r"@\w")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_DOXYGEN = re.compile(r"[@\\](code\b(?:\{[^}\n]*\})?|endcode\b)")
_RUN = {"", "rust", "should_panic", "edition2015", "edition2018", "edition2021", "edition2024"}


def jsdoc(text: str) -> Iterator[Example]:
    """What stands behind `@example`, up to the next tag; in it, what is fenced, if anything is."""
    lines: list[str] | None = None
    fenced = False
    for line in [*text.splitlines(), "@end"]:
        bare = line.lstrip()
        fenced = fenced != bare.startswith("```") and lines is not None
        if _TAG.match(bare) and not fenced:
            if lines is not None:
                yield from _plain_or_fenced(lines)
            tag, _, rest = bare.partition(" ")
            lines = None if tag != "@example" else [] if rest.lstrip().startswith("<caption>") else [rest]
        elif lines is not None:
            lines.append(line)


def _plain_or_fenced(lines: list[str]) -> Iterator[Example]:
    fenced = [code for _, code in _fences(lines)]
    for code in fenced or ["\n".join(lines)]:
        if code.strip():
            yield Example(textwrap.dedent(code).strip("\n"))


def javadoc(text: str) -> Iterator[Example]:
    """What stands between `<pre>{@code` and `}</pre>`."""
    parts = re.split(r"<pre>\s{0,9}\{@code\b", text)
    for part in parts[1:]:
        code, end, _ = part.partition("}</pre>")
        if end and code.strip():
            yield Example(textwrap.dedent(code).strip("\n"))


def doxygen(text: str) -> Iterator[Example]:
    """What stands between `@code` and `@endcode`; a backslash is as good as the @."""
    begin: int | None = None
    for mark in _DOXYGEN.finditer(text):
        if mark[1].startswith("code"):
            begin = mark.end() if begin is None else begin
        elif begin is not None:
            code = text[begin : mark.start()]
            begin = None
            if code.strip():
                yield Example(textwrap.dedent(code).strip("\n"))


def rustdoc(text: str) -> Iterator[Example]:
    """Fenced code that `rustdoc --test` would run; a line that begins with `# ` is run, though not shown."""
    for info, code in _fences(text.splitlines()):
        words = set(info.replace(",", " ").split())
        if words <= _RUN and code.strip():
            yield Example("\n".join(map(_unhidden, code.splitlines())), panics="should_panic" in words)


def _unhidden(line: str) -> str:
    bare = line.lstrip()
    return bare[1:] if bare == "#" or bare.startswith(("# ", "##")) else line


def _fences(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Fenced blocks: what stands behind the fence, and the code."""
    fence, info, code = "", "", list[str]()
    for line in lines:
        found = _FENCE.match(line.strip())
        if not fence and found:
            fence, info, code = found[1], found[2].strip(), []
        elif fence and found and found[1].startswith(fence) and not found[2].strip():
            yield info, "\n".join(code)
            fence = ""
        elif fence:
            code.append(line)
