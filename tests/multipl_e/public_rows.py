"""The real rows, where this machine has them: never in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assay.core.task import Suite
from assay.suites import load


def public(path: str) -> Path:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).exists():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


def real_suite(language: str, *, asking: str = "base") -> Suite:
    part = f"{language}:base" if asking == "base" else language
    return load(f"multipl-e:{part}", data=public("multipl_e"))
