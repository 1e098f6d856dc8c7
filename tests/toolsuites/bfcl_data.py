"""The leaderboard's official files and three models' published answers, where this machine has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def bfcl_data() -> Path:
    """Skips visibly where they are absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = (Path(named) if named else Path(__file__).parents[3] / "shared" / "data") / "bfcl"
    if not (folder / "answers" / "published_scores.json").is_file():
        pytest.skip(f"no bfcl in {folder.parent}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder
