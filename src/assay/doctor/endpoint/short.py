"""The short form of the examination, before a run whose score hangs on tool calls: does a call arrive at all?

Two questions, one whole and one streamed. A model must not be blamed for a parser that loses its calls.
"""

from __future__ import annotations

from assay.doctor.endpoint.findings import Finding
from assay.doctor.endpoint.identify import identify
from assay.doctor.endpoint.patient import Patient
from assay.doctor.endpoint.probes.tools import auto


async def calls_arrive(patient: Patient) -> tuple[Finding, ...]:
    """The findings on `tools.auto` and `tools.streamed`; what is not `works` says why, and what mends it.

    A patient that is asked to repeat (`repeat`) is asked that often.
    """
    patient.identity = await identify(patient)
    return tuple(await auto(patient))
