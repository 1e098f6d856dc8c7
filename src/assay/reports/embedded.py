"""The unsolved trials of one or more runs as the report carries them: an index, and compressed chunks that the page
inflates when one of their trials is opened. Bounded in bytes. Refuses to know the page's looks."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence
from typing import Any

import msgspec

from assay.core.trial import MISSING, Decision
from assay.reports.trials import log_of, newest_requests, newest_unsolved, prompt_of, stored_tasks
from assay.reports.wording import cost, rest, seconds
from assay.store.journal import RunFolder

MOST_TRIALS = 5_000
MOST_BYTES = 16 << 20
"""Of base64 in the page: with the rest it stays under 20 MB."""

_CHUNK = 40
_ANSWER, _PROMPT, _LOG, _VALUE, _WHY = 60_000, 30_000, 12_000, 4_000, 180


class Embedded(msgspec.Struct, frozen=True):
    """Base64 throughout: it holds no character that markup knows."""

    index: str
    chunks: list[str]
    trials: int
    whole: bool
    """All unsolved trials of the runs are here."""


def embed(*folders: RunFolder, most_trials: int = MOST_TRIALS, most_bytes: int = MOST_BYTES) -> Embedded:
    """Newest first, those of built-in entrants last, until the page would grow too large; of several runs each has
    the same room."""
    index: list[list[Any]] = []
    chunks: list[str] = []
    whole = True
    for folder in folders:
        unsolved = newest_unsolved(folder, limit=most_trials // len(folders))
        built_in = {entrant.name for entrant in folder.plan.entrants if entrant.built_in}
        ordered = sorted(unsolved.trials, key=lambda trial: trial.model in built_in)
        prompts = _Prompts(folder, ordered)
        run = f"{folder.plan.run_id}:" if len(folders) > 1 else ""
        used = held = 0
        for start in range(0, len(ordered), _CHUNK):
            trials = ordered[start : start + _CHUNK]
            chunk = pack(_chunk(folder, trials, prompts))
            if used + len(chunk) > most_bytes // len(folders):
                break
            rows = [_row(trial, run, len(chunks), place) for place, trial in enumerate(trials)]
            used += len(chunk) + 60 * len(rows)
            held += len(rows)
            chunks.append(chunk)
            index += rows
        whole = whole and unsolved.whole and held == len(ordered)
    return Embedded(index=pack(index) if index else "", chunks=chunks, trials=len(index), whole=whole)


class _Prompts:
    """What each task asked: from the stored tasks, else from the newest recorded messages."""

    def __init__(self, folder: RunFolder, trials: Sequence[Decision]) -> None:
        self._folder = folder
        self._tasks = stored_tasks(folder)
        unstored = {one.trial_id for one in trials if (one.suite, one.task_id) not in self._tasks}
        self._requests = newest_requests(folder, unstored) if unstored else {}
        self._found: dict[tuple[str, str], str] = {}

    def of(self, trial: Decision) -> str:
        key = (trial.suite, trial.task_id)
        if key not in self._found:
            request = self._requests.get(trial.trial_id)
            calls = [request] if request is not None else []
            self._found[key] = rest(prompt_of(self._folder, calls, self._tasks.get(key)), _PROMPT)
        return self._found[key]


def _chunk(folder: RunFolder, trials: Sequence[Decision], prompts: _Prompts) -> dict[str, Any]:
    asked: list[str] = []
    entries: list[dict[str, Any]] = []
    for trial in trials:
        prompt = prompts.of(trial)
        if prompt not in asked:
            asked.append(prompt)
        entries.append(
            {
                "prompt": asked.index(prompt),
                "answer": rest(trial.completion or "", _ANSWER),
                "case": failing_case(trial),
                "log": rest(log_of(folder, trial.detail), _LOG),
                "facts": _facts(trial),
            }
        )
    return {"prompts": asked, "trials": entries}


def failing_case(trial: Decision) -> list[tuple[str, str]]:
    """What was done, what was expected and what came, as text, in that order."""
    detail = {name: value for name, value in (trial.detail or {}).items() if name not in ("log", "log_blob")}
    first = [name for name in ("case", "call", "args", "expected", "got") if name in detail]
    ordered = [*first, *(name for name in detail if name not in first)]
    return [(name, rest(_text(detail[name]), _VALUE)) for name in ordered]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _facts(trial: Decision) -> str:
    parts = [
        f"cases: {trial.tests.passed} right, {trial.tests.failed} wrong" if trial.tests != type(trial.tests)() else "",
        f"latency {seconds(trial.latency)}" if trial.latency is not None else "",
        f"cost {cost(trial.cost_usd, trial.cost_source)}",
        f"finish reason {trial.finish_reason}" if trial.finish_reason else "",
        f"flags: {', '.join(trial.flags)}" if trial.flags else "",
        f"strict: {trial.strict_reason}" if trial.strict_reason else "",
    ]
    return " · ".join(part for part in parts if part)


def _row(trial: Decision, run: str, chunk: int, place: int) -> list[Any]:
    return [
        run + trial.model, trial.task_id, trial.language, trial.category, trial.difficulty, trial.status.value,
        trial.sample, int(trial.status in MISSING), trial.reason[:_WHY], chunk, place,
    ]  # fmt: skip


def pack(value: Any) -> str:
    """What a script of the page inflates again."""
    return base64.b64encode(gzip.compress(msgspec.json.encode(value), 6, mtime=0)).decode()
