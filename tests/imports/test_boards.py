"""The public boards, where this machine has them: every number as published, contradictions said."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Assay = Callable[..., Any]


def board_file(name: str) -> Path:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / name).exists():
        pytest.skip(f"no {name} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / name


def _standings(assay: Assay, tool: str, path: Path) -> tuple[dict[tuple[str, str], dict[str, Any]], str]:
    said = assay("import", tool, path, "--name", "in")
    assert said.code == 0, said.err
    lines = json.loads(assay("board", "in", "--json").out)["standings"]
    return {(line["model"], line["suite"]): line for line in lines}, said.err


def test_swe_bench(assay: Assay) -> None:
    """25 agents by instance, the rest as aggregates; flags that contradict the stated score are left out and told."""
    path = board_file("boards/swebench_2025-12.json")
    standings, told = _standings(assay, "swebench", path)
    bash = next(board for board in json.loads(path.read_text())["leaderboards"] if board["name"] == "bash-only")
    for entry in bash["results"]:
        line = standings[entry["name"], "swe-bench-verified"]
        assert line["judged"] == 500
        assert 100 * line["accuracy"] == pytest.approx(entry["resolved"], abs=0.14)
    assert "Claude 3.7 Sonnet (20250219): 52.8 % stated, but 51 of 500 instances are flagged resolved" in told
    assert "Claude 4 Sonnet (20250514): 64.93 % stated, but 324 of 500" in told
    by_instance = assay("sql", "select count(distinct model) from trials where task_id <> '*'", "--csv")
    assert by_instance.out.split()[-1] == "24"


def test_livecodebench(assay: Assay) -> None:
    """45 models on 400 problems: each model's mean is the mean of its published pass@1."""
    path = board_file("boards/livecodebench_generation_2024-04.json")
    standings, _ = _standings(assay, "livecodebench", path)
    published: dict[str, list[float]] = {}
    for one in json.loads(path.read_text())["performances"]:
        published.setdefault(one["model"], []).append(one["pass@1"])
    assert len(standings) == 45
    for (model, _), line in standings.items():
        assert line["tasks"] == 400
        assert 100 * line["accuracy"] == pytest.approx(sum(published[model]) / 400)
    months = assay("sql", "select count(distinct month), sum(tasks) from months where model = 'GPT-4-0613'", "--csv")
    assert months.out.split()[-1].endswith(",400")


def test_aider(assay: Assay) -> None:
    """69 runs with their published rate; the five whose rate is over more exercises than were run are named."""
    path = board_file("boards/aider_polyglot.yml")
    standings, told = _standings(assay, "aider", path)
    assert len(standings) == 69
    assert told.count("of 225 exercises, but only") == 5
    rates = sorted(round(100 * line["accuracy"], 1) for line in standings.values())
    stated = sorted(row["pass_rate_2"] for row in yaml.safe_load(path.read_text()))
    assert all(abs(ours - theirs) <= 0.11 for ours, theirs in zip(rates, stated, strict=True))


def test_evalplus_results(assay: Assay) -> None:
    """The published base and plus scores of a real model, from its result files."""
    standings, _ = _standings(assay, "evalplus", board_file("answers/qwen2.5-coder-7b-base"))
    scores = {suite: round(100 * line["accuracy"], 1) for (_, suite), line in standings.items()}
    assert scores == {
        "humaneval+:v0.1.9": 53.0, "humaneval+:v0.1.9 (base tests)": 61.6,
        "mbpp+:v0.1.0": 62.9, "mbpp+:v0.1.0 (base tests)": 76.9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "language", "score"), [("cpp", "cpp", 62.11), ("java", "java", 53.16), ("js", "javascript", 60.25)]
)
def test_multipl_e_details(code: str, language: str, score: float, assay: Assay) -> None:
    """The published MultiPL-E scores, from BigCode's details, under the name that the suite has here."""
    path = board_file(f"answers/qwen2.5-coder-7b-base/multipl_e/humaneval-{code}-details.json")
    standings, _ = _standings(assay, "bigcode", path)
    (line,) = standings.values()
    assert round(100 * line["accuracy"], 2) == score
    assert line["suite"] == f"multipl-e:{language}"
