"""The tests' own container engine, or a visible skip where none can be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.private_engine import private_engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with private_engine() as started:
        yield started
