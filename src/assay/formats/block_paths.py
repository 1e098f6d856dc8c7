"""Which file, and which language, a fenced block says that it is."""

from __future__ import annotations

import re

from assay.formats.fences import Block
from assay.formats.languages import language_of_path, language_of_word

LONGEST = 250
"""Characters of a path."""

_CHARACTERS = re.compile(r"[\w.@+\-\[\]()$/~]+")
_BARE = frozenset({"Makefile", "Dockerfile", "LICENSE", "README"})
_ATTRIBUTE = re.compile(r"(?:file(?:_?name|_?path)?|path|title|name)\s*[=:]\s*[\"']?([^\s\"'}]+)", re.IGNORECASE)
_QUOTED = re.compile(r"`([^`\n]{1,250})`")
_COMMENTS = (("//", ""), ("#", ""), ("--", ""), (";", ""), ("/*", "*/"), ("<!--", "-->"))
_FILLERS = frozenset(
    [
        "file",
        "filename",
        "filepath",
        "path",
        "name",
        "new",
        "updated",
        "update",
        "modified",
        "changed",
        "create",
        "created",
        "edit",
        "edited",
        "unchanged",
        "content",
        "contents",
        "code",
        "complete",
        "full",
        "final",
        "fixed",
        "corrected",
        "here",
        "is",
        "are",
        "the",
        "this",
        "of",
        "for",
        "in",
        "and",
        "now",
    ]
)

_KIN = ({"javascript", "typescript"}, {"c", "cpp"})
"""Languages whose words people use for one another."""


def looks_like_path(word: str) -> bool:
    """`word` names a file: its last part has an ending, or is one of the names without."""
    if len(word) > LONGEST or not _CHARACTERS.fullmatch(word):
        return False
    last = word.rpartition("/")[2]
    _, _, ending = last.rpartition(".")
    return last in _BARE or (ending[:1].isalpha() and last != ending)


def block_language(block: Block) -> str:
    """The language that a block says it is in; `?` for a word that means none, empty for no word."""
    word = re.split(r"[\s:,{=]", block.info[:LONGEST].lstrip("{. "), maxsplit=1)[0].rstrip("}")
    if not word:
        return ""
    return language_of_word(word) or (language_of_path(word) if looks_like_path(word) else "") or "?"


def block_path(block: Block) -> str:
    """The file that a block says it is: behind its fence, on the line before, or in a first comment."""
    path = _path_in_info(block.info[:LONGEST])
    if path:
        return path
    path = _path_in_label(block.label)
    if path and _contradicts(block, path):
        path = ""
    return path or _path_in_comment(block.body)


def _contradicts(block: Block, path: str) -> bool:
    """The line before speaks of a Python file, the fence of a shell: it is no label."""
    said, meant = block_language(block), language_of_path(path)
    return said not in ("", "?") and meant not in ("", said) and {said, meant} not in _KIN


def _path_in_info(info: str) -> str:
    found = _ATTRIBUTE.search(info)
    if found:
        return found[1]
    for word in re.split(r"[\s{}]+", info):
        path = word.partition(":")[2] if ":" in word else word
        if looks_like_path(path) and not language_of_word(path):
            return path
    return ""


def _path_in_label(label: str) -> str:
    quoted = _QUOTED.findall(label)
    if len(quoted) == 1 and (looks_like_path(quoted[0]) or _stands_alone(label, quoted[0])):
        return str(quoted[0])
    words = [word.strip("*`\"'():,#>[]") for word in label.split()]
    paths = [word for word in words if looks_like_path(word)]
    others = [word.lower() for word in words if word and word not in paths]
    if len(paths) == 1 and all(word in _FILLERS or not re.search(r"[^\W\d]", word) for word in others):
        return paths[0]
    return ""


def _stands_alone(label: str, quoted: str) -> bool:
    """Nothing but decoration stands around the quoted name, which may then have spaces in it."""
    return label.replace(f"`{quoted}`", "").strip("#*_:- \t") == "" and "." in quoted


def _path_in_comment(body: str) -> str:
    first = body[: LONGEST + 50].partition("\n")[0].strip()
    for opening, closing in _COMMENTS:
        if first.startswith(opening):
            inner = first.removeprefix(opening).removesuffix(closing).strip()
            words = inner.split()
            if len(words) == 2 and words[0].lower().rstrip(":") in _FILLERS:
                words = words[1:]
            if len(words) == 1 and looks_like_path(words[0]):
                return words[0]
    return ""
