"""The columns of the journal's files, declared and never guessed from what happens to be in them.
Knows DuckDB's types; a test holds the names against `Decision` and `CallEvent`."""

from __future__ import annotations

_USAGE = "STRUCT(input BIGINT, output BIGINT, cache_read BIGINT, cache_write BIGINT, reasoning BIGINT)"

TRIALS = {
    "model": "VARCHAR",
    "task_id": "VARCHAR",
    "completion": "VARCHAR",
    "passed": "BOOLEAN",
    "latency": "DOUBLE",
    "trial_id": "VARCHAR",
    "entrant_hash": "VARCHAR",
    "model_id": "VARCHAR",
    "provider": "VARCHAR",
    "solver": "VARCHAR",
    "protocol": "VARCHAR",
    "suite": "VARCHAR",
    "version": "VARCHAR",
    "variant": "INTEGER",
    "sample": "INTEGER",
    "status": "VARCHAR",
    "score": "DOUBLE",
    "weight": "DOUBLE",
    "reason": "VARCHAR",
    "tests": "STRUCT(passed INTEGER, failed INTEGER, errors INTEGER)",
    "strict": "BOOLEAN",
    "strict_reason": "VARCHAR",
    "language": "VARCHAR",
    "category": "VARCHAR",
    "difficulty": "VARCHAR",
    "ttft": "DOUBLE",
    "waited": "DOUBLE",
    "elapsed": "DOUBLE",
    "usage": _USAGE,
    "cost_usd": "DOUBLE",
    "cost_source": "VARCHAR",
    "finish_reason": "VARCHAR",
    "served_model": "VARCHAR",
    "fingerprint": "VARCHAR",
    "turns": "INTEGER",
    "bounty_usd": "DOUBLE",
    "started_at": "DOUBLE",
    "judge_seconds": "DOUBLE",
    "prompt_hash": "VARCHAR",
    "task_hash": "VARCHAR",
    "answer_hash": "VARCHAR",
    "judge_hash": "VARCHAR",
    "flags": "VARCHAR[]",
    "same_as": "VARCHAR",
    "revision": "INTEGER",
    "because": "VARCHAR",
    "detail": "VARCHAR",
}

REPLIES = {
    "call_id": "VARCHAR",
    "trial_id": "VARCHAR",
    "event": "VARCHAR",
    "at": "DOUBLE",
    "turn": "INTEGER",
    "attempt": "INTEGER",
    "sample": "INTEGER",
    "model": "VARCHAR",
    "request_hash": "VARCHAR",
    "request": "VARCHAR",
    "reply": "VARCHAR",
    "usage_raw": "VARCHAR",
    "usage": _USAGE,
    "worst_usd": "DOUBLE",
    "cost_usd": "DOUBLE",
    "cost_source": "VARCHAR",
    "price_id": "VARCHAR",
    "ttft": "DOUBLE",
    "latency": "DOUBLE",
    "http_status": "INTEGER",
    "served_model": "VARCHAR",
    "fingerprint": "VARCHAR",
    "fault": "VARCHAR",
    "error": "VARCHAR",
    "reused_from": "VARCHAR",
}

TRIAL_NEEDS = ("trial_id", "model", "task_id", "suite", "status")
REPLY_NEEDS = ("trial_id", "event")
"""What a line must say to be one; a line without is counted as bad and named."""

STANDINGS = (
    "model", "task_id", "passed", "latency", "trial_id", "suite", "status", "score", "weight", "language",
    "category", "difficulty", "ttft", "usage", "cost_usd", "cost_source", "bounty_usd", "flags", "elapsed",
)  # fmt: skip
"""The columns of trials.jsonl that boards and reports add up: all the rest stays on disk."""

PROVENANCE = ("served_model", "protocol", "version", "variant", "solver", "task_hash", "prompt_hash", "judge_hash")
"""What says whether two lines can be compared at all."""
