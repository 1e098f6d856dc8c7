"""A million trials in the store: how long the board and the report take, and how much memory.

    python benchmarks/store.py [--trials 1000000] [--keep FOLDER]

Writes one run of 20 entrants and 500 tasks with as many samples as it takes, two lines of replies for each trial
(to be under 5 s and 1 GB), then times `assay board` and `assay report` as processes of their own. `--keep` leaves
the run in a folder, and takes it from there if it is there already.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import msgspec
from measure import line, measure

from assay.core.entrant import Entrant
from assay.core.messages import Usage
from assay.core.run import PlannedSuite, PlannedTask, RunPlan
from assay.core.trial import CallEvent, Decision, Status, TestCounts, Trial
from assay.store.journal import RunFolder

ENTRANTS, TASKS = 20, 500
LANGUAGES = ("python", "javascript", "typescript", "go", "rust", "java", "cpp")
CATEGORIES = ("generation", "completion", "bugfix", "refactor", "review")
ANSWER = "Here is the function:\n\n```python\ndef add(a: int, b: int) -> int:\n    return a + b\n```\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    samples = max(1, given.trials // (ENTRANTS * TASKS))
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as place:
        run = Path(place) / "runs" / f"of-{samples * ENTRANTS * TASKS}"
        if not run.exists():
            print(f"writing {samples * ENTRANTS * TASKS:,} trials …", file=sys.stderr)
            write(run, samples)
        for verb in ("board", "report"):
            took = measure([sys.executable, "-m", "assay", verb, run.name], cwd=Path(place))
            if took.exit_code:
                sys.exit(took.output)
            print(line(f"assay {verb}", took, count=samples * ENTRANTS * TASKS))


def write(place: Path, samples: int) -> None:
    entrants = [
        Entrant(name=f"model-{number:02}", type="openai", model_id=f"model-{number}") for number in range(ENTRANTS)
    ]
    tasks = [
        PlannedTask(
            f"task-{number:03}", f"{number:032x}", f"{number + 1:032x}", LANGUAGES[number % 7], CATEGORIES[number % 5],
            ("easy", "medium", "hard")[number % 3],
        )
        for number in range(TASKS)
    ]  # fmt: skip
    suite = PlannedSuite(
        name="many", version="1", protocol="assay/1", solver="one_shot", grader="cases", tasks=tuple(tasks)
    )
    plan = RunPlan(
        run_id=place.name, created_at=0.0, seed=0, samples=samples, entrants=tuple(entrants), suites=(suite,)
    )
    folder, encode = RunFolder.create(place, plan), msgspec.json.Encoder().encode
    with folder.trials.open("wb") as trials, folder.replies.open("wb") as replies:
        for decision, calls in lines(plan, suite):
            trials.write(encode(decision) + b"\n")
            for call in calls:
                replies.write(encode(call) + b"\n")


def lines(plan: RunPlan, suite: PlannedSuite) -> Iterator[tuple[Decision, tuple[CallEvent, ...]]]:
    """Each trial's decision and the two events of its call, in the order in which a run comes by them."""
    chance = random.Random(0)
    hard = {task.id: chance.random() for task in suite.tasks}
    for sample in range(plan.samples):
        for task in suite.tasks:
            for number, entrant in enumerate(plan.entrants):
                good = chance.random() < hard[task.id] ** (0.5 + number / ENTRANTS)
                status = Status.PASSED if good else Status.FAILED
                seconds = chance.expovariate(0.5)
                trial = Trial(
                    entrant_hash=entrant.entrant_hash, suite=suite.name, version="1", task_id=task.id, sample=sample
                )
                usage, cost = Usage(input=chance.randrange(200, 2000), output=chance.randrange(50, 900)), seconds / 1000
                name = trial.trial_id
                decision = Decision(
                    model=entrant.name, task_id=task.id, completion=ANSWER, passed=good, latency=seconds, trial_id=name,
                    entrant_hash=trial.entrant_hash, model_id=entrant.model_id, provider="openai", solver="one_shot",
                    protocol=suite.protocol, suite=suite.name, version="1", sample=sample,
                    status=status, score=float(good), tests=TestCounts(9 + good, 1 - good),
                    language=task.language, category=task.category, difficulty=task.difficulty, ttft=seconds / 9,
                    waited=0.0, elapsed=seconds, usage=usage, cost_usd=cost, cost_source="priced", finish_reason="stop",
                    turns=1, started_at=float(sample), judge_seconds=0.01, prompt_hash=task.prompt_hash,
                    task_hash=task.task_hash, answer_hash=name, judge_hash=task.task_hash,
                )  # fmt: skip
                asked = CallEvent(
                    call_id=name, trial_id=name, event="sent", at=0.0, model=entrant.name, request_hash=name,
                    request={"messages": [task.prompt_hash * 2], "params": {}}, worst_usd=cost * 4,
                )  # fmt: skip
                answered = CallEvent(
                    call_id=name, trial_id=name, event="answered", at=1.0, model=entrant.name, request_hash=name,
                    reply={"text": ANSWER, "finish_reason": "stop"}, usage=usage, cost_usd=cost, cost_source="priced",
                    ttft=seconds / 9, latency=seconds, http_status=200,
                )  # fmt: skip
                yield decision, (asked, answered)


if __name__ == "__main__":
    main()
