"""The tests' own container engines, or a visible skip where none can be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.private_engine import EACH, private_engine


@pytest.fixture(scope="session", params=EACH)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with private_engine(request.param) as started:
        yield started
