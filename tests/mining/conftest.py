"""Where the sandbox cannot open a box, tests that run a repository's tests skip, and say why."""

from __future__ import annotations

import pytest

from assay.sandboxes.linux.support import what_this_kernel_allows


@pytest.fixture(scope="session")
def sandbox() -> None:
    lacking = [check for check in what_this_kernel_allows() if check.needed and not check.ok]
    if lacking:
        pytest.skip(f"no sandbox here: {lacking[0].name}: {lacking[0].detail}")
