"""Where things stand in a Harbor task, and in one that was written here."""

from __future__ import annotations

SOLVE = "solve.sh"
TEST = "test.sh"
JUDGED = "tests/assay"
"""The task as we have it, whole."""
