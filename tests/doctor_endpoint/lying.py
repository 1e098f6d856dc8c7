"""Endpoints that lie, over real HTTP, and what the doctor says of them."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.doctor.endpoint.findings import Finding, Report
from assay.scripted.engine import Engine
from assay.scripted.script import Script
from assay.scripted.server import ScriptedServer
from assay.wiring.endpoint import Examination, examine_endpoint


async def examined(script: Script, *, target: str = "{root}", **settings: Any) -> Report:
    """What is found out about a scripted server; `target` may name its `{root}`."""
    async with ScriptedServer(script) as server:
        wanted = Examination(target=target.replace("{root}", server.root), **{"timeout": 20.0, "repeat": 2, **settings})
        return await examine_endpoint(wanted, lambda one: None)


async def engine_of(*only: str, model: str = "demo", **engine: Any) -> dict[str, Finding]:
    """The findings on an engine that is set up so, by capability."""
    script = Script.served(msgspec.convert({"version": "9.9", **engine}, Engine), model=model)
    report = await examined(script, only=only)
    return {finding.capability: finding for finding in report.findings}
