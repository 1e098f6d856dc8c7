"""Reads tool calls out of a model's text where its server does not: what `tool_format` in models.yaml asks for.

The server's own calls are kept only where the text holds none. What was read, by which dialect and from which text,
stays with the reply, so that the record says so and the calls can be read again.
"""

from __future__ import annotations

import msgspec

from assay.core.messages import Reply, Request
from assay.core.ports import Model
from assay.formats.tools.dialect import Dialect


class ToolReadingModel:
    """`core.ports.Model` around another; a request without tools passes as it is."""

    def __init__(self, model: Model, dialect: Dialect) -> None:
        self._model = model
        self._dialect = dialect

    async def reply(self, request: Request) -> Reply:
        reply = await self._model.reply(request)
        return read_calls(reply, request, self._dialect) if request.tools else reply

    async def close(self) -> None:
        await self._model.close()


def read_calls(reply: Reply, request: Request, dialect: Dialect) -> Reply:
    """The reply with the calls that stand in its text; of a request that forbids calls they stay there."""
    if request.tool_choice == "none":
        return reply
    parsed = dialect.parse(reply.text, request.tools)
    if not parsed.calls:
        return reply
    return msgspec.structs.replace(
        reply,
        text=parsed.text.strip(),
        # Nine letters and digits: what the strictest of templates takes for an id when it comes back.
        tool_calls=tuple(call.spoken(id=f"call{number:05}") for number, call in enumerate(parsed.calls)),
        reasoning=reply.reasoning or parsed.reasoning,
        finish_reason="tool_calls",
        read_as=dialect.name,
        read_from=reply.text,
    )
