"""The engine's promises, with the real journal and stand-ins for models, judge and grader."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import msgspec
import pytest
from table import FlatPricer, NoJudge, StandInGrader, StandInModel, make_plan, play, tasks

from assay.core.errors import Fault, ProviderError, SandboxError, StorageError
from assay.core.events import EntrantStopped
from assay.core.judging import Attempt, Ended, Job, Outcome, Verdict
from assay.core.ports import Judge
from assay.core.task import Extract, Task
from assay.core.trial import Status
from assay.formats import extract


def always(text: str) -> StandInModel:
    return StandInModel(lambda task_id, before: text)


async def test_every_trial_is_asked_once_and_decided(tmp_path: Path) -> None:
    """Two entrants, three samples: each task is asked three times of each, no more, no less."""
    made = tasks(20)
    models = {"a": always("right"), "b": always("wrong")}
    played = await play(tmp_path / "r", make_plan(made, ["a", "b"], samples=3), made, models)
    assert played.statuses("a") == {"passed": 60}
    assert played.statuses("b") == {"failed": 60}
    assert set(models["a"].asked.values()) == {3}


async def test_entrants_walk_the_same_committed_order(tmp_path: Path) -> None:
    """Both entrants are asked in the order of run.json."""
    made = tasks(30)
    plan = make_plan(made, ["a", "b"])
    models = {"a": always("right"), "b": always("right")}
    await play(tmp_path / "r", plan, made, models)
    order = [task.id for task in plan.suites[0].tasks]
    assert models["a"].order == order
    assert models["b"].order == order


async def test_another_way_of_taking_replies_is_another_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged before replies were read otherwise is told apart, but for forms that never change."""
    made = tasks(2)
    made[1] = msgspec.structs.replace(made[1], extract=Extract(form="last_block"))

    async def judges(run: str) -> dict[str, str]:
        played = await play(tmp_path / run, make_plan(made, ["a"]), made, {"a": always("right")})
        return {decision.task_id: decision.judge_hash for decision in played.decisions.values()}

    before = await judges("before")
    monkeypatch.setattr(extract, "EDITION", extract.EDITION + 1)
    after = await judges("after")
    assert (before["t0000"] == after["t0000"], before["t0001"] == after["t0001"]) == (False, True)


async def test_one_prompt_that_always_fails_costs_one_trial(tmp_path: Path) -> None:
    """Of 2,000 trials 1,999 are judged and one is missing, with its reason; the run ends."""
    made = tasks(2000)
    broken = made[700].id

    def behave(task_id: str, before: int) -> str | ProviderError:
        return ProviderError("status 500", fault=Fault.SERVER, http_status=500) if task_id == broken else "right"

    model = StandInModel(behave)
    played = await play(tmp_path / "r", make_plan(made, ["a"]), made, {"a": model})
    assert played.statuses() == {"passed": 1999, "provider_error": 1}
    assert model.asked[broken] == 3
    missing = next(d for d in played.decisions.values() if d.status is Status.PROVIDER_ERROR)
    assert (missing.score, missing.passed, missing.reason) == (None, None, "status 500")


async def test_a_refused_key_stops_that_entrant_and_no_other(tmp_path: Path) -> None:
    """After a 401 nothing more is asked of that endpoint; its trials are missing, each with the reason."""
    made = tasks(300)
    refused = StandInModel(lambda task_id, before: ProviderError("key refused", fault=Fault.AUTH, http_status=401))
    played = await play(tmp_path / "r", make_plan(made, ["a", "b"]), made, {"a": always("right"), "b": refused})
    assert played.statuses("a") == {"passed": 300}
    assert played.statuses("b") == {"provider_error": 300}
    assert sum(refused.asked.values()) < 200
    assert any(isinstance(event, EntrantStopped) for event in played.events)
    assert any(d.reason == "not asked: key refused" for d in played.decisions.values())


async def test_a_fault_that_heals_leaves_no_trace_in_the_score(tmp_path: Path) -> None:
    """Two failed calls and a good one are one judged trial and three recorded calls."""
    made = tasks(5)

    def behave(task_id: str, before: int) -> str | ProviderError:
        return ProviderError("busy", fault=Fault.RATE, http_status=429) if before < 2 else "right"

    played = await play(tmp_path / "r", make_plan(made, ["a"]), made, {"a": StandInModel(behave)})
    assert played.statuses() == {"passed": 5}
    events = [event.event for event in played.folder.calls()]
    assert (events.count("sent"), events.count("failed"), events.count("answered")) == (15, 10, 5)


async def test_going_on_owes_only_what_broke(tmp_path: Path) -> None:
    """A second session asks for the missing trials alone, and its lines supersede, saying why."""
    made = tasks(10)
    down = StandInModel(
        lambda task_id, before: ProviderError("down", fault=Fault.SERVER) if task_id > "t0006" else "right"
    )
    plan = make_plan(made, ["a"])
    await play(tmp_path / "r", plan, made, {"a": down})
    up = always("right")
    played = await play(tmp_path / "r", plan, made, {"a": up})
    assert played.statuses() == {"passed": 10}
    assert sorted(up.asked) == ["t0007", "t0008", "t0009"]
    again = [d for d in played.decisions.values() if d.revision]
    assert {(d.revision, d.because) for d in again} == {(1, "retried")}


async def test_an_answer_on_disk_is_judged_and_not_asked_for_again(tmp_path: Path) -> None:
    """When only the sandbox broke, going on asks no model."""
    made = tasks(6)
    plan = make_plan(made, ["a"])

    def broken(task_id: str, before: int) -> Verdict:
        raise SandboxError("no worker")

    first = await play(tmp_path / "r", plan, made, {"a": always("right")}, grader=StandInGrader(broken))
    assert first.statuses() == {"sandbox_error": 6}
    silent = always("wrong")
    second = await play(tmp_path / "r", plan, made, {"a": silent})
    assert second.statuses() == {"passed": 6}
    assert not silent.asked


async def test_a_stop_keeps_what_is_answered_and_owes_the_rest(tmp_path: Path) -> None:
    """Ctrl-C in the middle: calls in flight come home, nothing new leaves, the rest is asked later, once."""
    made = tasks(200)
    plan = make_plan(made, ["a"])
    stop = asyncio.Event()

    def behave(task_id: str, before: int) -> str:
        if task_id == plan.suites[0].tasks[50].id:
            stop.set()
        return "right"

    first_model = StandInModel(behave, latency=0.001)
    first = await play(tmp_path / "r", plan, made, {"a": first_model}, stop=stop)
    assert first.ended.stopped_by == "interrupted"
    assert len(first.decisions) == sum(first_model.asked.values()) < 200
    second_model = always("right")
    second = await play(tmp_path / "r", plan, made, {"a": second_model})
    assert second.statuses() == {"passed": 200}
    assert not set(first_model.asked) & set(second_model.asked)


async def test_the_ceiling_stops_at_about_the_same_place_for_all(tmp_path: Path) -> None:
    """Under --max-cost no more than the ceiling is spent, and no entrant is far ahead of another."""
    made = tasks(400)
    models = {"a": always("right"), "b": StandInModel(lambda t, n: "right", latency=0.002)}
    played = await play(
        tmp_path / "r", make_plan(made, ["a", "b"]), made, models, pricer=FlatPricer(0.01, worst=0.02), ceiling=2.0
    )
    assert played.ended.stopped_by == "budget"
    assert 1.9 < played.budget.spent <= 2.0
    counts = [sum(model.asked.values()) for model in models.values()]
    assert abs(counts[0] - counts[1]) <= 40


async def test_failed_calls_that_may_have_been_billed_count_at_their_worst(tmp_path: Path) -> None:
    """A cut stream's cost is unknown, so the ceiling takes it for the worst and the record says unknown."""
    made = tasks(50)
    cut = StandInModel(lambda task_id, before: ProviderError("cut", fault=Fault.CUT))
    played = await play(tmp_path / "r", make_plan(made, ["a"]), made, {"a": cut}, pricer=FlatPricer(0.1), ceiling=1.0)
    assert played.ended.stopped_by == "budget"
    assert sum(cut.asked.values()) == 10
    assert all(d.cost_usd is None and d.cost_source == "unknown" for d in played.decisions.values())


async def test_identical_answers_are_judged_once_and_say_so(tmp_path: Path) -> None:
    """Twenty equal answers to one task: judged once or, by chance, once more; each copy names the first."""
    made = tasks(1)
    grader = StandInGrader()
    played = await play(
        tmp_path / "r", make_plan(made, ["a"], samples=20), made, {"a": always("right")}, grader=grader,
        chance=random.Random(3),
    )  # fmt: skip
    assert played.statuses() == {"passed": 20}
    assert grader.judged["t0000"] == 1
    copies = {d.same_as for d in played.decisions.values()} - {""}
    assert len(copies) == 1
    assert copies <= set(played.decisions)


async def test_waiting_for_a_sandbox_is_not_judging(tmp_path: Path) -> None:
    """Thirty answers share one sandbox: each one's time in the records is its own, not that of those before it."""

    class OneAtATime(NoJudge):
        def __init__(self) -> None:
            self.free = asyncio.Lock()

        async def run(self, job: Job, *, on_run: object = None) -> Outcome:
            async with self.free:
                await asyncio.sleep(0.05)
            return Outcome(ended=Ended.DONE, wall_seconds=0.05)

    class Runs(StandInGrader):
        async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
            await judge.run(Job(language="python", files={}, entry=""))
            return await super().grade(task, attempt, judge)

    made = tasks(30)
    played = await play(
        tmp_path / "r", make_plan(made, ["a"]), made, {"a": always("right")}, grader=Runs(), judge=OneAtATime()
    )
    seconds = [d.judge_seconds for d in played.decisions.values() if d.judge_seconds is not None]
    assert len(seconds) == 30
    assert 1.4 < sum(seconds) < 5, "with the waiting it would be 23"


async def test_a_task_that_wavers_is_found_and_named(tmp_path: Path) -> None:
    """When a copy judged again comes out otherwise, that is the task's fault and not the answer's."""
    made = tasks(1)
    wavering = StandInGrader(
        lambda task_id, before: Verdict(status=Status.FAILED if before else Status.PASSED, score=float(not before))
    )

    class Always(random.Random):
        def random(self) -> float:
            return 0.0

    played = await play(
        tmp_path / "r",
        make_plan(made, ["a"], samples=2),
        made,
        {"a": always("right")},
        grader=wavering,
        chance=Always(),
    )
    assert played.statuses() == {"passed": 1, "task_error": 1}
    assert any("t0000 does not judge the same answer the same way" in d.reason for d in played.decisions.values())


async def test_a_journal_that_cannot_be_written_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is asked for that could not be kept."""
    made = tasks(500)
    model = always("right")
    plan = make_plan(made, ["a"])
    from assay.store.journal import FileJournal

    written = 0
    real = FileJournal.decide

    def full(self: FileJournal, decision: object) -> None:
        nonlocal written
        written += 1
        if written > 20:
            raise StorageError("no space left")
        real(self, decision)  # type: ignore[arg-type]

    monkeypatch.setattr(FileJournal, "decide", full)
    with pytest.raises(StorageError, match="no space left"):
        await play(tmp_path / "r", plan, made, {"a": model})
    assert sum(model.asked.values()) < 500
