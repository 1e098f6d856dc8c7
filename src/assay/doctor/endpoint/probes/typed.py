"""Arguments as their schema has them: numbers, leading zeros, null, objects behind a $ref, and any text at all."""

from __future__ import annotations

from typing import Any

from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import Patient
from assay.doctor.endpoint.probes.base import Probe, brief, broken, late, works
from assay.doctor.endpoint.probes.tools import explain, lost
from assay.doctor.endpoint.symptoms import of_reply
from assay.doctor.endpoint.toolbox import HOSTILE, NOTE, RECORD, TYPED, arguments_of, order, right, same

_MEND = "tool_format: in models.yaml has Assay read the text itself, by the schema; or leave such a type out"
_OWN_TAG = "the parser takes a tag in the argument for its own"


async def typed(patient: Patient) -> list[Finding]:
    """P6."""
    tools = (RECORD, NOTE)
    heard = await patient.say(order(TYPED), tools=tools)
    if missed := late("tools.typed", heard):
        return [missed]
    if heard.reply is None or not heard.reply.tool_calls:
        fault = await lost(patient, heard, TYPED, tools, "the parser reads other calls, and fails on this one")
        return [broken("tools.typed", brief(heard.said, 160) or "no call came", fault)]
    if right(heard.reply, TYPED):
        return [works("tools.typed", "text, numbers, truth, null, a list and an object behind a $ref, as they were")]
    if of_reply(heard.reply, tools) == "emptied":
        return [broken("tools.typed", "no arguments", await explain(patient, "emptied", heard, TYPED, tools))]
    got = arguments_of(heard.reply.tool_calls[0])
    if got is None:
        said = brief(heard.reply.tool_calls[0].arguments)
        return [broken("tools.typed", "no object", Fault(f"arguments: {said}", "they are no JSON object", _MEND))]
    faults = list(_differences(TYPED[0][1], got))
    return [broken("tools.typed", f"{len(faults)} arguments are not as they were", _typing_fault(faults))]


def _differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    keys = [*wanted, *(key for key in got if key not in wanted)]
    return [(key, wanted.get(key), got.get(key)) for key in keys if not same(wanted.get(key), got.get(key))]


def _typing_fault(faults: list[tuple[str, Any, Any]]) -> Fault:
    shown = "; ".join(f"{key} should be {want!r} and is {got!r:.60}" for key, want, got in faults)
    for cause, fits in _CAUSES:
        if all(fits(key, want, got) for key, want, got in faults):
            return Fault(shown, cause, _MEND)
    return Fault(shown, "the parser, or the model", _MEND)


_CAUSES = (
    ("the parser does not resolve $ref (vllm-project/vllm#46924)", lambda key, want, got: key == "place"),
    (
        "the parser makes numbers of texts that look like some",
        lambda key, want, got: isinstance(want, str) and isinstance(got, int | float) and not isinstance(got, bool),
    ),
    (
        "the parser does not type arguments by the schema",
        lambda key, want, got: not isinstance(want, str) and isinstance(got, str),
    ),
)
"""What all the differences have in common, the narrowest first."""


async def hostile(patient: Patient) -> list[Finding]:
    """P6, the texts: quotes, tags, brackets and line feeds in an argument."""
    tools = (NOTE, RECORD)
    heard = await patient.say(order(HOSTILE), tools=tools)
    if missed := late("tools.text", heard):
        return [missed]
    if heard.reply is None or not heard.reply.tool_calls:
        fault = await lost(patient, heard, HOSTILE, tools, _OWN_TAG)
        return [broken("tools.text", brief(heard.said, 160) or "no call came", fault)]
    if right(heard.reply, HOSTILE):
        return [works("tools.text", "quotes, tags, brackets and line feeds came through")]
    if of_reply(heard.reply, tools) == "emptied":
        return [broken("tools.text", "no arguments", await explain(patient, "emptied", heard, HOSTILE, tools))]
    wanted = HOSTILE[0][1]["text"]
    got = str((arguments_of(heard.reply.tool_calls[0]) or {}).get("text", ""))
    cut = wanted.startswith(got.rstrip()) and len(got) < len(wanted)
    cause = _OWN_TAG if cut else "the parser, or the model's copying"
    fault = Fault(f"{brief(wanted, 40)!r} came as {brief(got, 40)!r}", cause, _MEND)
    return [broken("tools.text", "the text is cut short" if cut else "the text is changed", fault)]


PROBES = (
    Probe("argument types", "a call with seven types of arguments", ("tools.typed",), typed, True),
    Probe("argument texts", "a call with a text full of quotes, tags and brackets", ("tools.text",), hostile, True),
)
