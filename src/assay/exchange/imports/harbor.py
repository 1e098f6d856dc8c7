"""Harbor: a job's folder, a `result.json` for each trial; and the one `results.json` of Terminal-Bench's first
harness.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports import terminal_bench
from assay.exchange.imports.found import Found, Notes, Series, counted, number, seconds_at, seconds_between
from assay.exchange.imports.reading import decode, files_of, read_bytes, read_json
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


class _Policy(msgspec.Struct):
    has_valid_reward: bool | None = None


class _Exception(msgspec.Struct):
    exception_type: str
    exception_message: str = ""
    policy: _Policy | None = None
    """What Harbor makes of it, the user's own rules among it; earlier versions do not say."""

    @property
    def breaks(self) -> bool:
        """No reward that stands beside it is a verdict."""
        said = self.policy.has_valid_reward if self.policy else None
        return self.exception_type.startswith(_BY_MODEL + _BY_APPARATUS) if said is None else not said


class _Time(msgspec.Struct):
    started_at: str | None = None
    finished_at: str | None = None

    @property
    def seconds(self) -> float | None:
        return seconds_between(self.started_at, self.finished_at)


class _Step(msgspec.Struct):
    """A part of a task of several: what went wrong and was spent stands there, and not at the trial."""

    agent_result: _Spent | None = None
    exception_info: _Exception | None = None
    agent_execution: _Time | None = None


class _AgentConfig(msgspec.Struct):
    kwargs: dict[str, Any] = {}


class _Config(msgspec.Struct):
    agent: _AgentConfig = msgspec.field(default_factory=_AgentConfig)


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
    config: _Config = msgspec.field(default_factory=_Config)
    step_results: list[_Step] | None = None

    @property
    def exceptions(self) -> list[_Exception]:
        return [one.exception_info for one in (self, *(self.step_results or ())) if one.exception_info is not None]

    @property
    def spent(self) -> _Spent:
        if self.agent_result is not None:
            return self.agent_result
        return _summed([step.agent_result for step in self.step_results or () if step.agent_result is not None])

    @property
    def elapsed(self) -> float | None:
        return _sum([one.agent_execution.seconds for one in (self, *(self.step_results or ())) if one.agent_execution])


class _Job(msgspec.Struct):
    """`result.json` of a job."""

    n_total_trials: int = 0


class _Harbor(msgspec.Struct):
    version: str = ""


class _Lock(msgspec.Struct):
    """`lock.json` of a job."""

    harbor: _Harbor = msgspec.field(default_factory=_Harbor)


def read(path: Path, note: Notes) -> Iterator[Found]:
    told = _Told(note)
    released = cache(_released)
    series: dict[tuple[str, ...], Series] = {}
    read_any = False
    for file in files_of(path, ("result.json", "results.json")):
        data = read_bytes(file)
        parts = decode(data, dict[str, msgspec.Raw], str(file), lenient=True)
        if "task_name" in parts:
            read_any = True
            one = decode(data, _Trial, str(file), lenient=True)
            told.found += 1
            yield msgspec.structs.replace(_trial(one, series, told), release=released(file.parent.parent))
        elif "n_total_trials" in parts:
            told.planned += decode(data, _Job, str(file), lenient=True).n_total_trials
        elif "results" in parts:
            read_any = True
            for found in terminal_bench.trials(file, data):
                told.missing += found.decision.score is None
                yield found
    if not read_any:
        raise UserError(f"{path}: holds no trial of Harbor (a result.json with `task_name`)")
    told.say()


def _released(job: Path) -> str:
    lock = job / "lock.json"
    return read_json(lock, _Lock).harbor.version if lock.is_file() else ""


class _Told:
    """What has to be said once for all trials."""

    def __init__(self, note: Notes) -> None:
        self._note = note
        self.planned = self.found = self.missing = 0
        self.rewards: set[str] = set()
        self.outside = 0

    def say(self) -> None:
        if self.planned > self.found:
            self._note(
                f"{self.planned} trials were planned, {self.found} have a result; the others are not there at all"
            )
        if self.missing:
            self._note(
                f"{self.missing} trials have no valid reward: here they are missing; Harbor leaves them out, or counts "
                "them as 0, by its version"
            )
        if self.outside:
            self._note(
                f"{self.outside} rewards lie outside 0 to 1: such trials are missing, their reward is in `detail`"
            )
        if self.rewards:
            self._note(
                f"trials have several rewards; taken is “reward”, else the first ({', '.join(sorted(self.rewards))})"
            )


def _trial(one: _Trial, known: dict[tuple[str, ...], Series], told: _Told) -> Found:
    agent = one.agent_info
    model = "/".join(filter(None, (agent.model_info.provider, agent.model_info.name))) if agent.model_info else ""
    set_up = content_hash(one.config.agent.kwargs) if one.config.agent.kwargs else ""
    key = (agent.name, agent.version, model, one.source or "adhoc", set_up)
    if key not in known:
        name = f"{agent.name} + {model}" if model else agent.name
        known[key] = Series(
            tool="harbor",
            model=name,
            suite=suite_name(key[3]),
            protocol=f"harbor: {key[3]}",
            solver=f"{agent.name}@{agent.version}".rstrip("@"),
            settings={"model": model, **({"kwargs": set_up} if set_up else {})},
        )
    series = known[key]
    score, status, reason = _outcome(one, told)
    spent = one.spent
    whole, cached = counted(spent.n_input_tokens), counted(spent.n_cache_tokens)
    cost = number(spent.cost_usd)
    return series.found(
        one.task_name,
        sample=series.next_sample(one.task_name),
        score=score,
        status=status,
        reason=reason,
        elapsed=one.elapsed,
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
    exceptions = one.exceptions
    first = next((error for error in exceptions if error.breaks), exceptions[0] if exceptions else None)
    kind = first.exception_type if first else ""
    reason = f"{kind}: {first.exception_message}"[:200] if first else ""
    rewards = (one.verifier_result.rewards if one.verifier_result else None) or {}
    if len(rewards) > 1:
        told.rewards.update(rewards)
    score = number(rewards.get("reward", next(iter(rewards.values()), None)))
    if score is not None and not 0 <= score <= 1:
        told.outside += 1
        return None, Status.TASK_ERROR, f"a reward of {score:g}"
    if score is None or (first and first.breaks):
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


def _summed(parts: list[_Spent]) -> _Spent:
    sums = {name: _sum([getattr(part, name) for part in parts]) for name in _Spent.__struct_fields__}
    return msgspec.convert(sums, _Spent)


def _sum(values: list[float | None]) -> float | None:
    """Of those that are known; unknown where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
