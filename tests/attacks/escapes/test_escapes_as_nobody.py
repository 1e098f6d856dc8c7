"""The corpus once more, for an ordinary user and without cgroups."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from attacks.escapes.test_escapes import ESCAPES
from sandbox_linux.nobody import pytest_as_nobody

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="runs as an ordinary user already")

FAMILIES = tuple(dict.fromkeys(name.partition(":")[0] for name in ESCAPES))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_escape_works_for_an_ordinary_user() -> None:
    """Without root and without a cgroup, an escape comes to nothing as well, with namespaces and in the fence: each
    day another family's."""
    _comes_to_nothing("-k", f"{FAMILIES[datetime.date.today().toordinal() % len(FAMILIES)]}:", within=290)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_no_escape_of_the_whole_corpus_works_for_an_ordinary_user() -> None:
    """All of them."""
    _comes_to_nothing(within=1190)


def _comes_to_nothing(*chosen: str, within: int) -> None:
    done = pytest_as_nobody(str(Path(__file__).with_name("test_escapes.py")), *chosen, within=within)
    assert " passed" in done.stdout
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
