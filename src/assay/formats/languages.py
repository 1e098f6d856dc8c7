"""What people call the languages: file endings and the words that stand behind a fence.

It knows nothing about running them; toolchains are the sandbox's affair.
"""

from __future__ import annotations

import msgspec


class Language(msgspec.Struct, frozen=True):
    """One language as it shows in replies."""

    name: str
    fence: str
    """The word that we put behind a fence."""
    suffixes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """Further words that people put there, in lower case."""


_TABLE = (
    Language("python", "python", (".py",), ("py", "python3", "python2", "py3", "ipython", "pycon", "cpython")),
    Language("javascript", "javascript", (".js", ".mjs", ".cjs"), ("js", "node", "nodejs", "mjs", "jsx", "cjs")),
    Language("typescript", "typescript", (".ts", ".mts", ".cts"), ("ts", "tsx", "mts")),
    Language("go", "go", (".go",), ("golang",)),
    Language("rust", "rust", (".rs",), ("rs",)),
    Language("java", "java", (".java",), ()),
    Language(
        "cpp",
        "cpp",
        (".cpp", ".cc", ".cxx", ".hpp", ".h", ".hh"),
        ("c++", "cc", "cxx", "hpp", "c++17", "c++20", "cpp17", "cpp20", "cplusplus"),
    ),
    Language("c", "c", (".c",), ()),
    Language("csharp", "csharp", (".cs",), ("c#", "cs")),
    Language("php", "php", (".php",), ()),
    Language("bash", "bash", (".sh",), ("sh", "shell", "zsh")),
    Language("ruby", "ruby", (".rb",), ("rb",)),
    Language("lua", "lua", (".lua",), ()),
    Language("perl", "perl", (".pl", ".pm"), ("pl",)),
    Language("r", "r", (".r",), ("rscript",)),
    Language("julia", "julia", (".jl",), ("jl",)),
    Language("json", "json", (".json",), ("jsonc", "json5")),
    Language("sql", "sql", (".sql",), ("sqlite", "postgresql", "mysql")),
    Language("markdown", "markdown", (".md",), ("md", "mdx")),
    Language("toml", "toml", (".toml",), ()),
    Language("yaml", "yaml", (".yaml", ".yml"), ("yml",)),
)

LANGUAGES: dict[str, Language] = {language.name: language for language in _TABLE}

_BY_WORD = {word: row.name for row in _TABLE for word in (row.name, row.fence, *row.aliases)}
_BY_SUFFIX = {suffix: row.name for row in _TABLE for suffix in row.suffixes}


def language_of_word(word: str) -> str:
    """The language that a fence's word means; empty when it means none."""
    return _BY_WORD.get(word.lower(), "")


def language_of_path(path: str) -> str:
    """The language that a file's ending means; empty when it means none."""
    dot = path.rfind(".")
    return _BY_SUFFIX.get(path[dot:].lower(), "") if dot >= 0 else ""


def fence_word(path: str, language: str) -> str:
    """What to write behind a fence around `path`."""
    row = LANGUAGES.get(language_of_path(path) or language)
    return row.fence if row else ""
