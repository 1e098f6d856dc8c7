"""`assay plan`: what a question costs before it is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from runs_of_scores import run_of

from assay.cli import main
from assay.stats.planning import tasks_needed

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs the command over the runs in an own folder: exit code, stdout, stderr."""
    monkeypatch.setenv("ASSAY_RUNS", str(tmp_path))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["plan", *arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out, said.err

    return call


def found(out: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(out)
    return value


def test_without_a_pilot_it_says_so_and_knows_no_price(call: Call) -> None:
    """The usual spread is named as such; more samples show smaller differences; dollars stay unknown."""
    plan = found(call("core", "--json")[1])
    assert plan["scatter"]["source"].startswith("no pilot")
    shown = [one["points"] for one in plan["reach"]]
    assert shown == sorted(shown, reverse=True)
    assert all(one["dollars"] is None and one["minutes"] is None for one in plan["reach"])
    assert [one["points"] for one in plan["wanted"]] == [3.0, 5.0, 10.0]
    assert not plan["wanted"][0]["enough"]


def test_a_pilot_gives_spread_and_price(tmp_path: Path, call: Call) -> None:
    """The tasks are those of the formula with the pilot's own variance, at the pilot's dollars and seconds."""
    alpha, beta = [1.0, 0.0] * 20, [1.0, 1.0, 1.0, 0.0] * 10
    run_of(tmp_path, "pilot", {"alpha": alpha, "beta": beta}, lines={"cost_usd": {"alpha": 0.05, "beta": 0.01}})
    plan = found(call("core", "--pilot", "pilot", "--difference", "5", "--json")[1])
    (wanted,) = plan["wanted"]
    assert wanted["tasks"] == tasks_needed(0.05, omega2=float(np.var(np.array(alpha) - np.array(beta))))
    assert wanted["dollars"] == pytest.approx(wanted["tasks"] * 0.06)
    assert wanted["minutes"] == pytest.approx(-(-wanted["tasks"] // 8) * 2.0 / 60)
    assert len(plan["reach"]) == 1, "one run of each task cannot say what more samples are worth"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cor"], "did you mean “core”"),
        (["core", "--pilot", "absent"], "there is no run 'absent'"),
        (["core", "-m", "alpha"], "wants --pilot RUN"),
        (["core", "--pilot", "pilot", "-m", "alpha"], "a pilot is of two models"),
        (["core", "--pilot", "pilot", "-m", "alpha", "-m", "bata"], "did you mean “beta”"),
        (["core", "--pilot", "lone"], "no two models"),
        (["core", "--difference", "0"], "0"),
    ],
)
def test_slips_are_one_line(tmp_path: Path, call: Call, arguments: list[str], said: str) -> None:
    """What is wrong and what to do."""
    run_of(tmp_path, "pilot", {"alpha": [1, 0], "beta": [1, 1]})
    run_of(tmp_path, "lone", {"alpha": [1, 0]})
    code, _, err = call(*arguments)
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1
