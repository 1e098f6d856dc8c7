"""The ceiling on money, the pace of calls, and the policy for trying again."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.errors import RETRYABLE, Fault, ProviderError
from assay.engine.budget import Budget, BudgetExhausted
from assay.engine.limits import Gate, Pace, Quota
from assay.engine.retry import RetryPolicy


@given(
    ceiling=st.floats(0.01, 10),
    calls=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), max_size=60),
)
def test_the_ceiling_holds_whatever_calls_cost(ceiling: float, calls: list[tuple[float, float, bool]]) -> None:
    """With any number of callers at once, what is spent and reserved never passes the ceiling."""

    async def all_calls() -> None:
        budget = Budget(ceiling)

        async def one(worst: float, share: float, known: bool) -> None:
            try:
                reserved = await budget.reserve(worst)
            except BudgetExhausted:
                return
            assert budget.spent + budget.reserved <= ceiling + 1e-9
            await asyncio.sleep(0)
            await budget.settle(reserved, worst * share if known else None)
            assert budget.spent + budget.reserved <= ceiling + 1e-9

        await asyncio.gather(*(one(*call) for call in calls))
        assert budget.reserved == pytest.approx(0)

    asyncio.run(all_calls())


async def test_a_call_waits_for_others_to_settle_before_it_is_refused() -> None:
    """A reservation that may be given back is waited for; one that cannot fit at all is refused."""
    budget = Budget(1.0)
    first = await budget.reserve(0.9)
    waiting = asyncio.create_task(budget.reserve(0.5))
    await asyncio.sleep(0)
    assert not waiting.done()
    await budget.settle(first, 0.1)
    assert await waiting == 0.5
    with pytest.raises(BudgetExhausted):
        await budget.reserve(0.95)


async def test_a_call_of_unknown_worst_case_is_refused_under_a_ceiling() -> None:
    """Unknown is not nothing."""
    with pytest.raises(BudgetExhausted):
        await Budget(5.0).reserve(None)


def test_pace_grows_while_latency_holds_and_halves_once_a_round() -> None:
    """Concurrency climbs to its ceiling on a steady endpoint; one burst of refusals halves it once."""
    pace = Pace(ceiling=64)
    for _ in range(400):
        pace.succeeded(0.5)
    assert pace.limit == 64
    for _ in range(10):
        pace.refused(sent_at=5.0, now=6.0)
    assert pace.limit == 32
    pace.refused(sent_at=6.5, now=7.0)
    assert pace.limit == 16


def test_pace_stops_growing_when_latency_does_not_hold() -> None:
    """An endpoint that queues (latency in proportion to the load) is not loaded without end."""
    pace = Pace(ceiling=1000)
    for _ in range(5000):
        pace.succeeded(max(1.0, pace.limit / 8))
    assert pace.limit < 40


@given(per_minute=st.integers(1, 6000), calls=st.integers(1, 200))
def test_a_quota_is_never_passed_in_any_minute(per_minute: int, calls: int) -> None:
    """Callers that wait as they are told never make more than a minute's worth plus what was in hand."""
    quota = Quota(per_minute, now=0.0)
    starts = [quota.wait(1, now=0.0) for _ in range(calls)]
    in_first_minute = sum(start < 60 for start in starts)
    assert in_first_minute <= per_minute * 1.1 + 2


async def test_the_gate_lets_in_no_more_than_the_pace_allows_and_forgets_nobody() -> None:
    """Callers wait in order, and one that is cancelled while waiting leaves no hole."""
    gate = Gate(clock=lambda: 0.0, ceiling=3)
    inside = peak = finished = 0

    async def call() -> None:
        nonlocal inside, peak, finished
        async with gate.turn():
            inside += 1
            peak = max(peak, inside)
            await asyncio.sleep(0.001)
            inside -= 1
        finished += 1

    calls = [asyncio.create_task(call()) for _ in range(50)]
    await asyncio.sleep(0)
    for cancelled in calls[10:20]:
        cancelled.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    assert (peak, finished) == (3, 40)


@pytest.mark.parametrize("fault", list(Fault))
def test_only_faults_that_may_heal_are_tried_again(fault: Fault) -> None:
    """What a key, an id or a prompt is to blame for is not asked twice."""
    pause = RetryPolicy().pause(ProviderError("x", fault=fault), attempt=0, spent=0.0, chance=random.Random(1))
    assert (pause is not None) == (fault in RETRYABLE)


@given(attempts=st.integers(1, 8), total=st.floats(1, 600), seed=st.integers(0, 1000))
def test_retrying_always_ends(attempts: int, total: float, seed: int) -> None:
    """Never more attempts than the count, never a pause beyond the total time."""
    policy = RetryPolicy(attempts=attempts, total_seconds=total)
    error = ProviderError("x", fault=Fault.SERVER)
    chance = random.Random(seed)
    spent, made = 0.0, 1
    while (pause := policy.pause(error, attempt=made - 1, spent=spent, chance=chance)) is not None:
        spent += pause
        made += 1
    assert made <= attempts
    assert spent <= total


def test_a_time_named_by_the_vendor_is_obeyed() -> None:
    """Retry-After is a lower bound of the pause, and too long a one ends the trying."""
    policy = RetryPolicy(total_seconds=100)
    chance = random.Random(1)
    soon = policy.pause(ProviderError("x", fault=Fault.RATE, retry_after=7), attempt=0, spent=0, chance=chance)
    assert soon is not None
    assert soon >= 7
    late = ProviderError("x", fault=Fault.RATE, retry_after=3600)
    assert policy.pause(late, attempt=0, spent=0, chance=chance) is None
