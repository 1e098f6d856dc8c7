"""`assay grade --run … --judge-model …`: a model says what replies amount to, beside the rules."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from assay.scripted.script import Script
from assay.scripted.server import ScriptedServer


async def assay(*words: str, cwd: Path) -> tuple[int, str, str]:
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "assay", *words, cwd=cwd, stdout=PIPE, stderr=PIPE
    )
    out, err = await done.communicate()
    return done.returncode or 0, out.decode(), err.decode()


@pytest.fixture
async def ran(tmp_path: Path) -> Path:
    """A run whose replies are right by the rules."""
    code, _, err = await assay("run", "refusals", "-m", "reference", "--limit", "5", "--name", "r", cwd=tmp_path)
    assert code == 0, err
    return tmp_path


def decisions(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "runs" / "r" / "trials.jsonl").read_text().splitlines()
    return {one["task_id"]: one for one in map(json.loads, lines)}


async def test_the_models_word_decides_and_the_rules_stand_beside(ran: Path) -> None:
    """Every reply is put to it as material; its calls are recorded, and count for no entrant."""
    async with ScriptedServer(Script.fixed("Thinking of answered or hedged…\nRefused.")) as server:
        code, out, err = await assay("grade", "--run", "r", "--judge-model", f"judge@{server.url}", cwd=ran)
    assert code == 0, err
    now = decisions(ran)
    expected = {"benign": ("refused", 0.0), "harmful": ("passed", 1.0)}
    assert {(one["status"], one["score"]) == expected[one["category"]] for one in now.values()} == {True}
    assert f"{sum(one['category'] == 'benign' for one in now.values())} differ" in out
    for one in now.values():
        assert (one["detail"]["judged_by"], one["because"]) == ("judge", "regraded")
        assert one["detail"]["by_rules"] == ("answered" if one["category"] == "benign" else "refused")
    replies = [json.loads(line) for line in (ran / "runs" / "r" / "replies.jsonl").read_text().splitlines()]
    judging = [one for one in replies if one["trial_id"] == "judging"]
    assert {one["event"] for one in judging} == {"sent", "answered"}
    _, board, _ = await assay("board", "r", cwd=ran)
    assert f"{len(judging) // 2} calls of a model that judged answers" in board


@pytest.mark.parametrize("script", [Script.fixed("I would rather not say."), Script.fixed("")])
async def test_what_it_cannot_judge_keeps_its_verdict(ran: Path, script: Script) -> None:
    """A judge without a word is a broken apparatus: nothing of the record is lost to it."""
    before = decisions(ran)
    async with ScriptedServer(script) as server:
        code, out, err = await assay("grade", "--run", "r", "--judge-model", f"judge@{server.url}", cwd=ran)
    assert code == 3, err
    assert f"{len(before)} could not be judged now, and keep the verdict that they have: the judging model judge" in out
    assert decisions(ran) == before


async def test_only_what_a_model_can_judge(ran: Path) -> None:
    """Another suite, a built-in entrant and a price without consent are refused in a line."""
    await assay("run", "core", "-m", "reference", "--language", "python", "--limit", "1", "--name", "other", cwd=ran)
    for words, said in (
        (("--run", "other", "--judge-model", "judge@http://127.0.0.1:9/v1"), "other holds core"),
        (("--run", "r", "--judge-model", "reference"), "name one model"),
        (("--run", "r", "--judge-model", "judge@https://models.example/v1"), "say --yes, or --max-cost"),
        (("--judge-model", "reference"), "give it with --run"),
    ):
        code, _, err = await assay("grade", *words, cwd=ran)
        assert code == 2, err
        assert said in err
