"""Runs that end when their question is decided: by the prefix of the committed order, never by what was quick."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest

from assay.core.errors import UserError
from assay.core.order import committed_order
from assay.core.run import Question, RunPlan
from assay.core.trial import Decision
from assay.engine.plan import grow
from assay.engine.stopping import Watch, said
from assay.stats.sequential import Decision as Certain
from synthetic_runs import decision, failed, lost, make_plan

QUESTION = Question(margin=0.03)


def plan_of(*models: str, tasks: int) -> RunPlan:
    """The entrants differ in a setting, so that their hashes do."""
    plan = make_plan(models=models, tasks=tasks)
    entrants = tuple(msgspec.structs.replace(one, model_id=one.name) for one in plan.entrants)
    return msgspec.structs.replace(plan, entrants=entrants, question=QUESTION)


def decided(plan: RunPlan, model: str, at: int, score: float | None) -> Decision:
    more = {} if score == 1 else lost() if score is None else failed()
    entrant = next(one for one in plan.entrants if one.name == model)
    one = decision(plan, model=model, task=plan.suites[0].tasks[at], **more)
    return msgspec.structs.replace(one, entrant_hash=entrant.entrant_hash)


def feed(watch: Watch, plan: RunPlan, scores: dict[str, Sequence[float | None]]) -> int | None:
    """Task by task; after how many the watch was satisfied."""
    for at in range(len(plan.suites[0].tasks)):
        for model, of_model in scores.items():
            if model not in watch.beaten and watch(decided(plan, model, at, of_model[at])):
                return at + 1
    return None


def test_a_clear_lead_ends_the_run_early() -> None:
    """A solves all, B nothing: a few tasks are enough, and both sentences are said."""
    plan = plan_of("alpha", "beta", tasks=200)
    watch = Watch(plan, QUESTION)
    stopped = feed(watch, plan, {"alpha": [1] * 200, "beta": [0] * 200})
    assert stopped is not None
    assert stopped < 20
    assert watch.pairs[0].certain is Certain.FIRST
    first, second = said(watch.pairs, QUESTION)
    assert first.startswith("for this benchmark: alpha is better than beta by more than 3 points, after ")
    assert second.startswith("for tasks like these: ")


def test_equals_end_within_the_margin_or_not_at_all() -> None:
    """Two that agree on every task are shown to be within the margin before the last task."""
    plan = plan_of("alpha", "beta", tasks=400)
    right: list[float | None] = [float(random.Random(at).random() < 0.6) for at in range(400)]
    watch = Watch(plan, QUESTION)
    stopped = feed(watch, plan, {"alpha": right, "beta": right})
    assert stopped is not None
    assert stopped < 400
    assert watch.pairs[0].certain is Certain.WITHIN


def test_results_that_came_early_out_of_order_do_not_count() -> None:
    """The last hundred tasks of the order say nothing as long as the first is open."""
    plan = plan_of("alpha", "beta", tasks=200)
    watch = Watch(plan, QUESTION)
    for at in range(1, 200):
        assert not watch(decided(plan, "alpha", at, 1))
        assert not watch(decided(plan, "beta", at, 0))
    assert not watch(decided(plan, "alpha", 0, 1))
    assert watch(decided(plan, "beta", 0, 0))


def test_missing_trials_count_against_whoever_seems_ahead() -> None:
    """Were every lost trial of B right, A would not be ahead: all that is certain is that going on is no use."""
    plan = plan_of("alpha", "beta", tasks=60)
    watch = Watch(plan, QUESTION)
    feed(watch, plan, {"alpha": [1] * 60, "beta": [None] * 60})
    assert watch.pairs[0].certain in (Certain.NOT_WORTH_IT, Certain.UNDECIDED)
    assert watch.pairs[0].low < 0.03


def test_who_is_beaten_is_asked_no_more() -> None:
    """Of three, the worst leaves first, and the run goes on for the others alone."""
    plan = plan_of("alpha", "beta", "gamma", tasks=300)
    rng = random.Random(4)
    close: list[float | None] = [float(rng.random() < 0.9) for _ in range(300)]
    watch = Watch(plan, QUESTION)
    feed(watch, plan, {"alpha": [1] * 300, "beta": close, "gamma": [0] * 300})
    assert "gamma" in watch.beaten
    assert watch.decided
    assert watch.leaders == ["alpha"]


def test_a_session_goes_on_where_the_last_one_was() -> None:
    """The journal's decisions are taken in first; a run that is decided already owes nothing."""
    plan = plan_of("alpha", "beta", tasks=100)
    before = [decided(plan, model, at, score) for at in range(30) for model, score in (("alpha", 1), ("beta", 0))]
    assert Watch(plan, QUESTION, before).decided


def test_a_question_is_asked_before_its_answers() -> None:
    """Another margin, another entrant or a question that comes afterwards wants another run."""
    plan = plan_of("alpha", "beta", tasks=10)
    assert grow(plan, plan).question == QUESTION
    for new in (
        msgspec.structs.replace(plan, question=Question(margin=0.01)),
        msgspec.structs.replace(plan, question=None),
        msgspec.structs.replace(plan, samples=2),
        msgspec.structs.replace(plan, entrants=plan.entrants[:1]),
    ):
        with pytest.raises(UserError, match="--until-decided"):
            grow(plan, new)


def test_the_order_of_a_question_is_a_plain_permutation() -> None:
    """Drawn from the seed alone, with no strata that would make a prefix more like the whole than chance does."""
    from assay.core.task import Ask, Task

    tasks = [Task(id=f"t{n}", language="go" if n < 5 else "rust", ask=Ask(prompt="")) for n in range(40)]
    order = committed_order(tasks, seed=3, stratified=False)
    assert sorted(order) == sorted(task.id for task in tasks)
    assert order == committed_order(tasks[::-1], seed=3, stratified=False)
    assert order != committed_order(tasks, seed=4, stratified=False)
    firsts = {committed_order(tasks, seed=seed, stratified=False)[0] for seed in range(200)}
    assert len(firsts) > 30
