"""What is unknown is not different."""

from __future__ import annotations

import pytest

from assay.core.ids import agree


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ab", "ab", True),
        ("ab", "cd", False),
        ("", "ab", None),
        ("", "", None),
        ("lm-eval:ab", "lm-eval:ab", True),
        ("lm-eval:ab", "lm-eval:cd", False),
        ("lm-eval:ab", "ab", None),
        ("lm-eval:ab", "harbor:ab", None),
    ],
)
def test_hashes_agree_differ_or_cannot_be_compared(one: str, other: str, expected: bool | None) -> None:
    """Only two hashes made by the same rule can differ; an absent or a foreign one says nothing."""
    assert agree(one, other) is expected
    assert agree(other, one) is expected
