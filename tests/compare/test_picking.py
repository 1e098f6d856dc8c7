"""What a person means by MODEL, RUN or RUN:MODEL."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.core.errors import UserError
from assay.wiring.picking import pick
from synthetic_runs import make_plan, make_run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_run(tmp_path, make_plan(run_id="may", models=("alpha", "beta", "reference"), tasks=2))
    make_run(tmp_path, make_plan(run_id="june", models=("alpha", "qwen:7b"), tasks=2))
    make_run(tmp_path, make_plan(run_id="solo", models=("gamma",), tasks=2))
    return tmp_path


@pytest.mark.parametrize(
    ("names", "among", "meant"),
    [
        (["beta", "gamma"], [], ["may:beta", "solo:gamma"]),
        (["may:alpha", "june:alpha"], [], ["may:alpha", "june:alpha"]),
        (["alpha", "beta"], ["may"], ["may:alpha", "may:beta"]),
        (["solo", "beta"], [], ["solo:gamma", "may:beta"]),
        (["may"], [], ["may:alpha", "may:beta"]),
        (["qwen:7b", "beta"], [], ["june:qwen:7b", "may:beta"]),
        (["june:qwen:7b", "beta"], [], ["june:qwen:7b", "may:beta"]),
        (["may:reference", "beta"], [], ["may:reference", "may:beta"]),
    ],
)
def test_names_find_their_entrants(root: Path, names: list[str], among: list[str], meant: list[str]) -> None:
    """A model that one run holds, a run that holds one model, or both with a colon; a run alone is all its models."""
    assert [one.spelling for one in pick(root, names, among=among)] == meant


def test_a_run_may_be_named_by_its_path(root: Path, tmp_path: Path) -> None:
    """A folder elsewhere serves as well as one in the folder of runs."""
    elsewhere = make_run(tmp_path / "elsewhere", make_plan(run_id="far", models=("delta",), tasks=2)).path
    for name in (str(elsewhere), f"{elsewhere}:delta"):
        assert [one.model for one in pick(root, [name, "beta"])] == ["delta", "beta"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["alpha", "beta"], "'alpha' fits 2 ways: june:alpha, may:alpha"),
        (["may", "gamma"], "'may' fits 2 ways: may:alpha, may:beta"),
        (["bata", "gamma"], "did you mean “beta”"),
        (["gamma", "solo"], "named twice"),
    ],
)
def test_what_is_unclear_is_refused_with_its_spellings(root: Path, names: list[str], said: str) -> None:
    """Nothing is guessed: the line says what to write."""
    with pytest.raises(UserError) as refused:
        pick(root, names)
    assert said in str(refused.value)


def test_a_damaged_run_is_no_reason_to_stop(root: Path) -> None:
    """Another run's broken run.json does not keep these from being compared."""
    (root / "broken").mkdir()
    (root / "broken" / "run.json").write_text("{")
    assert [one.model for one in pick(root, ["beta", "gamma"])] == ["beta", "gamma"]
