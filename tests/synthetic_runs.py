"""Run folders made from a seed, through the real journal: what stores and reports are tested on."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.messages import Message, Usage
from assay.core.run import PlannedSuite, PlannedTask, RunPlan
from assay.core.task import Ask, Task
from assay.core.trial import CallEvent, Decision, Status, TestCounts, Trial
from assay.store.journal import FileJournal, RunFolder
from assay.store.tasks import StoredTask, write_tasks

LANGUAGES = ("python", "go", "rust", "java")
CATEGORIES = ("generation", "bugfix")
ANSWER = "```python\ndef parse(text: str) -> int:\n    return int(text)\n```"


def make_plan(
    *, models: tuple[str, ...] = ("alpha", "beta"), tasks: int = 20, samples: int = 1, suite: str = "core", **more: Any
) -> RunPlan:
    planned = tuple(
        PlannedTask(
            id=f"{LANGUAGES[n % 4]}/task-{n}",
            task_hash=f"{n:032x}",
            prompt_hash="",
            language=LANGUAGES[n % 4],
            category=CATEGORIES[n // 4 % 2],
            difficulty="easy",
        )
        for n in range(tasks)
    )
    return RunPlan(
        run_id=more.pop("run_id", "synthetic"),
        created_at=1_760_000_000.0,
        seed=7,
        samples=samples,
        entrants=tuple(Entrant(name=name, type="reference" if name == "reference" else "openai") for name in models),
        suites=(
            PlannedSuite(
                name=suite, version="1", protocol="core/1", solver="one_shot", grader="cases", tasks=planned, **more
            ),
        ),
        command=f"assay run {suite} --name synthetic",
    )


def decision(plan: RunPlan, *, model: str, task: PlannedTask, sample: int = 0, **more: Any) -> Decision:
    """A decision that passed, unless `more` says otherwise."""
    entrant = next(entrant for entrant in plan.entrants if entrant.name == model)
    suite = plan.suites[0]
    trial = Trial(
        entrant_hash=f"{entrant.entrant_hash}-{model}", suite=suite.name, version="1", task_id=task.id, sample=sample
    )
    fields: dict[str, Any] = {
        "completion": ANSWER, "passed": True, "latency": 1.0, "status": Status.PASSED, "score": 1.0, "ttft": 0.25,
        "usage": Usage(input=100, output=50), "cost_usd": 0.002, "cost_source": "priced", "protocol": "core/1", **more,
    }  # fmt: skip
    return Decision(
        model=model, task_id=task.id, trial_id=trial.trial_id, entrant_hash=trial.entrant_hash, model_id=model,
        provider="example.org", solver="one_shot", suite=suite.name, version="1", sample=sample,
        language=task.language, category=task.category, difficulty=task.difficulty, **fields,
    )  # fmt: skip


def failed(**more: Any) -> dict[str, Any]:
    detail = {"call": "parse('1,2')", "expected": 3, "got": 4, "log": "Traceback: nothing to see"}
    return {
        "status": Status.FAILED, "score": 0.0, "passed": False, "reason": "case 2: expected 3, got 4",
        "tests": TestCounts(passed=1, failed=1), "detail": detail, **more,
    }  # fmt: skip


def lost(**more: Any) -> dict[str, Any]:
    return {
        "status": Status.PROVIDER_ERROR, "score": None, "passed": None, "completion": None, "latency": None,
        "ttft": None, "cost_usd": None, "cost_source": "unknown", "usage": Usage(), "reason": "HTTP 500", **more,
    }  # fmt: skip


def record_calls(journal: FileJournal, one: Decision, *, failures: int = 0, cost: float | None = 0.002) -> None:
    """What a model call leaves in the record: `failures` priced attempts, then the answer."""
    message = journal.blob(msgspec.json.encode(Message(role="user", content=f"Please solve {one.task_id}.")))
    for attempt in range(failures + 1):
        call_id = f"{one.trial_id}-{attempt}"
        sent = CallEvent(
            call_id=call_id, trial_id=one.trial_id, event="sent", at=1.0, attempt=attempt, model=one.model,
            request={"messages": [message], "params": {}}, worst_usd=0.01,
        )  # fmt: skip
        journal.call(sent)
        end = "answered" if attempt == failures else "failed"
        reply = {"text": one.completion, "finish_reason": "stop"} if end == "answered" else None
        journal.call(
            msgspec.structs.replace(
                sent, event=end, request=None, worst_usd=None, reply=reply, cost_usd=cost,
                cost_source="unknown" if cost is None else "priced", latency=1.0,
                usage=Usage(input=100, output=50), fault="" if end == "answered" else "cut_stream",
            )
        )  # fmt: skip


def make_run(
    root: Path, plan: RunPlan | None = None, *, chance: float = 0.7, calls: bool = True, seed: int = 1
) -> RunFolder:
    """A finished run: each trial is right with probability `chance`, drawn from `seed`."""
    plan = plan or make_plan()
    rng = random.Random(seed)
    folder = RunFolder.create(root / plan.run_id, plan)
    suite = plan.suites[0]
    write_tasks(
        folder.path,
        (
            StoredTask(
                suite=suite.name,
                version="1",
                task=Task(
                    id=task.id,
                    language=task.language,
                    ask=Ask(messages=(Message(role="user", content=f"Please solve {task.id}."),)),
                    solution={"answer.py": "THE STORED SOLUTION"},
                ),
            )
            for task in suite.tasks
        ),
    )
    with FileJournal(folder) as journal:
        for task in suite.owed_tasks:
            for entrant in plan.entrants:
                for sample in range(plan.samples):
                    more = {} if rng.random() < chance else failed()
                    files = msgspec.json.encode({"files": {"answer.py": "def parse(text): return int(text)\n"}})
                    one = decision(
                        plan, model=entrant.name, task=task, sample=sample, answer_hash=journal.blob(files),
                        **{**more, "latency": 0.5 + rng.random()},
                    )  # fmt: skip
                    if calls:
                        record_calls(journal, one)
                    journal.decide(one)
    return folder
