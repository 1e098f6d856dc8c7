"""Which of a repository's files are tests, and which steer how tests are run. Known by path alone, per language."""

from __future__ import annotations

import re

_FOLDERS = {
    "python": ("test", "tests"),
    "javascript": ("test", "tests", "__tests__", "spec"),
    "typescript": ("test", "tests", "__tests__", "spec"),
    "go": ("testdata",),
    "rust": ("tests",),
}
_NAMES = {
    "python": re.compile(r"(test_.*|.*_tests?|tests|conftest)\.py"),
    "javascript": re.compile(r".*\.(test|spec)\.[cm]?jsx?(\.snap)?"),
    "typescript": re.compile(r".*\.(test|spec)\.[cm]?[jt]sx?(\.snap)?"),
    "go": re.compile(r".*_test\.go"),
    "rust": re.compile(r"(?!)"),
}
_NODE = re.compile(r"\.npmrc|(jest|vitest|vite)(\.config|\.setup|\.workspace)?\.([cm]?[jt]s|json)")
_STEERING = {
    "python": re.compile(r"conftest\.py|\.?pytest\.ini|tox\.ini|setup\.cfg|(site|user)customize\.py"),
    "javascript": _NODE,
    "typescript": _NODE,
    "go": re.compile(r"go\.work"),
}
LANGUAGES = tuple(_NAMES)
"""Those whose tests can be told apart from the code."""


def is_test(path: str, language: str) -> bool:
    """A file of tests, or of what they need beside them."""
    *folders, name = path.split("/")
    return bool(_NAMES[language].fullmatch(name)) or any(folder in _FOLDERS[language] for folder in folders)


def steers_tests(path: str, language: str) -> bool:
    """A file that can decide what becomes of tests without being one."""
    *folders, name = path.split("/")
    return ".cargo" in folders if language == "rust" else bool(_STEERING[language].fullmatch(name))


def is_prose(path: str) -> bool:
    """Words for people: nothing that a test could need."""
    name = path.rpartition("/")[2].lower()
    return name.endswith((".md", ".rst", ".adoc")) or name.partition(".")[0] in (
        "changes", "changelog", "history", "news", "authors", "contributors", "readme",
    )  # fmt: skip
