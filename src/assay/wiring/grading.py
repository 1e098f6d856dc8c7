"""`assay grade SUITE FILE…` put together: answers that exist already become a run of their own."""

from __future__ import annotations

import hashlib
import os
import platform
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from assay import __version__
from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.events import RunStarted
from assay.core.judging import Attempt
from assay.core.ports import Listener
from assay.core.run import PlannedSuite, RunPlan
from assay.core.task import Suite
from assay.core.trial import Decision
from assay.engine.grade import Given, grade
from assay.engine.judging import Bench
from assay.engine.plan import grow, plan_suite, trial_of
from assay.engine.resume import where_it_stands
from assay.exchange.answers import AnswerSet, reader_of
from assay.exchange.results import writer_of
from assay.store.journal import FileJournal, RunFolder
from assay.store.tasks import StoredTask, write_tasks
from assay.wiring.judging import build_judge, make_grader, tools_for
from assay.wiring.session import new_run_id, runs_root
from assay.wiring.suites import Wish, choose_suite, load_wished


class Graded(msgspec.Struct, frozen=True):
    """What came of it."""

    folder: RunFolder
    suite: Suite
    sets: dict[str, AnswerSet]
    """By entrant."""
    decisions: dict[str, list[Decision]]
    judged: int
    """Answers judged now; the others had been before."""


class Grading:
    """Read and checked, before anything of it is judged or written."""

    def __init__(self, source: str, paths: Sequence[str], *, wish: Wish, name: str, command: str) -> None:
        self._chosen = choose_suite(source, wish)
        suite = self._chosen.suite
        named = _named(paths)
        read = reader_of(suite.name)
        whole = load_wished(source, wish.of_any_day) if wish.since or wish.until else suite
        self.sets = {name: _those_of(suite, read(path, whole), path) for name, path in named.items()}
        self._entrants = [_entrant(name, path) for name, path in named.items()]
        self._plan = self._planned(wish, run_id=new_run_id(name, [f"grade-{suite.name}"]), command=command)
        folder = RunFolder(runs_root() / self._plan.run_id)
        self._folder = folder if folder.plan_path.exists() else None
        if self._folder is not None:
            self._plan = grow(self._folder.plan, self._plan)

    def _planned(self, wish: Wish, *, run_id: str, command: str) -> RunPlan:
        chosen = self._chosen
        counts = (Counter(answer.task_id for answer in answers.answers) for answers in self.sets.values())
        planned = plan_suite(
            chosen.suite,
            wanted=chosen.wanted,
            seed=0,
            source=chosen.source,
            limit=None,
            filters=chosen.filters,
            settings=chosen.settings,
            fingerprints=chosen.fingerprints,
        )
        return RunPlan(
            run_id=run_id,
            created_at=time.time(),
            seed=0,
            samples=max(max(count.values()) for count in counts),
            entrants=tuple(self._entrants),
            suites=(_unasked(planned),),
            sandbox=wish.sandbox,
            given=True,
            versions={"assay": __version__, "python": platform.python_version()},
            machine={"system": platform.platform(), "cpus": os.cpu_count(), "python": sys.implementation.name},
            command=command,
        )

    def owed(self) -> Counter[str]:
        """Per entrant, how many answers the files hold."""
        return Counter({name: len(answers.answers) for name, answers in self.sets.items()})

    async def judge(self, *, listen: Listener) -> int:
        """Judges what has not been judged yet, and says how many those were; each verdict is on disk at once, so a
        kill costs only what is open."""
        plan, suite = self._plan, self._chosen.suite
        folder = self._folder = self._folder or RunFolder.create(runs_root() / plan.run_id, plan)
        journal = FileJournal(folder)
        tools = {tools_for(task.language, grader=suite.grader) for task in suite.tasks}
        judge = build_judge(tools, sandbox=plan.sandbox)
        try:
            if plan != folder.plan:
                folder.replace_plan(plan)
            if not suite.pinned:
                write_tasks(folder.path, [StoredTask(suite.name, suite.version, task) for task in suite.tasks])
            standing = where_it_stands(folder.decisions(), ())
            owed = self.owed().total() - len(standing.settled)
            listen(RunStarted(plan.run_id, owed=owed, done=len(standing.settled), estimate_usd=None))
            return await grade(
                self._given(settled=standing.settled),
                suite=plan.suites[0],
                tasks={task.id: task for task in suite.tasks},
                bench=Bench(
                    judge=judge,
                    graders={suite.grader: make_grader(suite.grader)},
                    journal=journal,
                    chance=random.Random(plan.seed),
                ),
                journal=journal,
                revisions=standing.revisions,
                listen=listen,
            )
        finally:
            await judge.close()
            journal.close()

    def graded(self, judged: int) -> Graded:
        """All that is on disk by now. (Not what `judge` returns: asyncio writes out a task's whole result, to drop
        it, when it puts the signal handler back.)"""
        folder = self._folder
        assert folder is not None
        decisions: dict[str, list[Decision]] = {name: [] for name in self.sets}
        for decision in folder.latest().values():
            decisions.setdefault(decision.model, []).append(decision)
        return Graded(folder, self._chosen.suite, self.sets, decisions, judged)

    def _given(self, *, settled: frozenset[bytes]) -> Iterator[Given]:
        """In the order of tasks, so that equal answers to one come close together."""
        planned = {task.id: task for task in self._plan.suites[0].tasks}
        for entrant in self._entrants:
            answers = self.sets[entrant.name].answers
            for answer in sorted(answers, key=lambda one: (one.task_id, one.sample)):
                task = planned.get(answer.task_id)
                if task is None:  # of a language that cannot be judged here: left out as a whole, and said so
                    continue
                trial = trial_of(self._plan, entrant, self._plan.suites[0], task, sample=answer.sample)
                if bytes.fromhex(trial.trial_id) not in settled:
                    yield Given(entrant, trial, task, Attempt(completion=answer.completion, files=answer.files))


def _those_of(suite: Suite, found: AnswerSet, path: Path) -> AnswerSet:
    """A file of answers knows no window of dates: those to tasks outside of it are left out."""
    ids = {task.id for task in suite.tasks}
    answers = tuple(answer for answer in found.answers if answer.task_id in ids)
    if not answers:
        raise UserError(f"{path}: holds no answers to tasks of those days")
    if count := len(found.answers) - len(answers):
        note = f"{count:,} answers are to tasks of other days, and left out"
        return AnswerSet(answers=answers, notes=(*found.notes, note))
    return found


def _unasked(planned: PlannedSuite) -> PlannedSuite:
    """Without hashes of prompts: nobody knows what the answers in a file were asked with."""
    tasks = tuple(msgspec.structs.replace(task, prompt_hash="") for task in planned.tasks)
    return msgspec.structs.replace(planned, tasks=tasks)


def write_official(graded: Graded, folder: Path) -> list[Path]:
    """The results in the benchmark's official form, where it has one; the files written."""
    write = writer_of(graded.suite.name)
    if write is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    return [
        path
        for name, decisions in graded.decisions.items()
        for path in write(folder, re.sub(r"[^\w.+-]", "_", name), graded.suite, decisions)
    ]


def _named(paths: Sequence[str]) -> dict[str, Path]:
    """Files by the names that their answers get: `NAME=PATH`, else what tells the files apart."""
    named: dict[str, Path] = {}
    for text in paths:
        name, equals, rest = text.partition("=")
        given = bool(equals) and not Path(text).exists()
        path = Path(rest if given else text).expanduser()
        if not path.exists():
            raise UserError(f"{path}: there is no such file or folder")
        stem = name if given else path.name.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".json")
        if stem in named and not given:
            stem = f"{path.resolve().parent.name}/{stem}"
        if stem in named:
            raise UserError(f"two files of answers are called “{stem}”; give one another name: NAME={path}")
        named[stem] = path
    return named


def _entrant(name: str, path: Path) -> Entrant:
    """The answers in a file are its content, whatever it is called."""
    return Entrant(name=name, type="recorded", path=str(path), options={"sha256": _digest(path)})


def _digest(path: Path) -> str:
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    whole = hashlib.sha256()
    for inside in sorted(one for one in path.rglob("*") if one.is_file()):
        whole.update(f"{inside.relative_to(path)} {_digest(inside)}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()
