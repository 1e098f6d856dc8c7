"""`assay run --until-decided`: a run that asks no more than its question takes."""

from __future__ import annotations

from pathlib import Path

from e2e_world import assay, decisions, write_suite


async def test_a_run_stops_when_its_question_is_decided(tmp_path: Path) -> None:
    """Everything right against everything wrong is decided after a few of many tasks; the end says both
    sentences, and the same command owes nothing more."""
    suite = write_suite(tmp_path / "adding", 120)
    command = ("run", suite, "-m", "reference", "-m", "mutant", "--until-decided", "--name", "asked")
    done = await assay(*command, cwd=tmp_path)
    assert done.code == 0, done.err
    assert "for this benchmark: reference is better than mutant by more than 3 points, after " in done.out
    assert "for tasks like these: " in done.out
    decided = len(decisions(tmp_path / "runs" / "asked"))
    assert decided < 120
    again = await assay(*command, "--json", cwd=tmp_path)
    assert again.code == 0
    assert again.object["stopped_by"] == "decided"
    assert len(again.object["answers"]) == 2
    assert len(decisions(tmp_path / "runs" / "asked")) == decided


async def test_a_question_wants_two_models_and_one_suite(tmp_path: Path) -> None:
    """One line, and nothing begun."""
    suite = write_suite(tmp_path / "adding", 2)
    done = await assay("run", suite, "-m", "reference", "--until-decided", cwd=tmp_path)
    assert done.code == 2
    assert "which of several models is better on one suite" in done.err
    assert not (tmp_path / "runs").exists()
