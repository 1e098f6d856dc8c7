"""What each of vLLM's parsers was seen to do with each dialect: the doctor finds every such pair out, and the parser that
it names is one that was seen to read the dialect."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from lying import engine_of

from assay.core.errors import UserError
from assay.formats.tools import dialect
from assay.scripted.raw_calls import FORMS

TABLE = (
    Path(os.environ.get("ASSAY_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "toolcalls"
    / "vllm_parser_by_format.json"
)

OUTCOMES = {"raw": "raw", "EMPTY": "empty", "BOGUS": "bogus", "WRONG": "bogus", "partial": "stripped"}
"""How an outcome of the table begins, and the scripted engine's word for it."""


def outcome(row: dict[str, Any]) -> str:
    """The class of a pair; empty for one that is right, or that did not run."""
    whole, streamed = str(row["nonstream"]), str(row["stream"])
    if whole.startswith("OK"):
        return "stream_empty" if streamed == "EMPTY" else ""
    return next((word for start, word in OUTCOMES.items() if whole.startswith(start)), "")


@pytest.mark.slow
async def test_every_measured_outcome_is_found_out() -> None:
    """For each dialect, each way in which one of the 53 parsers failed on it: the symptom, the dialect, the parser."""
    if not TABLE.is_file():
        pytest.skip(f"no {TABLE} here")
    table = json.loads(TABLE.read_text())
    ways: set[tuple[str, str]] = set()
    readers: dict[str, list[str]] = {}
    for pair, row in table.items():
        parser, _, form = pair.partition("|")
        try:
            name = dialect(form).name
        except UserError:  # text that is no dialect's
            continue
        if name in FORMS:
            ways |= {(name, word) for word in [outcome(row)] if word}
            if str(row["nonstream"]).startswith("OK"):
                readers.setdefault(name, []).append(parser)
    assert len(ways) >= 2 * len(FORMS)
    for name, way in sorted(ways):
        found = await engine_of("tools.auto", "tools.streamed", kind="vllm", writes=name, parser=way)
        fault = (found["tools.auto"] if way != "stream_empty" else found["tools.streamed"]).fault
        assert fault is not None, (name, way)
        if way == "stream_empty":
            assert "stream: false" in fault.mend
        elif name in readers:
            assert fault.mend.split("--tool-call-parser ")[-1].split()[0] in readers[name], (name, way, fault)
        else:
            told = f"{fault.mend} {fault.note} {fault.cause}"
            assert f"tool_format: {name}" in told or f"the model writes {name}" in told, (name, way, fault)
