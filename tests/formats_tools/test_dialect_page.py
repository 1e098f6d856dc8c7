"""The page on tool calls lists the dialects that there are, and its example is true."""

from __future__ import annotations

import re
from pathlib import Path

from assay.core.messages import Tool
from assay.formats.tools import ALIASES, DIALECTS, dialect
from assay.formats.tools.dialect import Dialect

PAGE = (Path(__file__).parents[2] / "docs" / "toolcalls.md").read_text()
TYPES = {
    "json": "JSON",
    "python": "Python literals",
    "marked": "a mark at the value",
    "schema": "the tool's schema",
}


def _shown(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _row(found: Dialect) -> str:
    names = [found.name, *(alias for alias, own in ALIASES.items() if own == found.name)]
    cannot = [
        *(["a second call"] if not found.carries.several else []),
        *found.carries.limits,
        *(["text before the calls"] if not found.carries.text_before else []),
    ]
    cells = [
        ", ".join(f"`{name}`" for name in names),
        _shown(found.summary),
        TYPES[found.carries.types],
        "yes" if found.carries.ids else "no",
        _shown("; ".join(cannot)) or "–",
    ]
    return f"| {' | '.join(cells)} |"


def test_the_table_is_what_the_code_says() -> None:
    table = PAGE.partition("|---|---|---|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [_row(dialect(name)) for name in DIALECTS]


def test_the_example_is_true() -> None:
    tools = [Tool(name="get_weather", parameters={"properties": {"city": {"type": "string"}}})]
    shown = re.search(r"^said = '(.*)'$", PAGE, re.MULTILINE)
    assert shown
    parsed = dialect("hermes").parse(shown[1], tools)
    assert parsed.text == "Let me look. "
    assert parsed.calls[0].arguments == {"city": "Paris"}
    assert f"what='{parsed.problems[0].what}', at={parsed.problems[0].at}" in PAGE
