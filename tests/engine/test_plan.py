"""What is owed, and how a run grows."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.messages import Message, Sampling
from assay.core.order import committed_order
from assay.core.run import RunPlan
from assay.core.task import Ask, Suite, Task
from assay.engine.plan import grow, owed, plan_suite, session_plan


def task(name: str, *, language: str = "python", category: str = "generation", words: str = "do it") -> Task:
    return Task(id=name, language=language, category=category, ask=Ask(messages=(Message("user", words),)))


def suite(tasks: list[Task], **changes: object) -> Suite:
    return msgspec.structs.replace(Suite(name="s", version="1", protocol="folder/1", tasks=tuple(tasks)), **changes)


def plan(tasks: list[Task], *, entrants: tuple[Entrant, ...] = (), limit: int | None = None, samples: int = 1,
         seed: int = 0, fingerprint: str = "py", wanted: set[str] | None = None) -> RunPlan:  # fmt: skip
    planned = plan_suite(
        suite(tasks), wanted=wanted or {t.id for t in tasks}, seed=seed, source="s", limit=limit, filters={},
        settings={},
        fingerprints={"python": fingerprint},
    )  # fmt: skip
    return RunPlan(run_id="r", created_at=0.0, seed=seed, samples=samples,
                   entrants=entrants or (Entrant(name="a", type="openai", model_id="a"),), suites=(planned,))  # fmt: skip


def test_order_is_the_same_for_the_same_seed_whatever_order_the_tasks_come_in() -> None:
    """The committed order depends on the seed and the tasks, not on how they were listed."""
    tasks = [task(f"t{n}", language="go" if n % 3 else "rust") for n in range(50)]
    assert committed_order(tasks, seed=5) == committed_order(tasks[::-1], seed=5)
    assert committed_order(tasks, seed=5) != committed_order(tasks, seed=6)


@given(sizes=st.lists(st.integers(1, 30), min_size=1, max_size=6), seed=st.integers(0, 2**32), share=st.floats(0, 1))
def test_every_prefix_has_its_share_of_each_stratum(sizes: list[int], seed: int, share: float) -> None:
    """After n tasks, each language has had its share of n, give or take one per stratum."""
    tasks = [task(f"{i}-{n}", language=str(i)) for i, size in enumerate(sizes) for n in range(size)]
    order = committed_order(tasks, seed=seed)
    assert sorted(order) == sorted(t.id for t in tasks)
    prefix = order[: round(share * len(order))]
    counts = Counter(name.split("-")[0] for name in prefix)
    for i, size in enumerate(sizes):
        assert abs(counts[str(i)] - size * len(prefix) / len(order)) <= 1 + len(sizes) / 2


def test_owed_walks_the_committed_order_and_leaves_out_what_is_settled() -> None:
    """A trial that is decided is not owed again; all others are, in the committed order."""
    made = plan([task(f"t{n}") for n in range(10)], samples=2)
    everything = list(owed(made, made.entrants[0], settled=frozenset()))
    assert [one.task.id for one in everything[::2]] == [t.id for t in made.suites[0].tasks]
    settled = frozenset(bytes.fromhex(one.trial.trial_id) for one in everything[:7])
    assert list(owed(made, made.entrants[0], settled=settled)) == everything[7:]


def test_limit_is_a_prefix_of_the_committed_order() -> None:
    """`--limit 3` owes the first three tasks that the whole run would begin with."""
    tasks = [task(f"t{n}") for n in range(10)]
    short, whole = plan(tasks, limit=3), plan(tasks)
    assert [o.task.id for o in owed(short, short.entrants[0], settled=frozenset())] == [
        t.id for t in whole.suites[0].tasks[:3]
    ]


def test_a_run_grows_by_entrants_tasks_samples_and_limit() -> None:
    """What was owed stays owed, with the same trial ids, and the new comes after it."""
    tasks = [task(f"t{n}") for n in range(6)]
    old = plan(tasks[:4], limit=2)
    new = plan(tasks, samples=3, entrants=(*old.entrants, Entrant(name="b", type="openai", model_id="b")))
    grown = grow(old, new)
    assert [e.name for e in grown.entrants] == ["a", "b"]
    assert grown.samples == 3
    assert grown.suites[0].limit is None
    assert [t.id for t in grown.suites[0].tasks[:4]] == [t.id for t in old.suites[0].tasks]
    before = {o.trial.trial_id for o in owed(old, old.entrants[0], settled=frozenset())}
    assert before <= {o.trial.trial_id for o in owed(grown, grown.entrants[0], settled=frozenset())}


def test_a_session_does_only_what_its_command_asked_for() -> None:
    """Going on with a narrower command does not run the rest of the run."""
    tasks = [task(f"t{n}") for n in range(6)]
    old = plan(tasks)
    new = plan(tasks, wanted={"t1", "t2"})
    assert {t.id for t in session_plan(grow(old, new), new).suites[0].tasks} == {"t1", "t2"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: plan([*t[:-1], task("t5", words="other")]), "task t5: another prompt"),
        (lambda t: plan([*t[:-1], msgspec.structs.replace(t[-1], grading={"x": 1})]), "task t5: other tests"),
        (lambda t: plan(t, fingerprint="py2"), "another toolchain"),
        (lambda t: plan(t, seed=1), "seed: 0 in the run, 1 now"),
        (
            lambda t: msgspec.structs.replace(plan([task(one.id, words="other") for one in t]), variant=3),
            r"made otherwise: variant: 0 in the run, 3 now\. Undo",
        ),
        (
            lambda t: plan(t, entrants=(Entrant(name="a", type="openai", model_id="a", sampling=Sampling(seed=1)),)),
            "model 'a': seed None → 1",
        ),
        (lambda t: plan(t, entrants=(Entrant(name="z", type="openai", model_id="a"),)), "under another name"),
    ],
)  # fmt: skip
def test_what_would_change_a_recorded_trial_is_refused_by_name(change: object, said: str) -> None:
    """Growing never changes what a recorded trial means; the difference is named."""
    tasks = [task(f"t{n}") for n in range(6)]
    with pytest.raises(UserError, match=said):
        grow(plan(tasks), change(tasks))  # type: ignore[operator]
