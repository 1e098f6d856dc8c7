"""An inference engine as it is set up: which one, what its model writes, which parser reads that, and how it lies.

A frozen value that a script may hold. Refuses to know wire formats and sockets.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["vllm", "sglang", "llama.cpp", "llama-cpp-python", "ollama", "tgi", "transformers", "hosted"]

Parser = Literal[
    "right",  # reads what the model writes
    "none",  # none is set; each engine has its own way to say so, or not to
    "raw",  # a wrong one: the calls stay in the text
    "stripped",  # a wrong one: the calls stay in the text, without the marks that name their form
    "empty",  # a wrong one: neither calls nor text
    "torn",  # a wrong one: neither calls nor text, but for what stands behind a call's end within it
    "bogus",  # a wrong one: calls that nobody made
    "emptied",  # a wrong one: calls without their arguments; told to read nothing, it drops the text, as vLLM's glm45
    "stream_empty",  # nothing when streamed; whole answers are right
]

Lie = Literal[
    "arguments_joined",  # two calls' arguments come as one text under one call
    "broken_history",  # a conversation with tool results in it is refused
    "calls_untold",  # calls although no tools were handed over
    "calls_when_none",  # calls although tool_choice is none
    "different_deltas",  # the stream leaves words out that the whole answer has
    "empty_required",  # tool_choice required: finish_reason tool_calls, and no call
    "first_call_only",  # of several calls, one
    "forgets",  # the model finds nothing in what it was told
    "ignores_parallel",  # parallel_tool_calls: false
    "ignores_response_format",
    "ignores_seed",
    "ignores_stop",
    "ignores_tool_choice",
    "ignores_tools",  # the template has no place for them: the model never sees a tool
    "late_ids",  # a streamed call's first piece has no id
    "leaks_thinking",  # reasoning in the content
    "lost_in_thought",  # a call that stands in the reasoning stays there
    "mute",  # the model ends at once where it should call
    "no_fim_tokens",  # the fill-in-the-middle tokens are plain text to this model
    "no_logprobs",
    "no_temperature",  # a request that sets one is refused
    "no_usage",  # in streams
    "numbers_as_text",  # every argument is a string
    "keeps_stop",  # the stop sequence stands at the end of the answer
    "overlooks",  # of a prompt beyond the context the model does not see the beginning, and the server counts it all
    "rambles",  # words and words in place of a call
    "refs_as_text",  # arguments whose schema is a $ref are strings of JSON
    "same_index",  # streamed calls all have index 0
    "several_lost",  # several calls in one answer stay in the text, although one is read
    "skips_parsing",  # llama.cpp's --skip-chat-parsing: calls stay in the text, although its template is the right one
    "tag_lost",  # a call whose arguments hold </tool_call> stays in the text, as with vLLM's hermes
    "truncates",  # a prompt beyond the context is cut at its beginning, without a word
    "untyped_force",  # a call that must come has arguments that are no object, as vLLM's with a model that rambles
    "unwilling",  # every second time the model answers in prose where it should call
    "zeros_lost",  # texts of digits become numbers
]


ALWAYS: dict[Kind, tuple[Lie, ...]] = {
    "llama-cpp-python": ("broken_history", "no_usage"),
    "ollama": ("ignores_tool_choice", "no_logprobs"),
    "transformers": (
        "ignores_tool_choice",
        "ignores_parallel",
        "ignores_response_format",
        "keeps_stop",
        "no_logprobs",
    ),
}
"""What an engine leaves aside however it is set up."""


class Engine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a served model behaves."""

    kind: Kind = "hosted"
    version: str = "0.0.1"
    writes: str = "hermes"
    """The form in which the model writes calls: a name of `raw_calls.FORMS`."""
    parser: Parser = "right"
    lies: tuple[Lie, ...] = ()
    thinks: bool = False
    """The model reasons before it answers."""
    context: int = 32768
    """Tokens (of four characters) that are really served."""
    tells: bool = True
    """It has the addresses by which its engine is known; a proxy in front of it has not."""
