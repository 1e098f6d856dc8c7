"""The examination: every probe in order, each one's findings told as they come.

Stops where nothing more can be learnt: at a server that does not answer a plain question, at first or any more, or when
the money that may be spent is spent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.doctor.endpoint.findings import Examined, Finding, Identity, Report, Spent, missing
from assay.doctor.endpoint.identify import identify
from assay.doctor.endpoint.patient import FATAL, Patient
from assay.doctor.endpoint.probes import chat, context, fim, settings, tools, typed
from assay.doctor.endpoint.probes.base import Probe, untried
from assay.doctor.endpoint.probes.chat import QUESTION, put
from assay.models.addresses import shown

PROBES: tuple[Probe, ...] = (
    *chat.PROBES,
    *tools.PROBES,
    *typed.PROBES,
    *settings.PROBES,
    *fim.PROBES,
    *context.PROBES,
    *settings.SPEED,
)

Listen = Callable[[Identity | Examined], None]
"""Told who answers there, and then of each probe."""


async def examine(
    patient: Patient,
    *,
    needs: Sequence[str] = (),
    only: Sequence[str] = (),
    max_cost: float | None = None,
    listen: Listen = lambda one: None,
) -> Report:
    """`only`: capabilities; probes for others are left out."""
    patient.identity = await identify(patient)
    listen(patient.identity)
    done: list[Examined] = []
    broke = ""
    for probe in PROBES:
        if only and not set(only) & set(probe.capabilities) and probe.name != "chat":
            continue
        if max_cost is not None and (patient.spent.usd or 0.0) >= max_cost:
            broke = f"${max_cost:g} are spent; --max-cost allows more"
            break
        one = await _one(patient, probe)
        done.append(one)
        listen(one)
        if patient.gone or (probe.name == "chat" and one.findings[0].verdict != "works"):
            broke = await _hopeless(patient)
            if broke:
                break
    found = {finding.capability: finding for one in done for finding in one.findings}
    return Report(
        address=shown(patient.base),
        identity=patient.identity,
        examined=tuple(done),
        spent=patient.spent,
        broke=broke,
        missing=missing(needs, found),
    )


async def _one(patient: Patient, probe: Probe) -> Examined:
    before, patient.spent = patient.spent, Spent()
    if probe.chats and not patient.chats:
        findings: Sequence[Finding] = [untried(one, "this type goes on with a text") for one in probe.capabilities]
    else:
        findings = await probe.run(patient)
    taken, patient.spent = patient.spent, before.plus(patient.spent)
    return Examined(probe.name, probe.about, tuple(findings), taken)


async def _hopeless(patient: Patient) -> str:
    """Whether a question failed in a way that all others would: a plain one is asked to be sure."""
    again = await put(patient, QUESTION)
    if again.error is not None and (again.error.fault in FATAL or again.error.retryable):
        return again.said
    return ""
