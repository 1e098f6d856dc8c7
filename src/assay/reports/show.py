"""One trial in full, as text: what was asked, what came back, what of it was judged, what failed, what it
cost. What a model must not see (expected values, the stored solution) is shown only when asked for."""

from __future__ import annotations

import msgspec

from assay.core.errors import StorageError
from assay.core.judging import Attempt
from assay.core.trial import CallEvent, Decision
from assay.formats.shown import visible
from assay.reports.embedded import failing_case
from assay.reports.trials import calls_of, find_trial, log_of, prompt_of, stored_tasks
from assay.reports.wording import cost, count, seconds
from assay.store.journal import RunFolder

_HIDDEN = ("expected", "call", "args", "stdin", "steps", "argv", "input")
"""Parts of a failing case that would give the hidden tests away."""


def show_trial(
    folder: RunFolder, task_id: str, *, model: str = "", sample: int | None = None, reveal: bool = False
) -> str:
    """The text of `assay show RUN TASK`."""
    trial = find_trial(folder, task_id, model=model, sample=sample)
    calls = calls_of(folder, trial.trial_id)
    task = stored_tasks(folder).get((trial.suite, trial.task_id))
    parts = [
        ("", _head(trial, reveal=reveal)),
        ("Prompt", prompt_of(folder, calls, task)),
        ("Reply", trial.completion or "(none)"),
        ("Code taken", _code(folder, trial)),
        ("Failing case", _case(trial, reveal=reveal)),
        ("Log", _log(folder, trial, reveal=reveal)),
        ("Calls", "\n".join(_call(event) for event in calls)),
    ]
    if reveal and task is not None:
        parts += [(f"Solution: {path}", text) for path, text in task.solution.items()]
    whole = "\n\n".join(f"── {name} ──\n{text.rstrip()}" if name else text for name, text in parts if text) + "\n"
    return visible(whole)


def _head(trial: Decision, *, reveal: bool) -> str:
    tests = trial.tests
    usage = trial.usage
    lines = [
        f"{trial.task_id} · {trial.model} · sample {trial.sample}",
        ": ".join(part for part in (trial.status.value, _reason(trial, reveal=reveal)) if part),
        f"score {'–' if trial.score is None else f'{trial.score:g}'} · cases {tests.passed} right, "
        f"{tests.failed} wrong, {tests.errors} not judged",
        f"latency {seconds(trial.latency)} · first token {seconds(trial.ttft)} · waited {seconds(trial.waited)} "
        f"· judged in {seconds(trial.judge_seconds)}",
        f"tokens {count(usage.input)} in, {count(usage.output)} out · cost {cost(trial.cost_usd, trial.cost_source)}",
    ]
    if trial.served_model and trial.served_model != trial.model_id:
        lines.append(f"asked for {trial.model_id}, served by {trial.served_model}")
    if trial.finish_reason:
        lines.append(f"finish reason {trial.finish_reason}")
    if trial.flags:
        lines.append(f"flags: {', '.join(trial.flags)}")
    if trial.strict is not None and trial.strict != trial.passed:
        lines.append(f"strict verdict differs: {trial.strict_reason or trial.strict}")
    if trial.revision:
        lines.append(f"revision {trial.revision}: {trial.because}")
    return "\n".join(lines)


def _reason(trial: Decision, *, reveal: bool) -> str:
    """A wrong case's reason quotes it: then only which case it was."""
    quotes = any(name in _HIDDEN for name in trial.detail or {})
    return trial.reason if reveal or not quotes else trial.reason.partition(":")[0]


def _code(folder: RunFolder, trial: Decision) -> str:
    """The answer as it was judged: its files, or the words that were taken."""
    blobs = folder.blobs()
    try:
        answer = msgspec.json.decode(blobs.get(trial.answer_hash), type=Attempt)
    except (StorageError, ValueError):
        return ""
    finally:
        blobs.close()
    if len(answer.files) == 1:
        return next(iter(answer.files.values()))
    return "\n".join(f"{path}:\n{text}" for path, text in answer.files.items()) or answer.text


def _case(trial: Decision, *, reveal: bool) -> str:
    case = failing_case(trial)
    if not case:
        return ""
    shown = [f"{name}: {value}" for name, value in case if reveal or name not in _HIDDEN]
    if not reveal and any(name in _HIDDEN for name, _ in case):
        shown.append("(what was called and expected is hidden; --reveal shows it)")
    return "\n".join(shown)


def _log(folder: RunFolder, trial: Decision, *, reveal: bool) -> str:
    log = log_of(folder, trial.detail)
    if log and not reveal and "in_process" in trial.flags:
        return "(the log of an in-process test may quote it; --reveal shows it)"
    return log


def _call(event: CallEvent) -> str:
    parts = [
        f"{event.event} turn {event.turn} attempt {event.attempt}",
        f"HTTP {event.http_status}" if event.http_status else "",
        f"{event.fault}: {event.error}" if event.fault else event.error,
        seconds(event.latency) if event.latency is not None else "",
        f"first token {seconds(event.ttft)}" if event.ttft is not None else "",
        cost(event.cost_usd, event.cost_source) if event.event != "sent" else "",
        f"answer of {event.reused_from}" if event.reused_from else "",
    ]
    return " · ".join(part for part in parts if part)
