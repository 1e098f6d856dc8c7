"""Bringing replies into the form of completions: never an error, and never slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken_rows import SAID

from assay.formats.completions import as_completed
from assay.suites.multipl_e import entry_of

PIECES = st.sampled_from(
    ["f", "F", "f(", "{", "}", "class ", "class Problem {", "import (", "import \"", "using ", "main", "fn main()", "\n",
     " ", "public ", "static ", "final ", "<?php", "\"", "func f(n int) int {", "def f(n):", "export default ", ";"]
)  # fmt: skip


@given(st.sampled_from(sorted(SAID)), st.lists(PIECES, max_size=40).map("".join))
def test_any_reply_is_joined(language: str, reply: str) -> None:
    """Whatever the reply, there is a program, and a body alone goes behind the prompt as it is."""
    prompt = SAID[language].prompt
    joined = as_completed(reply, prompt=prompt, name=entry_of(prompt), language=language)
    assert isinstance(joined, str)
    if "f" not in reply.lower():
        assert joined == prompt + reply


@pytest.mark.parametrize(
    ("language", "piece"),
    [("go", "import (\n"), ("go", "\n"), ("java", "final static "), ("java", "}"), ("csharp", "final\n"),
     ("typescript", "export "), ("php", "<?php")],
)  # fmt: skip
def test_hostile_replies_are_joined_quickly(language: str, piece: str) -> None:
    """Two million characters of anything take no longer than they have to."""
    said = SAID[language]
    reply = said.replies[0] + piece * (2_000_000 // len(piece))
    started = time.process_time()
    as_completed(reply, prompt=said.prompt, name=entry_of(said.prompt), language=language)
    assert time.process_time() - started < 5.0
