"""Pools of boxes to attack, or a visible skip where this machine allows none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.sandboxes.linux import landlock
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.support import what_this_kernel_allows


@pytest.fixture(scope="session")
def counted() -> bool:
    """The kernel bounds and counts, through a cgroup."""
    return any(check.name == "cgroup" and check.ok for check in what_this_kernel_allows())


def open_boxes(*, fenced: bool, native: bool = True, workers: int = 1) -> LinuxBoxes:
    """A pool, with one worker so that the next stay is in the same one; `fenced`: without namespaces; not `native`:
    without compiled code."""
    if fenced and landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("this kernel's Landlock does not scope signals")
    missing = [check for check in what_this_kernel_allows() if check.needed and not check.ok]
    if missing and not fenced:
        pytest.skip(f"no box can be opened here: {missing[0].name}: {missing[0].detail}")
    entries = Path(__file__).parent / "escapes"
    return LinuxBoxes(
        workers, everyday_mounts(), ["entries:run"], preload_from=[str(entries)], fenced=fenced, native=native
    )
