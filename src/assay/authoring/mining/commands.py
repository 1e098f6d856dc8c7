"""Which command runs a repository's tests so that each is told apart, and what must be there for it, by what lies in
the tree. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assay.authoring.mining.choose import usable
from assay.formats.test_paths import is_test

_PYTEST_SIGNS = re.compile(r"^\[tool:pytest\]|^\[tool\.pytest|^\[pytest\]|\bpytest\b", re.MULTILINE)
_PYTEST_TEST = re.compile(r"^(?:import|from) pytest\b|^(?:async )?def test_", re.MULTILINE)
_SETTINGS = ("pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "setup.py")
_VERSION_FILE = re.compile(r"""\b(?:version[-_]file|write_to)["']?\s*[=:]\s*["']([^"'\n]+\.py)["']""")
"""As hatch-vcs and setuptools-scm are told."""
_VERSION = '__version__ = version = "0.0.0"\n__version_tuple__ = version_tuple = (0, 0, 0)\n'
_NODE = "node --test --test-reporter=tap"
_ON_NODE = {
    "vitest": "node_modules/.bin/vitest run --reporter=json",
    "jest": "node_modules/.bin/jest --ci --json",
}
"""Runners, as package.json names them."""
_PLAIN = {
    "go": "go test -json ./...",
    "rust": "cargo test --no-fail-fast",
}
_WORKSPACE = re.compile(r"^\s*\[workspace\]", re.MULTILINE)
"""Of which cargo by itself tests one package."""


def command_of(language: str, tree: Mapping[str, str]) -> str:
    """As a person at a shell in the tree would type it."""
    if language in ("javascript", "typescript"):
        described = tree.get("package.json", "")
        return next((command for name, command in _ON_NODE.items() if f'"{name}"' in described), _NODE)
    if language == "rust" and _WORKSPACE.search(tree.get("Cargo.toml", "")):
        return f"{_PLAIN[language]} --workspace"
    if language != "python":
        return _PLAIN[language]
    sources = "PYTHONPATH=src " if any(path.startswith("src/") for path in tree) else ""
    tests = [text for path, text in tree.items() if path.endswith(".py") and is_test(path, language)]
    settings = [tree[path] for path in _SETTINGS if path in tree]
    if any(map(_PYTEST_SIGNS.search, settings)) or any(map(_PYTEST_TEST.search, tests)):
        # What it adds by itself (coverage, parallel runs) wants plugins, and decides nothing.
        named = "" if any("python_files" in text for text in settings) else _named(tree)
        return (
            f"{sources}python -m pytest -rA -q -o addopts= {named}--continue-on-collection-errors -p no:cacheprovider"
        )
    return f"{sources}python -m unittest -v -b"


def _named(tree: Mapping[str, str]) -> str:
    """pytest is not looking for `tests.py` and `test.py`, which `unittest` is."""
    if not any(path.rpartition("/")[2] in ("test.py", "tests.py") and is_test(path, "python") for path in tree):
        return ""
    return "-o 'python_files=test_*.py *_test.py test.py tests.py' "


def built_files(language: str, tree: Mapping[str, str]) -> dict[str, str]:
    """What building would write and the code imports: the version that is told from git's tags."""
    if language != "python":
        return {}
    named = [path for name in _SETTINGS if name in tree for path in _VERSION_FILE.findall(tree[name])]
    return {path: _VERSION for path in named if usable(path) and path not in tree}
