"""The real official files, where this machine has them: never in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def public_file(path: str) -> Path:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).is_file():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path
