"""The unit that is planned, run, recorded and resumed, and the table of what each status counts as."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.core.messages import Usage


class Status(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    EXCEEDED = "exceeded"
    INVALID = "invalid"
    REFUSED = "refused"
    SCORED = "scored"
    PROVIDER_ERROR = "provider_error"
    SANDBOX_ERROR = "sandbox_error"
    TASK_ERROR = "task_error"
    NOT_RUN = "not_run"
    UNSUPPORTED = "unsupported"


class Counts(StrEnum):
    """How a status enters a score."""

    SCORE = "score"
    """It has a score of its own (0 unless the suite gives part marks)."""
    MISSING = "missing"
    """Owed and absent: it widens the range, never the score."""
    ABSENT = "absent"
    """By design not in the plan's reach: no part of the denominator."""


COUNTS_AS: dict[Status, Counts] = {
    Status.PASSED: Counts.SCORE,
    Status.FAILED: Counts.SCORE,
    Status.EXCEEDED: Counts.SCORE,
    Status.INVALID: Counts.SCORE,
    Status.REFUSED: Counts.SCORE,
    Status.SCORED: Counts.SCORE,
    Status.PROVIDER_ERROR: Counts.MISSING,
    Status.SANDBOX_ERROR: Counts.MISSING,
    Status.TASK_ERROR: Counts.MISSING,
    Status.NOT_RUN: Counts.ABSENT,
    Status.UNSUPPORTED: Counts.ABSENT,
}

JUDGED = tuple(s for s, counts in COUNTS_AS.items() if counts is Counts.SCORE)
MISSING = tuple(s for s, counts in COUNTS_AS.items() if counts is Counts.MISSING)
OWED_AGAIN = (Status.PROVIDER_ERROR, Status.SANDBOX_ERROR)
"""What a resume asks for once more."""


WHOLE = "*"
"""The task id of an aggregate: one line that stands for `weight` tasks of its suite, each judged once."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """entrant × suite@version × task × variant × sample."""

    entrant_hash: str
    suite: str
    version: str
    task_id: str
    variant: int = 0
    sample: int = 0

    @property
    def trial_id(self) -> str:
        return content_hash(self.entrant_hash, self.suite, self.version, self.task_id, self.variant, self.sample)


class TestCounts(msgspec.Struct, frozen=True):
    """Cases of a task: how many were right, wrong, or could not be judged."""

    passed: int = 0
    failed: int = 0
    errors: int = 0


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One line of trials.jsonl. The first five fields are those that everybody expects."""

    model: str
    task_id: str
    completion: str | None
    passed: bool | None
    latency: float | None
    trial_id: str
    entrant_hash: str
    model_id: str
    provider: str
    solver: str
    protocol: str
    suite: str
    version: str
    variant: int = 0
    sample: int = 0
    status: Status
    score: float | None
    weight: float = 1.0
    reason: str = ""
    tests: TestCounts = TestCounts()
    strict: bool | None = None
    strict_reason: str = ""
    language: str = ""
    category: str = ""
    difficulty: str = ""
    ttft: float | None = None
    waited: float | None = None
    elapsed: float | None = None
    usage: Usage = Usage()
    cost_usd: float | None = None
    cost_source: str = "unknown"
    """`billed`, `priced`, `estimated`, `local` (no meter runs), `reused` (another run's answer) or `unknown`."""
    finish_reason: str | None = None
    served_model: str | None = None
    fingerprint: str | None = None
    turns: int = 0
    bounty_usd: float | None = None
    started_at: float = 0.0
    judge_seconds: float | None = None
    prompt_hash: str = ""
    task_hash: str = ""
    answer_hash: str = ""
    judge_hash: str = ""
    flags: tuple[str, ...] = ()
    same_as: str = ""
    """The trial whose identical answer to this task was judged; empty when this one was judged itself."""
    revision: int = 0
    because: str = ""
    """Why a later line supersedes an earlier one: `retried`, `regraded`, `requeued`; else empty."""
    detail: dict[str, Any] | None = None
    """The failing case and the log, small; larger logs are blobs named here by hash."""


class CallEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of replies.jsonl: something that happened to one physical model call."""

    call_id: str
    trial_id: str
    event: str
    """`sent`, `answered` or `failed`."""
    at: float
    turn: int = 0
    attempt: int = 0
    sample: int = 0
    model: str = ""
    request_hash: str = ""
    """Over everything that was asked, entrant included: what `--reuse` looks for."""
    request: dict[str, Any] | None = None
    """`messages` as blob hashes, `tools` as a blob hash, `params`."""
    reply: dict[str, Any] | None = None
    """`text`, `tool_calls`, `reasoning`, `finish_reason`; `read_as` and `read_from` where Assay read the calls."""
    usage_raw: Any = None
    usage: Usage | None = None
    worst_usd: float | None = None
    """On `sent`: what the call can cost at most."""
    cost_usd: float | None = None
    cost_source: str = ""
    price_id: str = ""
    ttft: float | None = None
    latency: float | None = None
    http_status: int | None = None
    served_model: str | None = None
    fingerprint: str | None = None
    fault: str = ""
    error: str = ""
    reused_from: str = ""
