"""The same promises for an ordinary user, kept without root and without cgroups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sandbox_linux.nobody import pytest_as_nobody

PART = "nothing_outside or dangerous or no_privilege or honest or warm or memory or bomb or rights or tree or stopped"


@pytest.mark.skipif(os.geteuid() != 0, reason="runs as an ordinary user already")
def test_an_ordinary_user_is_held_to_the_same(allowed: None) -> None:
    """Isolation, limits and clean-up pass once more as user nobody, with no cgroup to lean on."""
    done = pytest_as_nobody("-k", PART, str(Path(__file__).parent), within=110)
    assert " passed" in done.stdout
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
