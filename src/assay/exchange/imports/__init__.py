"""Other tools' results, read into a run: one module a tool, all giving the same value, and one writer."""

from __future__ import annotations

from assay.core.names import find
from assay.exchange.imports.found import Reader

FORMATS = {
    "inspect": "assay.exchange.imports.inspect_ai:read",
    "lm-eval": "assay.exchange.imports.lm_eval:read",
    "evalplus": "assay.exchange.imports.evalplus:read",
    "bigcode": "assay.exchange.imports.bigcode:read",
    "openai-evals": "assay.exchange.imports.openai_evals:read",
    "swebench": "assay.exchange.imports.swebench:read",
    "livecodebench": "assay.exchange.imports.livecodebench:read",
    "aider": "assay.exchange.imports.aider:read",
    "harbor": "assay.exchange.imports.harbor:read",
    "nemo": "assay.exchange.imports.nemo:read",
    "promptfoo": "assay.exchange.imports.promptfoo:read",
    "csv": "assay.exchange.imports.tables:read_csv",
    "parquet": "assay.exchange.imports.tables:read_parquet",
}
"""Names to readers; `csv` and `parquet` are what `assay export` writes."""


def reader_of(name: str) -> Reader:
    """Raises UserError, naming the known ones, for a tool whose results nothing here can read."""
    reader: Reader = find(FORMATS, name, what="format")
    return reader
