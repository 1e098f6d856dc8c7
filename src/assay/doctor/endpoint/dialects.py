"""Which dialect the model behind an endpoint writes: all that can be learnt about it, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.core.messages import Message, Request, Tool
from assay.doctor.endpoint.patient import Patient
from assay.formats.tool_inference import Inference, from_name, from_output, from_template, witnessed
from assay.formats.wire import wire_for


def dialect_of(patient: Patient, wrote: str, tools: Sequence[Tool]) -> Inference:
    """From what it wrote, from its template where the engine shows it, and from its name."""
    identity = patient.identity
    named = from_name(identity.model or patient.entrant.model_id)
    shown = from_template(identity.template) if identity.template else Inference()
    return witnessed(from_output(wrote, tools), shown, named)


async def what_it_wrote(patient: Patient, text: str, tools: Sequence[Tool]) -> str | None:
    """The model's own words for a request, past every parser; `None` where the engine has no way to them.

    The engine renders the prompt, and the model goes on with it as with any text: there nobody reads calls.
    """
    if patient.identity.engine not in _RENDERERS:
        return None
    path, field = _RENDERERS[patient.identity.engine]
    wire = wire_for("openai_chat", host="")
    request = Request(messages=(Message(role="user", content=text),), tools=tuple(tools))
    body: dict[str, Any] = dict(wire.call(request, model_id=patient.entrant.model_id, stream=False).body)
    page = await patient.page(path, body)
    prompt = page.get(field) if isinstance(page, dict) else None
    if not isinstance(prompt, str | list) or not prompt:
        return None
    sampling = patient.sampling(extra_body=_extra(patient, prompt))
    heard = await patient.ask(Request(prompt=prompt if isinstance(prompt, str) else "", sampling=sampling), api="")
    return None if heard.reply is None else heard.words


_RENDERERS = {"vllm": ("/tokenize", "tokens"), "llama.cpp": ("/apply-template", "prompt")}
"""Where an engine shows the prompt that it would make, and under which name."""


def _extra(patient: Patient, prompt: str | list[Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {"prompt": prompt} if isinstance(prompt, list) else {}
    return {**extra, "skip_special_tokens": False} if patient.identity.engine == "vllm" else extra
