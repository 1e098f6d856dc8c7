"""Harbor: a job's folder, a `result.json` for each trial; and the one `results.json` of Terminal-Bench's first
harness.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, counted, number, seconds_at
from assay.exchange.imports.reading import decode, files_of, read_bytes
from assay.exchange.imports.suite_names import suite_name

_BY_MODEL = (
    "Api", "API", "RateLimit", "InternalServerError", "ServiceUnavailable", "NetworkConnection", "Timeout",
    "Authentication", "ModelNotFound", "BadRequest", "Unprocessable", "UnsupportedParams", "UnsupportedModel",
    "PermissionDenied", "NotFoundError", "BudgetExceeded", "AgentAuthentication",
)  # fmt: skip
"""Beginnings of the names of exceptions that a model's endpoint is at fault for."""
_BY_APPARATUS = (
    "Environment", "Sandbox", "AgentSetup", "Healthcheck", "MemoryLimit", "SSH", "GKE", "RuntimeRequest", "AddTests",
    "DownloadVerifier", "Verifier", "RewardFile", "ServiceOperations", "Vercel", "Dspy", "MissingExtra", "Regrade",
    "Cancelled",
)  # fmt: skip
"""Of those that the sandbox or the verifier is at fault for; what is left is the agent's own failure."""
_OVER = {"AgentTimeoutError": "wall", "ContextWindowExceededError": "context", "ContextLengthExceededError": "context",
         "OutputTokenExceededError": "output", "OutputLengthExceededError": "output"}  # fmt: skip
_REFUSED = ("AgentSafetyRefusalError", "ContentPolicyViolationError")


class _Model(msgspec.Struct):
    name: str
    provider: str | None = None


class _Agent(msgspec.Struct):
    name: str
    version: str = ""
    model_info: _Model | None = None


class _Spent(msgspec.Struct):
    n_input_tokens: int | None = None
    n_cache_tokens: int | None = None
    n_output_tokens: int | None = None
    cost_usd: float | None = None


class _Verdict(msgspec.Struct):
    rewards: dict[str, Any] | None = None


class _Exception(msgspec.Struct):
    exception_type: str
    exception_message: str = ""


class _Time(msgspec.Struct):
    started_at: str | None = None
    finished_at: str | None = None


class _Trial(msgspec.Struct):
    task_name: str
    agent_info: _Agent
    trial_name: str = ""
    source: str | None = None
    task_checksum: str = ""
    agent_result: _Spent | None = None
    verifier_result: _Verdict | None = None
    exception_info: _Exception | None = None
    started_at: str | None = None
    agent_execution: _Time | None = None


class _Old(msgspec.Struct):
    """A trial in Terminal-Bench's own results.json."""

    task_id: str
    is_resolved: bool | None = None
    failure_mode: str = ""
    total_input_tokens: int | None = None
    total_output_tokens: int | None = None
    trial_started_at: str | None = None


class _OldFile(msgspec.Struct):
    results: list[_Old]


def read(path: Path, note: Notes) -> Iterator[Found]:
    told = _Told(note)
    series: dict[tuple[str, str, str, str], Series] = {}
    read_any = False
    for file in files_of(path, ("result.json", "results.json")):
        data = read_bytes(file)
        parts = decode(data, dict[str, msgspec.Raw], str(file), lenient=True)
        if "task_name" in parts:
            read_any = True
            yield _trial(decode(data, _Trial, str(file), lenient=True), series, told)
        elif "results" in parts and "task_name" not in parts:
            read_any = True
            yield from _old(file, decode(data, _OldFile, str(file), lenient=True), told)
    if not read_any:
        raise UserError(f"{path}: holds no trial of Harbor (a result.json with `task_name`)")
    told.say()


class _Told:
    """What has to be said once for all trials."""

    def __init__(self, note: Notes) -> None:
        self._note = note
        self.missing = 0
        self.rewards: set[str] = set()
        self.outside = 0

    def say(self) -> None:
        if self.missing:
            self._note(f"{self.missing} trials have no valid reward; Harbor counts them as 0, here they are missing")
        if self.outside:
            self._note(
                f"{self.outside} rewards lie outside 0 to 1: such trials are missing, their reward is in `detail`"
            )
        if self.rewards:
            self._note(
                f"trials have several rewards; taken is “reward”, else the first ({', '.join(sorted(self.rewards))})"
            )


def _trial(one: _Trial, known: dict[tuple[str, str, str, str], Series], told: _Told) -> Found:
    agent = one.agent_info
    model = "/".join(filter(None, (agent.model_info.provider, agent.model_info.name))) if agent.model_info else ""
    key = (agent.name, agent.version, model, one.source or "adhoc")
    if key not in known:
        name = f"{agent.name} + {model}" if model else agent.name
        known[key] = Series(
            tool="harbor",
            model=name,
            suite=suite_name(key[3]),
            protocol=f"harbor: {key[3]}",
            solver=f"{agent.name}@{agent.version}".rstrip("@"),
            settings={"model": model},
        )
    series = known[key]
    score, status, reason = _outcome(one, told)
    spent = one.agent_result or _Spent()
    whole, cached = counted(spent.n_input_tokens), counted(spent.n_cache_tokens)
    cost = number(spent.cost_usd)
    return series.found(
        one.task_name,
        sample=series.next_sample(one.task_name),
        score=score,
        status=status,
        reason=reason,
        elapsed=_between(one.agent_execution),
        usage=Usage(
            input=None if whole is None else max(0, whole - (cached or 0)),
            output=counted(spent.n_output_tokens),
            cache_read=cached,
        ),
        cost_usd=cost,
        cost_source="unknown" if cost is None else "estimated",
        task_hash=f"harbor:{one.task_checksum[:32]}" if one.task_checksum else "",
        started_at=seconds_at(one.started_at),
        detail={"trial": one.trial_name, "rewards": one.verifier_result.rewards if one.verifier_result else None},
    )


def _outcome(one: _Trial, told: _Told) -> tuple[float | None, Status | None, str]:
    kind = one.exception_info.exception_type if one.exception_info else ""
    reason = f"{kind}: {one.exception_info.exception_message}"[:200] if one.exception_info else ""
    rewards = (one.verifier_result.rewards if one.verifier_result else None) or {}
    if len(rewards) > 1:
        told.rewards.update(rewards)
    score = number(rewards.get("reward", next(iter(rewards.values()), None)))
    if score is not None and not 0 <= score <= 1:
        told.outside += 1
        return None, Status.TASK_ERROR, f"a reward of {score:g}"
    if kind.startswith(_BY_MODEL) or kind.startswith(_BY_APPARATUS) or score is None:
        told.missing += 1
        return (
            None,
            Status.PROVIDER_ERROR if kind.startswith(_BY_MODEL) else Status.SANDBOX_ERROR,
            reason or "no reward",
        )
    if score == 0 and kind in _OVER:
        return score, Status.EXCEEDED, _OVER[kind]
    if score == 0 and kind in _REFUSED:
        return score, Status.REFUSED, reason
    return score, None, reason


def _between(time: _Time | None) -> float | None:
    if time is None or not time.started_at or not time.finished_at:
        return None
    return max(0.0, seconds_at(time.finished_at) - seconds_at(time.started_at))


def _old(path: Path, content: _OldFile, told: _Told) -> Iterator[Found]:
    series = Series(
        tool="harbor", model=path.parent.name or "unknown", suite="terminal-bench", protocol="terminal-bench"
    )
    for one in content.results:
        missing = one.is_resolved is None
        told.missing += missing
        yield series.found(
            one.task_id,
            sample=series.next_sample(one.task_id),
            score=None if one.is_resolved is None else float(one.is_resolved),
            status=Status.EXCEEDED if one.failure_mode == "agent_timeout" and one.is_resolved is False else None,
            reason="" if one.failure_mode in ("", "unset", "none") else one.failure_mode,
            usage=Usage(input=counted(one.total_input_tokens), output=counted(one.total_output_tokens)),
            started_at=seconds_at(one.trial_started_at),
        )
