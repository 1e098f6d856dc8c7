"""Found trials, written as a run like any other: whole or not at all. Knows the store; refuses to know where
the trials came from.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from assay import __version__
from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.run import PlannedSuite, PlannedTask, RunPlan
from assay.core.trial import CallEvent, Decision
from assay.exchange.imports.found import Found
from assay.store.journal import FileJournal, RunFolder


class Imported(msgspec.Struct, frozen=True):
    """What came in."""

    folder: RunFolder
    plan: RunPlan
    trials: int
    notes: tuple[str, ...]


def write_run(root: Path, run_id: str, found: Iterable[Found], *, tool: str, command: str = "") -> Imported:
    """A folder of that name in `root`. It appears when all is in it; a fault leaves nothing behind."""
    final, partial = root / run_id, root / f".{run_id}.importing"
    if (final / "run.json").exists():
        raise UserError(f"there is a run in {final} already; choose another --name")
    if RunFolder(partial).holder is not None:
        raise UserError(f"{run_id} is being imported by another process; wait for it, or choose another --name")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        gathered = _Gathered()
        with FileJournal(RunFolder(partial)) as journal:
            for one in found:
                _keep(journal, gathered.take(one), one)
        if not gathered.trials:
            raise UserError("nothing to import: no trial was found")
        plan = gathered.plan(run_id, tool=tool, command=command)
        RunFolder(partial).replace_plan(plan)
        final.parent.mkdir(parents=True, exist_ok=True)
        partial.rename(final)
    except OSError as error:
        raise UserError(f"{final}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Imported(RunFolder(final), plan, len(gathered.trials), tuple(gathered.notes()))


class _Gathered:
    """What run.json has to say, gathered while the trials pass by."""

    def __init__(self) -> None:
        self.trials: set[bytes] = set()
        self._entrants: dict[str, Entrant] = {}
        self._names: Counter[str] = Counter()
        self._suites: dict[str, Decision] = {}
        self._tasks: dict[str, dict[str, PlannedTask]] = {}
        self._unlike: Counter[str] = Counter()
        self._samples = 1
        self._releases: set[str] = set()

    def take(self, one: Found) -> Decision:
        """The decision as it is to be recorded: its model's name is unique in the run."""
        decision = one.decision
        trial_id = decision.trial_id.encode()
        if trial_id in self.trials:
            raise UserError(
                f"{decision.model} has sample {decision.sample} of {decision.task_id} ({decision.suite}) twice; "
                "import one file at a time, each under a --name of its own"
            )
        self.trials.add(trial_id)
        self._note_task(decision, one.date)
        self._releases.add(one.release)
        self._samples = max(self._samples, decision.sample + 1)
        name = self._name(one)
        return decision if name == decision.model else msgspec.structs.replace(decision, model=name)

    def _name(self, one: Found) -> str:
        known = self._entrants.get(one.decision.entrant_hash)
        if known is None:
            name = one.entrant.name
            self._names[name] += 1
            if self._names[name] > 1:
                name = f"{name} ({self._names[name]})"
            known = msgspec.structs.replace(one.entrant, name=name)
            self._entrants[one.decision.entrant_hash] = known
        return known.name

    def _note_task(self, decision: Decision, date: str) -> None:
        first = self._suites.setdefault(decision.suite, decision)
        if first.version != decision.version:
            raise UserError(
                f"{decision.suite} is there in version {first.version or 'unknown'} and in "
                f"{decision.version or 'unknown'}; import them one at a time, each under a --name of its own"
            )
        tasks = self._tasks.setdefault(decision.suite, {})
        task = tasks.get(decision.task_id)
        if task is None:
            tasks[decision.task_id] = PlannedTask(
                decision.task_id, decision.task_hash, decision.prompt_hash, decision.language, decision.category,
                decision.difficulty, date,
            )  # fmt: skip
        elif task.task_hash != decision.task_hash:
            self._unlike[decision.suite] += 1

    def notes(self) -> Iterable[str]:
        several = [name for name, times in self._names.items() if times > 1]
        if several:
            named = ", ".join(several[:5]) + (", …" if len(several) > 5 else "")
            yield f"several entries are called the same ({named}); the later ones carry a number"
        for suite, count in self._unlike.items():
            yield f"{suite}: {count} trials are of a task whose content differs from that of the first trial of it"

    def plan(self, run_id: str, *, tool: str, command: str) -> RunPlan:
        released = ", ".join(sorted(filter(None, self._releases)))
        return RunPlan(
            run_id=run_id,
            created_at=time.time(),
            seed=0,
            samples=self._samples,
            entrants=tuple(self._entrants.values()),
            suites=tuple(
                PlannedSuite(
                    name=name,
                    version=first.version,
                    protocol=first.protocol,
                    solver=first.solver,
                    grader="",
                    tasks=tuple(self._tasks[name].values()),
                )
                for name, first in self._suites.items()
            ),
            imported_from=tool,
            versions={"assay": __version__, **({tool: released} if released else {})},
            command=command,
        )


def _keep(journal: FileJournal, decision: Decision, one: Found) -> None:
    if one.files:
        kept = {"files": one.files, "text": "", "problem": "", "reason": ""}
        digest = journal.blob(msgspec.json.encode(kept, order="sorted"))
        decision = msgspec.structs.replace(decision, answer_hash=digest)
    if one.ask is not None:
        journal.call(_call(journal, decision, one))
    journal.decide(decision)


def _call(journal: FileJournal, decision: Decision, one: Found) -> CallEvent:
    """The one call that the tool told of, so that the prompt can be shown."""
    assert one.ask is not None
    request: dict[str, object] = {
        "messages": [journal.blob(msgspec.json.encode(message)) for message in one.ask.messages]
    }
    for part in ("prompt", "suffix"):
        text = getattr(one.ask, part)
        if text is not None:
            request[part] = journal.blob(text.encode())
    return CallEvent(
        call_id=content_hash(decision.trial_id, "imported"),
        trial_id=decision.trial_id,
        event="failed" if decision.completion is None else "answered",
        at=decision.started_at,
        sample=decision.sample,
        model=decision.model,
        request=request,
        reply=None if decision.completion is None else {"text": decision.completion},
        usage=decision.usage,
        cost_usd=decision.cost_usd,
        cost_source=decision.cost_source,
        ttft=decision.ttft,
        latency=decision.latency,
        served_model=decision.served_model,
    )
