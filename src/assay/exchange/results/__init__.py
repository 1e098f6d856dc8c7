"""Results in the form of each benchmark's official harness, so that its own tools read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assay.core.names import find
from assay.core.task import Suite
from assay.core.trial import Decision

WRITERS = {
    "humaneval": "assay.exchange.results.human_eval:write",
    "mbpp": "assay.exchange.results.human_eval:write",
    "mbpp-sanitized": "assay.exchange.results.human_eval:write",
    "humaneval+": "assay.exchange.results.evalplus:write",
    "mbpp+": "assay.exchange.results.evalplus:write",
    "infilling": "assay.exchange.results.human_eval:write",
    "cruxeval": "assay.exchange.results.cruxeval:write",
    "bigcodebench": "assay.exchange.results.bigcodebench:write",
    "apps": "assay.exchange.results.apps:write",
    "livecodebench": "assay.exchange.results.livecodebench:write",
    "multipl-e": "assay.exchange.results.multipl_e:write",
    "aider-polyglot": "assay.exchange.results.aider:write",
    "bfcl": "assay.exchange.results.bfcl:write",
}
"""Suites, by the part of their name before the colon, to writers of their official result files."""

Writer = Callable[[Path, str, Suite, Sequence[Decision]], list[Path]]
"""Writes below a folder what one entrant (by a name that is safe in file names) came to; the files written."""


def writer_of(suite_name: str) -> Writer | None:
    """None where the benchmark has no official result form."""
    base = suite_name.partition(":")[0]
    if base not in WRITERS:
        return None
    writer: Writer = find(WRITERS, base, what="suite with an official result form")
    return writer
