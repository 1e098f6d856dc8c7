"""The short form of the examination, before a run whose score hangs on tool calls: does a call arrive at all?

One question, asked as the run will ask. A model must not be blamed for a parser that loses its calls: what comes of the
question and is the server's doing is explained, what is the model's own is not. Words in place of a call are its own,
unless its template hides the tools from it.
"""

from __future__ import annotations

from assay.core.errors import ProviderError
from assay.core.messages import Message, Reply, Request, Sampling
from assay.doctor.endpoint.identify import identify
from assay.doctor.endpoint.patient import Heard, Patient
from assay.doctor.endpoint.probes.tools import THE_MODELS, TOOLS, explain, kind_of, tools_hidden
from assay.doctor.endpoint.toolbox import ONE, order

QUESTION = Request(messages=(Message("user", order(ONE)),), tools=TOOLS, sampling=Sampling(max_tokens=1024))

_THE_MODELS_OWN = ("right", "cut")
"""What may become of the question although the server reads every call: the run shows how often."""
_TEMPLATED = ("vllm", "sglang", "llama.cpp", "transformers")
"""Engines whose user picks the template, and who count the whole prompt."""


async def why_mute(patient: Patient, told: Reply | ProviderError) -> str:
    """What loses the calls and what mends it, in one line; empty where nothing does. `told` came of the question."""
    heard = Heard(error=told) if isinstance(told, ProviderError) else Heard(reply=told)
    kind = kind_of(heard)
    if kind in _THE_MODELS_OWN:
        return ""
    patient.identity = await identify(patient)
    if kind == "prose" and not (patient.identity.engine in _TEMPLATED and await tools_hidden(patient)):
        return ""
    fault = await explain(patient, kind, heard)
    if fault.cause in THE_MODELS:
        return ""
    mend = f": {fault.mend}" if fault.mend else ""
    note = f" ({fault.note})" if fault.note else ""
    return f"its tool calls would be lost, and the model blamed: {fault.symptom}; {fault.cause}{mend}{note}"
