"""Which command runs a repository's tests so that each is told apart, by what lies in its tree. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assay.formats.test_paths import is_test

_PYTEST_SIGNS = re.compile(r"^\[tool:pytest\]|^\[tool\.pytest|^\[pytest\]|\bpytest\b", re.MULTILINE)
_PYTEST_TEST = re.compile(r"^(?:import|from) pytest\b|^(?:async )?def test_", re.MULTILINE)
_SETTINGS = ("pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "setup.py")
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


def command_of(language: str, tree: Mapping[str, str]) -> str:
    """As a person at a shell in the tree would type it."""
    if language in ("javascript", "typescript"):
        described = tree.get("package.json", "")
        return next((command for name, command in _ON_NODE.items() if f'"{name}"' in described), _NODE)
    if language != "python":
        return _PLAIN[language]
    sources = "PYTHONPATH=src " if any(path.startswith("src/") for path in tree) else ""
    tests = [text for path, text in tree.items() if path.endswith(".py") and is_test(path, language)]
    settings = [tree[path] for path in _SETTINGS if path in tree]
    if any(map(_PYTEST_SIGNS.search, settings)) or any(map(_PYTEST_TEST.search, tests)):
        # What it adds by itself (coverage, parallel runs) wants plugins, and decides nothing.
        return f"{sources}python -m pytest -rA -q -o addopts= --continue-on-collection-errors -p no:cacheprovider"
    return f"{sources}python -m unittest -v -b"
