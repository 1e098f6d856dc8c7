"""Runs with all that a decision can hold, for writing them in other forms and reading them back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from assay.core.messages import Usage
from assay.core.run import RunPlan
from assay.core.trial import CallEvent, Decision, Status, TestCounts
from assay.store.journal import FileJournal, RunFolder
from synthetic_runs import decision, make_plan

PLAN = make_plan(models=("alpha/one", "beta"), tasks=4, samples=2)

_texts = st.text(st.characters(codec="utf-8"), max_size=40)
_lines = st.sampled_from(
    ["", "a", "```python\nprint('ä')\r\n```", 'say "x", then\ry', "\x00\x1f", "=1+1", "null", "  "]
)
_seconds = st.none() | st.floats(0, 1e6)
_counts = st.none() | st.integers(0, 2**40)


@st.composite
def judged(draw: st.DrawFn) -> dict[str, object]:
    """A verdict of any kind, with a completion where there was an answer."""
    status = draw(st.sampled_from([*Status][:9]))
    missing = status in (Status.PROVIDER_ERROR, Status.SANDBOX_ERROR, Status.TASK_ERROR)
    score = None if missing else {Status.PASSED: 1.0, Status.SCORED: draw(st.floats(0, 1))}.get(status, 0.0)
    answered = draw(st.booleans())
    passed = None if missing or status is Status.SCORED else score == 1
    return {"status": status, "score": score, "passed": passed, "turns": int(answered),
            "completion": draw(_texts | _lines) if answered else None}  # fmt: skip


@st.composite
def fields(draw: st.DrawFn) -> dict[str, object]:
    return {
        **draw(judged()), "latency": draw(_seconds), "ttft": draw(_seconds), "waited": draw(_seconds),
        "elapsed": draw(_seconds), "reason": draw(_texts | _lines), "weight": draw(st.sampled_from([1.0, 10.0])),
        "usage": Usage(draw(_counts), draw(_counts), draw(_counts), draw(_counts), draw(_counts)),
        "tests": TestCounts(draw(st.integers(0, 9)), draw(st.integers(0, 9)), 0),
        "cost_usd": draw(_seconds), "cost_source": draw(st.sampled_from(["priced", "unknown"])),
        "flags": draw(st.sampled_from([(), ("network", "clock")])), "strict": draw(st.none() | st.booleans()),
        "finish_reason": draw(st.sampled_from([None, "stop", "length"])), "started_at": draw(st.floats(0, 2e9)),
        "prompt_hash": draw(st.sampled_from(["", "ab" * 16])), "served_model": draw(st.sampled_from([None, "m-1"])),
        "detail": draw(st.sampled_from([None, {"call": "f(1)", "got": [1, "ü"], "log": "x\ny"}])),
    }  # fmt: skip


def runs() -> st.SearchStrategy[list[Decision]]:
    """All trials of the plan, and some of them decided twice."""
    trials = [(model, task, sample) for model in ("alpha/one", "beta") for task in range(4) for sample in range(2)]

    def made(rows: list[dict[str, object]]) -> list[Decision]:
        tasks = PLAN.suites[0].tasks
        return [
            decision(PLAN, model=trials[n % len(trials)][0], task=tasks[trials[n % len(trials)][1]],
                     sample=trials[n % len(trials)][2], revision=n // len(trials), **row)
            for n, row in enumerate(rows)
        ]  # fmt: skip

    return st.lists(fields(), min_size=len(trials), max_size=len(trials) + 3).map(made)


def write_run(root: Path, decisions: list[Decision], plan: RunPlan = PLAN) -> RunFolder:
    folder = RunFolder.create(root / plan.run_id, plan)
    with FileJournal(folder) as journal:
        for one in decisions:
            asked = journal.blob(b'{"role":"user","content":"Please solve it."}')
            journal.call(
                CallEvent(
                    call_id=f"{one.trial_id}-{one.revision}", trial_id=one.trial_id, event="sent", at=1.0,
                    request={"messages": [asked]},
                )
            )  # fmt: skip
            journal.decide(one)
    return folder
