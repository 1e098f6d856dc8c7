"""openai/evals: an event record for each model and suite: `spec`, a `sampling` and a verdict for each trial,
`final_report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assay.core.ids import content_hash
from assay.core.run import RunPlan
from assay.core.trial import Decision
from assay.exchange.carried import CARRIED, carried
from assay.exchange.exports.held import Pair, Prompts, file_name, held, is_judged, unique
from assay.store.journal import RunFolder
from assay.store.lines import LineFile


class _Record:
    """One record being written."""

    def __init__(self, path: Path, pair: Pair, plan: RunPlan) -> None:
        self.path = path
        self._lines = LineFile(path)
        self._run = content_hash(plan.run_id, pair.model, pair.suite)[:20]
        self._at = str(datetime.fromtimestamp(plan.created_at, UTC))
        self._several = plan.samples > 1
        self._events = self._judged = self._missing = 0
        self._sum = 0.0
        self._lines.append({"spec": self._spec(pair, plan)})

    def add(self, decision: Decision, prompt: Sequence[tuple[str, str]]) -> None:
        sample_id = f"{decision.task_id}#{decision.sample}" if self._several else decision.task_id
        if decision.completion is not None:
            turns = [{"role": role, "content": text} for role, text in prompt]
            self._event(sample_id, "sampling", {"prompt": turns, "sampled": [decision.completion]}, decision)
        kept = {CARRIED: carried(decision)}
        if not is_judged(decision) or decision.score is None:
            self._missing += 1
            self._event(
                sample_id, "error", {"type": decision.status.value, "message": decision.reason, **kept}, decision
            )
            return
        self._judged += 1
        self._sum += decision.score
        if decision.score in (0.0, 1.0) and decision.passed is not None:
            data = {"correct": decision.score == 1.0, "expected": None, "picked": None, **kept}
            self._event(sample_id, "match", data, decision)
        else:
            self._event(sample_id, "metrics", {"score": decision.score, **kept}, decision)

    def finish(self) -> None:
        report: dict[str, Any] = {"samples": self._judged, "missing": self._missing}
        if self._judged:
            report["accuracy"] = self._sum / self._judged
        self._lines.append({"final_report": report})
        self._lines.close()

    def _spec(self, pair: Pair, plan: RunPlan) -> dict[str, Any]:
        base = pair.suite.removeprefix("openai-evals:")
        return {
            "completion_fns": [pair.model], "eval_name": f"{base}.test.v0", "base_eval": base, "split": "test",
            "run_config": {CARRIED: {"run": plan.run_id}}, "created_by": "assay", "run_id": self._run,
            "created_at": self._at,
        }  # fmt: skip

    def _event(self, sample_id: str, kind: str, data: dict[str, Any], decision: Decision) -> None:
        at = str(datetime.fromtimestamp(decision.started_at, UTC)) if decision.started_at else self._at
        self._lines.append({
            "run_id": self._run, "event_id": self._events, "sample_id": sample_id, "type": kind, "data": data,
            "created_by": "assay", "created_at": at,
        })  # fmt: skip
        self._events += 1


def write(folder: RunFolder, out: Path) -> list[Path]:
    plan = folder.plan
    out.mkdir(exist_ok=True)
    records: dict[Pair, _Record] = {}
    with Prompts(folder) as prompts:
        for decision in held(folder):
            pair = Pair(decision.model, decision.suite)
            if pair not in records:
                records[pair] = _Record(unique(out, file_name(pair.model, pair.suite), ".jsonl"), pair, plan)
            records[pair].add(decision, prompts.of(decision.trial_id))
    for record in records.values():
        record.finish()
    return [record.path for record in records.values()]
