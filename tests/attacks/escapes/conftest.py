"""What of the corpus is left to the slow run: in the fence, what ends by a limit, and programs besides forks."""

from __future__ import annotations

import pytest

_SLOW = ("[fence-floods", "[fence-leftovers")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(part in item.nodeid for part in _SLOW) or ("[fence-" in item.nodeid and "(argv)" in item.nodeid):
            item.add_marker(pytest.mark.slow)
