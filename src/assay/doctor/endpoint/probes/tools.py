"""Tool calls: whether they come, and what became of them where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from assay.core.messages import Message, Request, Tool, ToolCall
from assay.doctor.endpoint.dialects import dialect_of, what_it_wrote
from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import Heard, Patient
from assay.doctor.endpoint.probes.base import (
    Probe,
    brief,
    broken,
    late,
    rate,
    thoughts_alone,
    untried,
    words_or_thoughts,
    works,
)
from assay.doctor.endpoint.remedies import mend, read_by_us
from assay.doctor.endpoint.symptoms import Kind, of_refusal, of_reply, read_in
from assay.doctor.endpoint.toolbox import EVERY, NOTE, ONE, TWO, WEATHER, Wanted, made, order, right
from assay.formats.tool_inference import Inference
from assay.formats.tools import dialect

TOOLS = (WEATHER, NOTE)
WROTE_NONE = "the model wrote none that can be read"
BEYOND = "the model, or a parser for another dialect"
THE_MODELS = (WROTE_NONE, BEYOND, "the model")
"""Causes that are nobody's but the model's, as far as can be told."""
GREETING = "Greet me in one short sentence."


def kind_of(heard: Heard) -> Kind:
    """What one answer looks like that should have held a call."""
    return of_refusal(heard.said) if heard.reply is None else of_reply(heard.reply, TOOLS)


async def auto(patient: Patient) -> list[Finding]:
    """P1 and P2: one call, several times, whole; then streamed."""
    heards = [await patient.say(order(ONE), tools=TOOLS)]
    if missed := late("tools.auto", heards[0]):
        return [missed, untried("tools.streamed", missed.detail)]
    if heards[0].reply is not None:
        heards += [await patient.say(order(ONE), tools=TOOLS) for _ in range(patient.repeat - 1)]
    good = sum(right(heard.reply, ONE) for heard in heards)
    found = [await _auto(patient, heards, good)]
    if heards[0].reply is None:
        return [*found, broken("tools.streamed", "refused, as the whole one", found[0].fault)]
    return [*found, await _streamed(patient, good > 0)]


async def _auto(patient: Patient, heards: Sequence[Heard], good: int) -> Finding:
    missed = [finding for heard in heards if (finding := late("tools.auto", heard))]
    heards = [heard for heard in heards if late("tools.auto", heard) is None]
    if missed and good == len(heards):
        return untried("tools.auto", f"{rate(good, good)} calls came; to {len(missed)} more {missed[0].detail}")
    if good == len(heards):
        read_as = heards[0].reply.read_as if heards[0].reply else ""
        by_us = f", read out of the text as {read_as} by tool_format" if read_as else ""
        return works("tools.auto", f"{rate(good, len(heards))} calls came, and right{by_us}")
    kinds = [kind_of(heard) for heard in heards]
    wrong = [heard for heard, kind in zip(heards, kinds, strict=True) if kind != "right"]
    if not wrong:
        fault = Fault("the call has other arguments than it was told", "the model, not its server", "")
        return broken("tools.auto", f"{rate(good, len(heards))} calls are as they were asked for", fault)
    kind = max((one for one in kinds if one != "right"), key=kinds.count)
    heard = next(one for one, its in zip(heards, kinds, strict=True) if its == kind)
    fault = await explain(patient, kind, heard)
    return broken("tools.auto", f"{rate(good, len(heards))} calls came", fault)


async def explain(
    patient: Patient, kind: Kind, heard: Heard, wanted: Wanted = ONE, tools: tuple[Tool, ...] = TOOLS
) -> Fault:
    """The fault behind an answer that should have held `wanted`."""
    if kind == "prose":
        return await _prose(patient, heard)
    if kind == "cut":
        mend_by = "reasoning_effort: low, or a larger max_tokens"
        return Fault(_unfinished(patient, heard), "the model thinks long, or goes on and on", mend_by)
    wrote = heard.reply.text or heard.reply.reasoning if heard.reply and kind != "nothing" else ""
    if kind in ("left_in_text", "stripped"):
        marked = await _with_marks(patient, wrote, wanted, tools)
        if kind == "stripped" and marked == "":
            return Fault(f"no call; the model wrote {brief(wrote, 80)!r}", WROTE_NONE, "")
        kind, wrote = ("stripped", marked) if marked else (kind, wrote)
    elif kind in ("nothing", "torn", "bogus", "emptied", "no_parser", "unparsed"):
        raw = await what_it_wrote(patient, order(wanted), tools)
        if raw is not None and kind in ("nothing", "torn") and not read_in(raw, EVERY):
            return Fault(f"no call; the model wrote {brief(raw, 80)!r}", WROTE_NONE, "")
        if kind == "emptied" and not _writes(raw, wanted, tools):
            return Fault("a call without any of its arguments", "the model" if raw else BEYOND, "")
        wrote = raw or wrote
    found = dialect_of(patient, wrote or heard.said, EVERY)
    readable = patient.identity.engine != "vllm" or kind == "left_in_text" or await _shows(patient, wanted, tools)
    return mend(kind, patient.identity, found, said=heard.said, wrote=wrote, readable=readable)


def _writes(raw: str | None, wanted: Wanted, tools: tuple[Tool, ...]) -> bool:
    """Whether a text that nobody has read yet holds a call with the arguments of one that is wanted."""
    name = read_in(raw or "", tools)
    calls = dialect(name).parse(raw or "", tools).calls if name else ()
    return any(call.name == one and call.arguments.keys() & given for call in calls for one, given in wanted)


async def _shows(patient: Patient, wanted: Wanted, tools: tuple[Tool, ...]) -> bool:
    """Whether vLLM, told to read nothing, leaves calls in the text: some of its parsers drop them all the same."""
    extra = {"tool_choice": "none", "skip_special_tokens": False}
    heard = await patient.say(order(wanted), tools=tools, extra_body=extra)
    return bool(read_in(heard.words, tools))


async def lost(patient: Patient, heard: Heard, wanted: Wanted, tools: tuple[Tool, ...], cause: str) -> Fault:
    """The fault behind a call that did not come: `cause`, where the server reads a simple one."""
    kind = of_reply(heard.reply, tools) if heard.reply else of_refusal(heard.said)
    if kind in ("left_in_text", "stripped", "torn", "unparsed", "failed", "nothing"):
        simple = await patient.say(order(ONE), tools=TOOLS)
        unseen = kind in ("stripped", "torn", "nothing")
        wrote = await what_it_wrote(patient, order(wanted), tools) if unseen else None
        if right(simple.reply, ONE) and (wrote is None or read_in(wrote, tools)):
            symptom = mend(kind, patient.identity, Inference(), said=heard.said, wrote=heard.words).symptom
            return Fault(symptom, cause, read_by_us(read_in(heard.words, tools)) if kind == "left_in_text" else "")
    return await explain(patient, kind, heard, wanted, tools)


def _unfinished(patient: Patient, heard: Heard) -> str:
    """Words up to the limit: what would have come behind them, nobody knows."""
    return f"{patient.room} tokens, and no call yet: {words_or_thoughts(heard)}"


async def _with_marks(patient: Patient, shown: str, wanted: Wanted, tools: tuple[Tool, ...]) -> str | None:
    """What the model wrote, where another dialect than in what is shown can be read in it: marks are gone then.
    The engine is asked to leave them in, and failing that, past its parser. Empty: there is no such; `None`: nobody
    knows what the model wrote."""
    read = read_in(shown, EVERY)
    if patient.openai and patient.identity.engine in ("vllm", "sglang", ""):
        heard = await patient.say(order(wanted), tools=tools, extra_body={"skip_special_tokens": False})
        if read_in(heard.words, EVERY) not in ("", read):
            return heard.words
    wrote = await what_it_wrote(patient, order(wanted), tools)
    return wrote if wrote is None or read_in(wrote, EVERY) not in ("", read) else ""


async def refused(patient: Patient, capability: str, heard: Heard, cause: str, mend_by: str = "") -> Finding:
    """A request with tools that came to nothing: for want of a parser, as all of them, or for a reason of its own."""
    if missed := late(capability, heard):
        return missed
    kind = of_refusal(heard.said)
    if kind == "refused":
        return broken(capability, "refused", Fault(brief(heard.said, 200), cause, mend_by))
    return broken(capability, "refused", await explain(patient, kind, heard))


_GLANCE = 16
"""Tokens of an answer whose prompt alone matters; some servers refuse fewer."""


async def _prose(patient: Patient, heard: Heard) -> Fault:
    symptom = f"words in place of a call: {brief(heard.words)!r}"
    hidden = await tools_hidden(patient)
    if not hidden:
        return Fault(symptom, "the model is not willing, or was never taught to call tools", "")
    flag = _TEMPLATE_FLAGS.get(patient.identity.engine, "")
    return Fault(symptom, hidden, f"serve it with a chat template that has a place for tools{flag}")


_TEMPLATE_FLAGS = {
    "vllm": ": vllm serve … --chat-template FILE",
    "sglang": ": python -m sglang.launch_server … --chat-template FILE",
    "llama.cpp": ": llama-server … --jinja without --chat-template, as the model's own comes with its file, or with"
    " --chat-template-file FILE",
}


async def tools_hidden(patient: Patient) -> str:
    """That the model never sees the tools, in words: its prompt would grow by their size. Empty: it does, or nobody
    knows."""
    told = await patient.say(order(ONE), tools=TOOLS, max_tokens=_GLANCE)
    bare = await patient.say(order(ONE), max_tokens=_GLANCE)
    if told.read is None or bare.read is None or told.read - bare.read >= 20:
        return ""
    return f"the model never sees the tools: its prompt has {told.read} tokens with them and {bare.read} without"


async def _streamed(patient: Patient, whole_works: bool) -> Finding:
    heard = await patient.say(order(ONE), tools=TOOLS, stream=True)
    if right(heard.reply, ONE):
        by_server = heard.reply is not None and not heard.reply.read_as
        flaws = await _flaws(patient) if patient.openai and by_server else []
        if flaws:
            fault = Fault("; ".join(flaws), "the server's stream of calls is not well formed", _WHOLE)
            return broken("tools.streamed", "the call can be put together only by guessing", fault)
        return works("tools.streamed", "the pieces make the same call")
    if missed := late("tools.streamed", heard):
        return missed
    kind: Kind = kind_of(heard)
    if whole_works:
        shown = brief(heard.said or heard.words or "nothing at all")
        fault = Fault(f"whole, the call comes; streamed, this does: {shown}", "the parser cannot stream", _WHOLE)
        return broken("tools.streamed", "the call is lost in the stream", fault)
    return broken("tools.streamed", "no call came", await explain(patient, kind, heard))


_WHOLE = "stream: false in models.yaml asks for whole answers"


async def _flaws(patient: Patient) -> list[str]:
    """What a client must guess to put two streamed calls together."""
    request = Request(
        messages=(Message(role="user", content=order(TWO)),),
        tools=TOOLS,
        sampling=patient.sampling(),
    )
    deltas = [
        call
        for chunk in await patient.chunks(request)
        for choice in _objects(chunk.get("choices"))
        for delta in _objects([choice.get("delta")])
        for call in _objects(delta.get("tool_calls"))
    ]
    named = [call for call in deltas if any(one.get("name") for one in _objects([call.get("function")]))]
    indices = [str(call.get("index")) for call in named]
    flaws = []
    if any(not call.get("id") for call in named):
        flaws.append("a call's first piece has no id")
    if len(set(indices)) < len(indices):
        flaws.append("two calls have the same index")
    elif indices != [str(number) for number in range(len(indices))]:
        flaws.append(brief(f"calls are numbered {', '.join(indices)}"))
    return flaws


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, whatever else was sent in its place."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


async def chosen(patient: Patient) -> list[Finding]:
    """P3, P4, P7 and P8: a greeting, and a call has to come, or that one; an order, and none may come."""
    if "tool_choice" in patient.entrant.sampling.extra_body:
        capabilities = ("tools.required", "tools.named", "tools.none")
        return [untried(one, "the entry's extra_body sets tool_choice for every request") for one in capabilities]
    required = await patient.say(GREETING, tools=TOOLS, tool_choice="required")
    named = await patient.say(GREETING, tools=TOOLS, tool_choice=WEATHER.name)
    forbidden = await patient.say(order(ONE), tools=TOOLS, tool_choice="none")
    untold = await patient.say(order(ONE))
    return [
        await _required(patient, required),
        await _named(patient, named),
        await _forbidden(patient, forbidden, untold),
    ]


_CHOICELESS = {"ollama": "Ollama knows no tool_choice", "transformers": "transformers serve knows no tool_choice"}


async def _required(patient: Patient, heard: Heard) -> Finding:
    if heard.reply is None:
        return await refused(patient, "tools.required", heard, "it takes no tool_choice required", "use auto")
    names = [name for name, _ in made(heard.reply)]
    if names and {tool.name for tool in TOOLS}.issuperset(names):
        return works("tools.required", f"a call came{_loose(heard)}; it may be forced, and says nothing of auto")
    if heard.reply.finish_reason == "tool_calls" and not heard.reply.tool_calls:
        fault = Fault(
            "finish_reason is tool_calls, and there is no call",
            "a known fault of vLLM (vllm-project/vllm#53255)", "use tool_choice auto",
        )  # fmt: skip
        return broken("tools.required", "an empty list of calls", fault)
    if thoughts_alone(heard):
        return untried("tools.required", f"no call, and no words: {words_or_thoughts(heard)}")
    if kind_of(heard) == "cut":
        # llama.cpp lets a model say what it likes before the call that has to come.
        return untried("tools.required", _unfinished(patient, heard))
    cause = _CHOICELESS.get(patient.identity.engine, "tool_choice is ignored")
    fault = Fault(f"words came: {words_or_thoughts(heard)}", cause, "do not count on it; use auto")
    return broken("tools.required", "no call came", fault)


def _loose(heard: Heard) -> str:
    """vLLM forces a call by a grammar that leaves its arguments open, but for tools with strict: true."""
    calls = made(heard.reply) if heard.reply else []
    return ", but nothing holds its arguments to be an object" if any(given is None for _, given in calls) else ""


_REQUIRED = "with tool_choice required or auto"


async def _named(patient: Patient, heard: Heard) -> Finding:
    deaf_to_all = patient.identity.engine in _CHOICELESS
    mend_by = f"hand over that one tool only, {'and ask for it in words' if deaf_to_all else _REQUIRED}"
    if heard.reply is None:
        return await refused(patient, "tools.named", heard, "it takes no name in tool_choice", mend_by)
    calls = made(heard.reply)
    if [name for name, _ in calls] == [WEATHER.name]:
        return works("tools.named", f"that call came{_loose(heard)}")
    if thoughts_alone(heard):
        return untried("tools.named", f"no call, and no words: {words_or_thoughts(heard)}")
    if kind_of(heard) == "cut":
        return untried("tools.named", _unfinished(patient, heard))
    deaf = {"llama.cpp": "llama.cpp takes no object there and makes it auto", **_CHOICELESS}
    cause = deaf.get(patient.identity.engine, "the name in tool_choice is left aside")
    fault = Fault(f"{len(calls)} calls and {words_or_thoughts(heard)}", cause, mend_by)
    return broken("tools.named", "that call did not come", fault)


async def _forbidden(patient: Patient, heard: Heard, untold: Heard) -> Finding:
    if untold.reply is not None and untold.reply.tool_calls:
        fault = Fault("calls came although there were no tools", "the server parses calls all the same", "")
        return broken("tools.none", "a call of a tool that was never handed over", fault)
    if heard.reply is None:
        return await refused(patient, "tools.none", heard, "it takes no tool_choice none", "leave the tools out")
    if not heard.reply.tool_calls:
        left = ", though the model wrote one" if read_in(heard.words, TOOLS) else ""
        return works("tools.none", f"no call came{left}; nor without tools")
    parses = "the server parses calls all the same"
    known = {"vllm": f"{parses} (vllm-project/vllm#54808)", **_CHOICELESS}
    fault = Fault(
        "calls came although tool_choice is none", known.get(patient.identity.engine, parses),
        "leave the tools out of such a request",
    )  # fmt: skip
    return broken("tools.none", "a call came", fault)


async def parallel(patient: Patient) -> list[Finding]:
    """P5: two calls in one answer."""
    heards = [await patient.say(order(TWO), tools=TOOLS) for _ in range(min(2, patient.repeat))]
    if any(right(heard.reply, TWO) for heard in heards):
        return [works("tools.parallel", await _alone(patient))]
    heard = heards[0]
    calls = made(heard.reply) if heard.reply else []
    if kind_of(heard) == "emptied":
        return [broken("tools.parallel", "calls without arguments", await explain(patient, "emptied", heard, TWO))]
    if heard.reply is None:
        return [await refused(patient, "tools.parallel", heard, "it takes no request for two calls")]
    if any("}{" in call.arguments for call in heard.reply.tool_calls):
        joined = heard.reply.tool_calls[0].arguments
        fault = Fault(f"two calls' arguments in one: {brief(joined)}", "calls share an index", "")
        return [broken("tools.parallel", "two calls are run together", fault)]
    if len(calls) == 1:
        fault = Fault(
            "of two calls, one came", "the parser reads the first one only, or the model makes one at a time",
            "vLLM: not --tool-call-parser internlm or gigachat3; llama.cpp: parallel_tool_calls: true in extra_body",
        )  # fmt: skip
        return [broken("tools.parallel", "one call of two", fault)]
    fault = await lost(patient, heard, TWO, TOOLS, "the parser reads one call, and fails on two in one answer")
    return [broken("tools.parallel", f"{len(calls)} calls came", fault)]


async def _alone(patient: Patient) -> str:
    """And when only one may come?"""
    if not patient.openai:
        return "two calls in one answer"
    heard = await patient.say(order(TWO), tools=TOOLS, extra_body={"parallel_tool_calls": False})
    obeyed = heard.reply is not None and len(heard.reply.tool_calls) == 1
    return f"two calls in one answer; parallel_tool_calls: false is {'obeyed' if obeyed else 'not obeyed'}"


_WRITING = "serve it with a template that can (vLLM's examples/tool_chat_template_*.jinja)"


async def result(patient: Patient) -> list[Finding]:
    """P10: the model goes on from a tool's result."""
    call = ToolCall("call00001", *_asked())
    request = Request(
        messages=(
            Message(role="user", content="What is the weather in Paris for 3 days? Use your tools."),
            Message(role="assistant", tool_calls=(call,)),
            Message(role="tool", content="17 degrees and hail", tool_call_id=call.id),
        ),
        tools=TOOLS,
        sampling=patient.sampling(),
    )
    heard = await patient.ask(request)
    if heard.reply is None:
        cause, mend_by = "its chat template cannot write a conversation with calls in it", _WRITING
        if "validation error" in heard.said:
            cause, mend_by = "it does not take a call as OpenAI writes it, with content: null", ""
        return [await refused(patient, "tools.result", heard, cause, mend_by)]
    if "hail" in heard.words.lower() or "17" in heard.words:
        return [works("tools.result", "the answer uses the result")]
    fault = Fault(
        f"it says {words_or_thoughts(heard)}", "the template leaves results out, or the model overlooks them", ""
    )
    return [broken("tools.result", "the answer does not use the result", fault)]


def _asked() -> tuple[str, str]:
    name, arguments = ONE[0]
    return name, msgspec.json.encode(arguments).decode()


PROBES = (
    Probe(
        "tool calls", "one call, several times, the model free to choose; then the same streamed",
        ("tools.auto", "tools.streamed"), auto, True,
    ),
    Probe(
        "tool choice", "a greeting with tool_choice required, then with a name; an order with none, then without tools",
        ("tools.required", "tools.named", "tools.none"), chosen, True,
    ),
    Probe("parallel calls", "two calls in one answer, then with only one allowed", ("tools.parallel",), parallel, True),
    Probe("tool result", "a conversation in which a tool has answered", ("tools.result",), result, True),
)  # fmt: skip
