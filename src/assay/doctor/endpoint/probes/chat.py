"""Plain questions: an answer at all, in pieces as in one, counted, with its reasoning apart."""

from __future__ import annotations

import re

from assay.core.messages import Message, Reply, Request
from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import Heard, Patient
from assay.doctor.endpoint.probes.base import Probe, absent, brief, broken, works
from assay.doctor.endpoint.remedies import reasoning_setting
from assay.formats.tool_inference import from_name

QUESTION = "Answer with exactly: OK"
LONGER = "Count from 1 to 20, the numbers separated by spaces, and nothing else."

_THINKING = re.compile(r"</?think(ing)?>|<seed:think>|<mm:think>|\[/?THINK\]|<\|channel\|>analysis|<\|channel>thought")


async def plain(patient: Patient) -> list[Finding]:
    """P0. The first question; where it comes to nothing, the others are not asked."""
    whole = await put(patient, QUESTION, stream=False)
    if whole.reply is None:
        return [broken("chat", whole.said)]
    reply = whole.reply
    shown = reply.text or reply.reasoning
    if not shown.strip():
        silent = Fault(
            "no text came", "the model ended at once, or all of it went into reasoning that is not shown",
            "raise max_tokens, or switch the reasoning off",
        )  # fmt: skip
        return [broken("chat", "an empty answer", silent), _reasoning(patient, reply)]
    return [works("chat", brief(shown)), _reasoning(patient, reply)]


def _reasoning(patient: Patient, reply: Reply) -> Finding:
    leaked = _THINKING.search(reply.text)
    if leaked:
        fault = Fault(
            f"{leaked[0]!r} stands in the answer",
            "no parser of reasoning is set, or one for another model",
            reasoning_setting(patient.identity, from_name(patient.identity.model)),
        )
        return broken("reasoning", "reasoning is mixed into the answer", fault)
    if reply.reasoning:
        return works("reasoning", f"{len(reply.reasoning)} characters apart from the answer")
    if reply.usage.reasoning:
        return works("reasoning", f"{reply.usage.reasoning} tokens, not shown")
    return absent("reasoning", "none was seen; none is mixed into the answer")


async def streaming(patient: Patient) -> list[Finding]:
    """The same question whole and in pieces, at temperature 0."""
    whole = await put(patient, LONGER, stream=False)
    pieces = await put(patient, LONGER, stream=True)
    if whole.reply is None or pieces.reply is None:
        return [broken("streaming", pieces.said or whole.said)]
    return [_pieces(whole.reply, pieces.reply), _usage(whole.reply, pieces.reply, pieces.read or 0)]


def _pieces(whole: Reply, pieces: Reply) -> Finding:
    if pieces.ttft is None:
        fault = Fault(
            "a stream was asked for and one piece came", "the server, or a proxy before it, does not stream",
            "switch response buffering off in the proxy (nginx: proxy_buffering off;)",
        )  # fmt: skip
        return absent("streaming", "the answer came in one piece", fault)
    timed = f"first token after {pieces.ttft:.2f} s"
    if pieces.text == whole.text:
        return works("streaming", f"the pieces are the whole answer; {timed}")
    if _numbers(pieces.text) == _numbers(whole.text):
        return works("streaming", f"the same words in other layout; {timed}")
    fault = Fault(
        f"streamed {brief(pieces.text, 30)!r}, whole {brief(whole.text, 30)!r}, both at temperature 0",
        "the stream leaves something out; or, under load, the model itself answers differently",
        "stream: false in models.yaml asks for whole answers",
    )
    return broken("streaming", "the pieces are not the whole answer", fault)


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _usage(whole: Reply, pieces: Reply, read: int) -> Finding:
    if whole.usage.output is None:
        fault = Fault("no usage in the answer", "the server, or a proxy, does not count", "")
        return absent("usage", "tokens are not counted; costs stay unknown", fault)
    if pieces.usage.output is None:
        fault = Fault(
            "no usage in the stream, although it was asked for", "the server does not know stream_options",
            "stream: false in models.yaml, or a newer server; until then costs of streamed answers are unknown",
        )  # fmt: skip
        return broken("usage", "counted in whole answers only", fault)
    return works("usage", f"{read} + {pieces.usage.output} tokens, streamed as whole")


async def put(patient: Patient, text: str, *, stream: bool = False) -> Heard:
    """A plain question, or the same as a text to go on with."""
    if patient.chats:
        return await patient.say(text, stream=stream)
    request = Request(
        messages=(Message(role="user", content=text),),
        sampling=patient.sampling(),
    )
    return await patient.ask(request, stream=stream)


PROBES = (
    Probe("chat", f"a plain question: {QUESTION!r}", ("chat", "reasoning"), plain),
    Probe("streaming", "one question whole and streamed, at temperature 0", ("streaming", "usage"), streaming),
)
