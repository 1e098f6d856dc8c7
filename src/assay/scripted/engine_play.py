"""What an engine makes of a request: what the model thinks, how its calls are read or not, and which lies are told.

Gives a script's own `Answer`, or a refusal in the engine's words. Refuses to know sockets; the events of a stream are
spoiled in `spoiled`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from assay.scripted.engine import ALWAYS, Engine
from assay.scripted.engine_words import (
    NO_HISTORY,
    NO_PARSER,
    NO_SUFFIX,
    Refused,
    chat_prompt,
    refused,
    said_no,
    too_long,
)
from assay.scripted.mind import PROSE, THOUGHTS, Thought, Wanted, ordered, think
from assay.scripted.raw_calls import raw_calls
from assay.scripted.script import Answer, Call, Tokens
from assay.scripted.talk import TOKEN, Asked, count, input_tokens

Calls = tuple[tuple[str, dict[str, Any]], ...]


class Played(msgspec.Struct, frozen=True):
    """An answer, and the request as the engine took it."""

    answer: Answer
    asked: Asked


def play(engine: Engine, asked: Asked, body: dict[str, Any], *, number: int) -> Played | Refused:
    """One call, of a conversation or of a text to go on with."""
    engine = msgspec.structs.replace(engine, lies=engine.lies + ALWAYS.get(engine.kind, ()))
    if "no_temperature" in engine.lies and body.get("temperature") is not None:
        return said_no(engine, 400, "Unsupported value: 'temperature' does not support this value with this model.")
    size = input_tokens(asked) + (0 if "ignores_tools" in engine.lies else _size(body.get("tools")))
    if size > engine.context and not _short_sighted(engine):
        return too_long(engine, size)
    read = size if "overlooks" in engine.lies else min(size, engine.context)
    said = _converse(engine, asked, body, number) if "messages" in body else _go_on(engine, asked, body, number)
    if isinstance(said, Refused):
        return said
    lies = engine.lies
    options = {**asked.options, "usage": asked.options.get("usage", False) and "no_usage" not in lies}
    if "keeps_stop" in lies:
        said = msgspec.structs.replace(said, text=_with_stop(said.text, asked.stop))
    taken = msgspec.structs.replace(
        asked,
        stop=() if "ignores_stop" in lies or "keeps_stop" in lies else asked.stop,
        logprobs=None if "no_logprobs" in lies else asked.logprobs,
        options=options,
    )
    usage = msgspec.structs.replace(said.usage, input=read)
    if engine.kind == "llama.cpp":
        # It counts what its cache holds apart: of a prompt that it knows, one token is left.
        usage = msgspec.structs.replace(usage, input=1, cache_read=read - 1)
    return Played(msgspec.structs.replace(said, usage=usage), taken)


def readable(body: dict[str, Any]) -> dict[str, Any]:
    """A prompt may come as token ids, which are characters' numbers here."""
    prompt = body.get("prompt")
    if isinstance(prompt, list) and prompt and all(isinstance(one, int) and 0 <= one < 0x110000 for one in prompt):
        return {**body, "prompt": "".join(map(chr, prompt))}
    return body


def _with_stop(text: str, stops: Sequence[str]) -> str:
    """A text up to and with the first stop sequence in it."""
    ends = [(at, at + len(stop)) for stop in stops if (at := text.find(stop)) >= 0]
    return text[: min(ends)[1]] if ends else text


def _size(tools: Any) -> int:
    return count(msgspec.json.encode(tools).decode()) if tools else 0


def _seen(engine: Engine, prompt: str) -> str:
    """What is left of a prompt when its beginning has been cut off."""
    return prompt[-engine.context * TOKEN :] if _short_sighted(engine) else prompt


def _short_sighted(engine: Engine) -> bool:
    return "truncates" in engine.lies or "overlooks" in engine.lies


def _chance(engine: Engine, body: dict[str, Any], number: int) -> int:
    if not body.get("temperature", 1.0):
        return 0
    seed = body.get("seed")
    return number if seed is None or "ignores_seed" in engine.lies else int(seed) + 1_000_000


def _converse(engine: Engine, asked: Asked, body: dict[str, Any], number: int) -> Answer | Refused:
    tools = body.get("tools") or []
    choice = _choice(engine, body)
    if tools and engine.parser == "none" and choice != "none":
        if engine.kind == "vllm" and choice != "auto":
            return said_no(engine, 400, f'tool_choice="{choice}" requires --tool-call-parser to be set')
        no = refused(engine, NO_PARSER, model=asked.model)
        if no is not None:
            return no
    if "broken_history" in engine.lies and any(one.get("role") == "tool" for one in body["messages"]):
        return refused(engine, NO_HISTORY) or said_no(engine, 400, "can only concatenate str to str")
    thought = think(
        Wanted(
            prompt="" if "forgets" in engine.lies else _seen(engine, chat_prompt(body["messages"], tools)),
            last=asked.last,
            from_tool=body["messages"][-1].get("role") == "tool",
            tools=() if "ignores_tools" in engine.lies else asked.tools,
            json_shape=bool(body.get("response_format")) and "ignores_response_format" not in engine.lies,
            seed=_chance(engine, body, number),
        )
    )
    if "calls_untold" in engine.lies and not tools:
        thought = Thought(calls=tuple(ordered(asked.last)))
    if not thought.calls and choice not in ("auto", "none") and tools:
        name, least = _least_call(tools, choice)
        if "untyped_force" in engine.lies:
            return Answer(tool_calls=(Call(name, '"on and on"'),))
        thought = Thought(calls=((name, least),))
    if not thought.calls:
        return _spoken(engine, thought, asked)
    if "unwilling" in engine.lies and choice == "auto" and number % 2 == 0:
        return _spoken(engine, Thought(PROSE), asked)
    return _called(engine, thought.calls, asked, body, choice)


def _choice(engine: Engine, body: dict[str, Any]) -> str:
    """`auto`, `none`, `required` or a tool's name, as this engine takes it."""
    choice = body.get("tool_choice", "auto")
    named = choice.get("function", {}).get("name", "") if isinstance(choice, dict) else ""
    deaf = "ignores_tool_choice" in engine.lies or (named and engine.kind == "llama.cpp")
    return "auto" if deaf else named or str(choice)


def _least_call(tools: list[Any], choice: str) -> tuple[str, dict[str, Any]]:
    """A call that is demanded without a word on its arguments: the least that the schema takes."""
    functions = [tool["function"] for tool in tools]
    function = next((one for one in functions if one["name"] == choice), functions[0])
    properties = (function.get("parameters") or {}).get("properties", {})
    least = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}
    return function["name"], {key: least.get(value.get("type")) for key, value in properties.items()}


def _spoken(engine: Engine, thought: Thought, asked: Asked) -> Answer:
    text = thought.text
    if "different_deltas" in engine.lies and asked.stream:
        text = text.rpartition(" ")[0] or text[:-1]
    if engine.thinks and "leaks_thinking" in engine.lies:
        return Answer(text=f"<think>\n{THOUGHTS}\n</think>\n\n{text}")
    return Answer(text=text, reasoning=THOUGHTS if engine.thinks else "")


def _called(engine: Engine, calls: Calls, asked: Asked, body: dict[str, Any], choice: str) -> Answer | Refused:
    raw = raw_calls(engine.writes, calls, special=body.get("skip_special_tokens") is False)
    if choice == "none" and "calls_when_none" not in engine.lies:
        # These show the tools to the model all the same, and read nothing of what it writes.
        seen = raw if engine.kind in ("vllm", "llama.cpp") else PROSE
        return _spoken(engine, Thought("" if engine.parser == "emptied" else seen), asked)
    if "rambles" in engine.lies or "mute" in engine.lies:
        return Answer(text="Let me think about that. " * 1000 if "rambles" in engine.lies else "")
    if choice == "required" and "empty_required" in engine.lies:
        return Answer(finish="tool_calls")
    one_asked = body.get("parallel_tool_calls") is False and "ignores_parallel" not in engine.lies
    if one_asked or "first_call_only" in engine.lies:
        calls = calls[:1]
    reasoning = THOUGHTS if engine.thinks else ""
    if "lost_in_thought" in engine.lies:
        return Answer(reasoning=f"{THOUGHTS}\n{raw}", finish="stop")
    forced = choice not in ("auto", "none") and engine.kind in ("vllm", "sglang")
    if forced or engine.kind == "tgi":
        return _right(engine, calls, asked, body, reasoning, named=choice not in ("auto", "none", "required"))
    if engine.kind == "llama.cpp" and engine.parser in ("raw", "stripped"):
        return said_no(engine, 500, f"Failed to parse input at pos 0: {raw}")
    tagged = raw.count("</tool_call>") > len(calls)
    unread = {"tag_lost": tagged, "several_lost": len(calls) > 1, "skips_parsing": True}
    parser = "raw" if any(unread.get(lie) for lie in engine.lies) else engine.parser
    if engine.kind == "transformers" and (engine.parser == "bogus" or tagged):
        return said_no(engine, 500, "Internal Server Error")
    left = raw.partition("</tool_call>")[2].strip() if parser == "torn" else ""
    mute = Answer(text=left, reasoning=reasoning, usage=Tokens(output=count(raw)), finish="stop")
    if engine.parser in ("empty", "torn") or (engine.kind == "ollama" and engine.parser in ("raw", "stripped")):
        return mute
    if engine.parser == "stream_empty" and asked.stream:
        return mute
    if parser in ("raw", "none", "stripped"):
        shown = raw_calls(engine.writes, calls, special=False) if parser == "stripped" else raw
        return Answer(text=shown, reasoning=reasoning, finish="stop")
    if engine.parser in ("bogus", "emptied"):
        return Answer(tool_calls=_misread(engine, calls), reasoning=reasoning)
    return _right(engine, calls, asked, body, reasoning, named=False)


def _misread(engine: Engine, calls: Calls) -> tuple[Call, ...]:
    """What a parser for another dialect takes for calls."""
    if engine.parser == "emptied":
        return (Call(calls[0][0]),)
    return tuple(Call("function", f"{name}\n```json") for name, _ in calls)


def _right(engine: Engine, calls: Calls, asked: Asked, body: dict[str, Any], reasoning: str, *, named: bool) -> Answer:
    """The calls as they were meant, but for what this server does to their arguments."""
    said = []
    spoilers = [spoil for lie, spoil in _SPOILERS.items() if lie in engine.lies]
    for name, meant in calls:
        arguments = meant
        for spoil in spoilers:
            arguments = spoil(name, arguments, body)
        said.append(Call(name, arguments))
    if "arguments_joined" in engine.lies and len(said) > 1:
        said = [Call(said[0].name, "".join(call.json for call in said))]
    if "different_deltas" in engine.lies and asked.stream:
        said = [Call(call.name, call.json[:-1]) for call in said]
    return Answer(tool_calls=tuple(said), reasoning=reasoning, finish="stop" if named else None)


def _as_text(name: str, arguments: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()}


def _without_zeros(name: str, arguments: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {
        key: int(value) if isinstance(value, str) and value.isdigit() else value for key, value in arguments.items()
    }


def _refs_as_text(name: str, arguments: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    functions = [tool.get("function", {}) for tool in body.get("tools") or []]
    schema = next((one.get("parameters") or {} for one in functions if one.get("name") == name), {})
    referred = {key for key, value in schema.get("properties", {}).items() if "$ref" in value}
    return {key: json.dumps(value) if key in referred else value for key, value in arguments.items()}


_SPOILERS: dict[str, Callable[[str, dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "numbers_as_text": _as_text,
    "zeros_lost": _without_zeros,
    "refs_as_text": _refs_as_text,
}

_FIM = "<|fim_prefix|>"
_DEAF_TO_SUFFIX = ("sglang", "llama.cpp", "transformers")


def _go_on(engine: Engine, asked: Asked, body: dict[str, Any], number: int) -> Answer | Refused:
    """A text to go on with: here nobody reads calls, so they are seen as they were written."""
    if body.get("suffix"):
        no = refused(engine, NO_SUFFIX)
        if no is not None:
            return no
    prompt = _seen(engine, asked.last)
    raw_fim = _FIM in prompt
    if raw_fim and "no_fim_tokens" in engine.lies:
        return Answer(text=f"{_FIM}{prompt[:40]}")
    apart = bool(body.get("suffix")) and engine.kind not in _DEAF_TO_SUFFIX
    between = raw_fim or apart or bool(body.get("input_suffix"))
    thought = think(
        Wanted(
            prompt=prompt,
            last=prompt.rpartition("user: ")[2],
            tools=tuple(_tools_in(prompt)),
            between=between,
            seed=_chance(engine, body, number),
        )
    )
    if thought.calls:
        return Answer(text="" if "mute" in engine.lies else raw_calls(engine.writes, thought.calls))
    # Transformers puts the suffix behind what the model says, who never saw it.
    behind = str(body.get("suffix") or "") if engine.kind == "transformers" else ""
    return Answer(text=thought.text + behind)


def _tools_in(prompt: str) -> list[str]:
    """The names of the tools that a rendered conversation begins with."""
    if not prompt.startswith("tools: "):
        return []
    try:
        tools = json.loads(prompt[len("tools: ") :].partition("\n")[0])
    except ValueError:
        return []
    return [tool["function"]["name"] for tool in tools]
