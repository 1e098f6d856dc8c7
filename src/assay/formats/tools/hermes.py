"""Hermes, and xLAM, which is as free: the dialects that models write in more ways than their own.

Knows what Qwen2.5-Coder writes instead of `<tool_call>`: fences, `<tools>`, or the object alone. Where nothing but
the object says that it is a call, it has to name a tool that there is.
"""

from __future__ import annotations

from assay.formats.tools.bare_json import bare, heads, instead
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import Reader, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.objects import Shape, written_list
from assay.formats.tools.source import Source, Step
from assay.formats.tools.tagged_json import TOOL_CALL, TOOL_CALLS, TOOLS, reader_of, writer_of

_STRICT = Shape(strict=True)
_NAMED = Shape(strict=True, known=True)
_END = Marks(*TOOL_CALL.ends)


def _closed(reader: Reader) -> Reader:
    """The same, and the end of a pair that was not opened."""

    def read(source: Source) -> Step:
        known = len(source.sink.calls)
        yield from reader(source)
        if len(source.sink.calls) > known:
            source.unmark()
            yield from source.skip_blank()
            yield from source.accept(_END)

    return read


_BARE = {start: _closed(instead(reader, f"{start} instead of <tool_call>")) for start, reader in bare(_NAMED).items()}

HERMES = Dialect(
    name="hermes",
    summary='<tool_call>{"name": …, "arguments": {…}}</tool_call>, one pair a call',
    grammar=marked(
        {
            "<tool_call>": reader_of(TOOL_CALL),
            "<tools>": instead(reader_of(TOOLS), "<tools> instead of <tool_call>"),
            **_BARE,
        },
        heads=heads(_NAMED),
    ),
    writer=writer_of(TOOL_CALL),
)
XLAM = Dialect(
    name="xlam",
    summary="as bare_json_array; also behind </think>, in a fence, and behind other dialects' markers",
    grammar=marked(
        {"<tool_call>": reader_of(TOOL_CALL), "[TOOL_CALLS]": reader_of(TOOL_CALLS), **bare(_STRICT)},
        heads=heads(_STRICT),
    ),
    writer=lambda calls: written_list(calls, Shape()),
)
