"""Which of a repository's files are tests, and which steer how tests are run. Known by path alone, per language."""

from __future__ import annotations

import re

from assay.formats.languages import language_of_path

_FOLDERS = {
    "python": ("test", "tests"),
    "javascript": ("test", "tests", "__tests__", "spec"),
    "typescript": ("test", "tests", "__tests__", "spec"),
    "go": ("testdata",),
    "rust": ("tests",),
}
_ON_NODE = r"(.*\.(test|spec)|(.*[-_])?test|test-.*)"
_NAMES = {
    "python": re.compile(r"(test_.*|.*_tests?|tests|conftest)\.py"),
    "javascript": re.compile(rf"{_ON_NODE}\.[cm]?jsx?(\.snap)?"),
    "typescript": re.compile(rf"{_ON_NODE}\.[cm]?[jt]sx?(\.snap)?"),
    "go": re.compile(r".*_test\.go"),
    "rust": re.compile(r"tests\.rs|.*_tests?\.rs"),
}
_AT_THE_TOP = {"python": "test.py"}
"""Names that elsewhere are as often a part of the code."""
_NODE = re.compile(r"\.npmrc|(jest|vitest|vite)(\.config|\.setup|\.workspace)?\.([cm]?[jt]s|json)")
_STEERING = {
    "python": re.compile(r"conftest\.py|\.?pytest\.ini|tox\.ini|setup\.cfg|(site|user)customize\.py"),
    "javascript": _NODE,
    "typescript": _NODE,
    "go": re.compile(r"go\.work"),
}
_PROSE = ("changes", "changelog", "history", "news", "authors", "contributors", "readme")
_FETCHED = (
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "deno.lock", "poetry.lock",
    "uv.lock", "pdm.lock", "pipfile.lock",
)  # fmt: skip
_SERVICES = (
    ".github", ".circleci", ".changeset", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".appveyor.yml",
    ".pre-commit-config.yaml", ".readthedocs.yml", ".readthedocs.yaml", "codecov.yml", ".codecov.yml", ".cirrus.yml",
    "azure-pipelines.yml", "renovate.json",
)  # fmt: skip
LANGUAGES = tuple(_NAMES)
"""Those whose tests can be told apart from the code."""


def is_test(path: str, language: str) -> bool:
    """A file of tests, or of what they need beside them."""
    *folders, name = path.split("/")
    known = _NAMES[language].fullmatch(name) or path == _AT_THE_TOP.get(language)
    return bool(known) or any(folder in _FOLDERS[language] for folder in folders)


def steers_tests(path: str, language: str) -> bool:
    """A file that can decide what becomes of tests without being one."""
    *folders, name = path.split("/")
    known = _STEERING.get(language)
    return ".cargo" in folders if language == "rust" else known is not None and bool(known.fullmatch(name))


def is_aside(path: str) -> bool:
    """Nothing that a test could need: words for people, what services read, what says which packages to fetch."""
    folder, _, name = path.lower().rpartition("/")
    return (
        name.endswith((".md", ".rst", ".adoc"))
        or (name.partition(".")[0] in _PROSE and not language_of_path(name))
        or name in _FETCHED
        or folder.partition("/")[0] in _SERVICES
        or (not folder and name in _SERVICES)
    )
