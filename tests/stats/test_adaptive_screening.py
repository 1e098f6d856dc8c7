"""Ability and difficulty from a table of answers, and full scores predicted from a few: by simulation, and by
holding out models of the public boards where this machine has them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assay.stats.adaptive import asked_adaptively, screen
from assay.stats.bounds import Numbers
from assay.stats.irt import NODES, Items, chance, fit, posterior


def _world(models: int, tasks: int, seed: int) -> tuple[Items, Numbers, Numbers]:
    """Known tasks, known abilities, and answers drawn from them."""
    rng = np.random.default_rng(seed)
    items = Items(rng.uniform(0.8, 2.2, tasks), rng.normal(0, 2, tasks))
    ability = rng.normal(size=models)
    return items, ability, (rng.random((models, tasks)) < chance(items, ability)).astype(np.float64)


def _board(name: str) -> Any:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    path = (Path(named) if named else Path(__file__).parents[3] / "shared" / "data") / "boards" / name
    if not path.exists():
        pytest.skip(f"no {path}: set ASSAY_TEST_DATA to a folder that holds it")
    return json.loads(path.read_text())


def _swebench() -> Numbers:
    """The models whose tasks add up to their published score."""
    boards = _board("swebench_2025-12.json")["leaderboards"]
    rows = next(board for board in boards if board["name"] == "bash-only")["results"]
    told = [row for row in rows if row.get("per_instance_details")]
    names = sorted(told[0]["per_instance_details"])
    table = np.array([[float(row["per_instance_details"][name]["resolved"]) for name in names] for row in told])
    adds_up: NDArray[np.bool_] = np.abs(table.mean(1) * 100 - [row["resolved"] for row in told]) < 1
    return table[adds_up]


def _livecodebench() -> Numbers:
    rows = _board("livecodebench_generation_2024-04.json")["performances"]
    models, tasks = sorted({row["model"] for row in rows}), sorted({row["question_id"] for row in rows})
    table = np.full((len(models), len(tasks)), np.nan)
    for row in rows:
        table[models.index(row["model"]), tasks.index(row["question_id"])] = row["pass@1"] / 100
    return table


def test_fit_finds_the_tasks_that_made_the_answers() -> None:
    """With many models, curves near the true ones; with a third of the answers missing, nearly so."""
    items, _, answers = _world(600, 40, 1)
    for share, near in ((0.0, 0.05), (0.33, 0.06)):
        seen = np.where(np.random.default_rng(2).random(answers.shape) < share, np.nan, answers)
        found = fit(seen)
        inner = NODES[np.abs(NODES) < 2]
        assert np.abs(chance(found, inner) - chance(items, inner)).mean() < near


def test_abilities_are_found_with_their_spread() -> None:
    """The posterior's mean is off by its own standard deviation, on average over models."""
    items, ability, answers = _world(400, 60, 3)
    weights = posterior(items, answers)
    mean = weights @ NODES
    sd = np.sqrt(weights @ NODES**2 - mean**2)
    assert np.mean((mean - ability) ** 2 / sd**2) == pytest.approx(1, abs=0.2)


def test_tasks_of_all_or_nobody_stay_finite() -> None:
    """Solved by all, by none, met by none, or solved by the weakest only: a finite task, and a sane one."""
    answers = np.array([[1, 0, np.nan, 0, 1], [1, 0, np.nan, 0, 1], [1, 0, np.nan, 1, 0], [1, 0, np.nan, 1, 0.5]])
    found = fit(answers)
    assert np.isfinite(found.slope).all() and np.isfinite(found.intercept).all()
    assert (found.slope > 0).all()
    assert found.intercept[1] < -1 < 1 < found.intercept[0]


@pytest.mark.parametrize("table", [[], [0.5, 1.0], [[2.0]], [[-0.1]]])
def test_what_is_no_table_of_scores_is_refused(table: Any) -> None:
    """In one line that says what was wanted."""
    with pytest.raises(ValueError, match="responses"):
        fit(table)


def test_a_screen_asks_each_task_once_and_keeps_what_was_seen() -> None:
    """Up to the whole benchmark, where the prediction is the score itself and its limits too."""
    _, _, answers = _world(40, 30, 5)
    made = screen(answers[:36], tasks=10)
    seen = np.full((4, 30), np.nan)
    for _ in range(30):
        task = made.next_task(seen)
        assert np.isnan(seen[np.arange(4), task]).all()
        seen[np.arange(4), task] = answers[36:][np.arange(4), task]
        found = made.predict(seen)
        assert (found.low <= found.value).all() and (found.value <= found.high).all()
        assert found.label == "screening only"
    assert (made.next_task(seen) == -1).all()
    for limit in found[:3]:
        assert limit == pytest.approx(answers[36:].mean(1))
    assert np.array_equal(np.isnan(asked_adaptively(made.items, answers[36:], tasks=10)).sum(1), np.full(4, 20))


def test_too_few_past_models_say_nothing_of_the_width() -> None:
    """With fewer than nineteen held out there is no 95 % limit: it is all that the answers left open."""
    _, _, answers = _world(12, 20, 6)
    found = screen(answers[:11], tasks=5).predict(asked_adaptively(fit(answers[:11]), answers[11:], tasks=5))
    assert found.high[0] - found.low[0] == pytest.approx(15 / 20)


@pytest.mark.parametrize("read", [_swebench, _livecodebench], ids=["swebench", "livecodebench"])
@pytest.mark.parametrize("tasks", [50, 100])
def test_held_out_models_of_public_boards(read: Any, tasks: int) -> None:
    """Well-chosen tasks miss the full score by less than as many random ones, also when these are read with the
    same curves; and the interval covers the models that nothing was learnt from."""
    table = read()
    fold = np.random.default_rng(1).permutation(len(table)) % 5
    chosen, random, read_alike, covered, narrow = [], [], [], [], []
    for held in (fold == number for number in range(5)):
        made = screen(table[~held], tasks=tasks, folds=4)
        new, truth = table[held], table[held].mean(1)
        found = made.predict(asked_adaptively(made.items, new, tasks=tasks))
        chosen += list(np.abs(found.value - truth))
        covered += list((found.low <= truth) & (truth <= found.high))
        narrow.append(found.high - found.low < 0.5)
        rng = np.random.default_rng(2)
        for draw in range(40):
            columns = rng.permutation(table.shape[1])[:tasks]
            random += list(np.abs(new[:, columns].mean(1) - truth))
            if draw < 5:
                seen = np.full_like(new, np.nan)
                seen[:, columns] = new[:, columns]
                read_alike += list(np.abs(made.predict(seen).value - truth))
    assert np.mean(chosen) < 0.75 * np.mean(random)
    assert np.mean(chosen) < np.mean(read_alike)
    assert np.mean(covered) >= 0.90
    assert np.concatenate(narrow).all()
