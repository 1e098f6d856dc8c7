"""`assay doctor matrix`: measured, or said not to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from runs_of_scores import run_of

from assay.cli import main
from assay.core.entrant import Entrant
from assay.scripted.engine import Engine
from assay.scripted.script import Script
from assay.scripted.server import ScriptedServer
from assay.wiring.coverage import coverage
from synthetic_runs import make_plan

MODELS = "models:\n  - {name: alpha, type: openai, api_base: 'http://127.0.0.1:1/v1', api_key: none, model: alpha-1}\n"


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    with pytest.raises(SystemExit) as left:
        main(["doctor", "matrix", "models.yaml", "--json", *arguments])
    assert left.value.code == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_scores_are_those_of_the_same_model_with_the_same_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run of the same name with another temperature is another entrant, and has no part."""
    monkeypatch.chdir(tmp_path)
    Path("models.yaml").write_text(MODELS)
    same = Entrant(name="called-otherwise", type="openai", model_id="alpha-1", api_base="http://127.0.0.1:1/v1")
    warmer = msgspec.structs.replace(same, sampling=msgspec.structs.replace(same.sampling, temperature=0.8))
    for run, entrant, scores in (("same", same, [1.0, 0.0] * 20), ("other", warmer, [0.0] * 40)):
        plan = msgspec.structs.replace(make_plan(run_id=run, models=(entrant.name,), tasks=40), entrants=(entrant,))
        run_of(tmp_path / "runs", run, {entrant.name: scores}, plan=plan)
    (row,) = rows(capsys, "--no-probes")
    assert row["source"] == "same: core"
    assert row["cells"]["generation"]["known"]
    assert set(row["languages"]) == {"python", "go", "rust", "java"}
    assert row["languages"]["python"]["score"] == 1.0
    assert row["languages"]["python"]["low"] < 1.0
    assert not row["cells"]["completion"]["known"]
    assert not row["cells"]["tool calls"]["known"]
    assert not row["cells"]["agentic"]["known"]


def test_an_endpoint_that_does_not_answer_is_unknown_and_not_unable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused connection says why, in the cell, and the table goes on."""
    monkeypatch.chdir(tmp_path)
    Path("models.yaml").write_text(MODELS)
    (row,) = rows(capsys, "--timeout", "5")
    assert not row["cells"]["tool calls"]["known"]
    assert "127.0.0.1:1" in row["cells"]["tool calls"]["said"]


async def test_what_could_not_be_told_is_named_beside_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts neither as able nor as unable, and whoever reads the cell sees that it is missing."""
    monkeypatch.chdir(tmp_path)
    async with ScriptedServer(Script.served(Engine(kind="llama.cpp", lies=("rambles",)))) as server:
        Path("models.yaml").write_text(MODELS.replace("http://127.0.0.1:1/v1", server.url))
        (row,) = await coverage(None)
    cell = row.cells["tool calls"]
    assert cell.said.endswith("; could not be told: required") and cell.tasks == 8
