"""The whole corpus once more, for an ordinary user and without cgroups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sandbox_linux.nobody import pytest_as_nobody


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(os.geteuid() != 0, reason="runs as an ordinary user already")
def test_no_escape_works_for_an_ordinary_user() -> None:
    """Without root and without a cgroup, every escape comes to nothing as well, with namespaces and in the fence."""
    done = pytest_as_nobody(str(Path(__file__).with_name("test_escapes.py")), within=590)
    assert " passed" in done.stdout
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
