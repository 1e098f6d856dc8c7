"""Where Node.js is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.sandboxes.toolchains.javascript import find_node


def test_a_package_that_wraps_node_in_a_script_is_seen_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script named node would need an interpreter that no box has, so it is passed over."""
    wrapper = tmp_path / "node"
    wrapper.write_text("#!/bin/sh\necho v99.0.0\n")
    wrapper.chmod(0o755)
    monkeypatch.setattr("assay.sandboxes.toolchains.javascript.tool", lambda name: wrapper)
    found = find_node()
    assert isinstance(found, str) or found[1] != "99.0.0"
