"""vLLM's own parsers on the same texts, where vLLM can be imported: its sources on the path are enough, with the Python
packages that its `import vllm.tool_parsers` asks for; nothing compiled, no GPU and no tokenizer is needed.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from assay.core.messages import Tool
from assay.formats.tool_inference.flags import PARSERS


def parser_for(dialect: str, tools: Sequence[Tool]) -> Parser | None:
    """The one that reads this dialect; None where vLLM is not here, has none, or it does not start."""
    name = PARSERS[dialect].vllm if dialect in PARSERS else ""
    if not name or find_spec("vllm") is None:
        return None
    try:
        return Parser(name, tools)
    except Exception as error:  # of any kind: a package that it wants, a tokenizer of its own
        print(f"{dialect}: vLLM's parser {name} does not start: {error!r}", file=sys.stderr)
        return None


class Parser:
    """One of vLLM's, as its server would drive it."""

    def __init__(self, name: str, tools: Sequence[Tool]) -> None:
        from vllm.entrypoints.openai.chat_completion.protocol import (  # type: ignore[import-not-found]
            ChatCompletionRequest,
        )
        from vllm.tool_parsers import ToolParserManager  # type: ignore[import-not-found]

        offered = [
            {"type": "function", "function": {"name": t.name, "description": t.description, "parameters": t.parameters}}
            for t in tools
        ]
        self._request = ChatCompletionRequest(messages=[{"role": "user", "content": "?"}], model="m", tools=offered)
        kind = ToolParserManager.get_tool_parser(name)
        self._tokenizer = _Tokenizer()
        self._new: Callable[[], Any] = lambda: kind(self._tokenizer, self._request.tools)
        self._new()  # asks the vocabulary for its markers

    def whole(self, text: str) -> Callable[[], int]:
        """Finds that many calls. The server makes a parser for each request; that is done before, and not measured."""
        parser = self._new()
        return lambda: len(parser.extract_tool_calls(text, self._request).tool_calls)

    def streamed(self, text: str, size: int) -> Callable[[], int]:
        """So many calls begin, by pieces as the server would hand them on."""
        cut = [text[at : at + size] for at in range(0, len(text), size)]
        pieces = [(piece, self._tokenizer.encode(piece)) for piece in cut]
        return functools.partial(self._feed, self._new(), pieces)

    def _feed(self, parser: Any, pieces: Sequence[tuple[str, list[int]]]) -> int:
        text, ids, begun = "", list[int](), set[int]()
        for piece, more in pieces:
            text, before, ids, ids_before = text + piece, text, ids + more, ids
            said = parser.extract_tool_calls_streaming(before, text, piece, ids_before, ids, more, self._request)
            begun.update(call.index for call in (said and said.tool_calls) or ())
        return len(begun)


class _Vocabulary(dict[str, int]):
    """Has every marker that it is asked for."""

    def __missing__(self, marker: str) -> int:
        self[marker] = 2_000_000 + len(self)
        return self[marker]

    def get(self, marker: str, _default: Any = None) -> int:
        return self[marker]

    def __contains__(self, marker: object) -> bool:
        return isinstance(marker, str)


class _Tokenizer:
    """A token for each letter, and for each marker that a parser has asked for."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self.all_special_tokens: list[str] = []
        self.all_special_ids: list[int] = []

    def get_vocab(self) -> dict[str, int]:
        return self._vocabulary

    @property
    def vocab(self) -> dict[str, int]:
        return self._vocabulary

    def convert_tokens_to_ids(self, marker: str) -> int:
        return self._vocabulary[marker]

    def encode(self, text: str, **_how: object) -> list[int]:
        markers = "|".join(map(re.escape, sorted(filter(None, self._vocabulary), key=len, reverse=True)))
        parts = re.split(f"({markers})", text) if markers else [text]
        ids: list[int] = []
        for part in parts:
            ids += [self._vocabulary[part]] if dict.__contains__(self._vocabulary, part) else map(ord, part)
        return ids

    def decode(self, ids: Sequence[int] | int, **_how: object) -> str:
        names = {number: marker for marker, number in self._vocabulary.items()}
        return "".join(names.get(one) or chr(one) for one in ([ids] if isinstance(ids, int) else ids))
