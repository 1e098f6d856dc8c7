"""Inspect AI: an `.eval` log for each model and suite, as its reader and its viewer open it."""

from __future__ import annotations

import time
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from assay import __version__
from assay.core.ids import content_hash
from assay.core.run import RunPlan
from assay.core.trial import Decision
from assay.exchange.carried import CARRIED, carried
from assay.exchange.exports.held import Pair, Prompts, file_name, held, is_judged, pairs
from assay.store.journal import RunFolder

_VERSION = 2
"""Of Inspect's log form."""
_SCORER = "assay"
_AT_ONCE = 100
"""So many logs are written side by side; a run of more goes over its records again."""
_STOPS = {"stop": "stop", "length": "max_tokens", "tool_calls": "tool_calls", "content_filter": "content_filter",
          "refusal": "content_filter", "max_tokens": "max_tokens", "model_length": "model_length"}  # fmt: skip


class _Log:
    """One log being written: samples as they come, what sums them up at the end."""

    def __init__(self, path: Path, pair: Pair, plan: RunPlan) -> None:
        self.path = path
        self.pair = pair
        self.plan = plan
        self.zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.first: Decision | None = None
        self._sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._count = self._judged = self._epochs = 0
        self._begun = self._ended = 0.0
        self._usage: dict[str, Any] = {}

    def add(self, decision: Decision, prompt: Sequence[tuple[str, str]]) -> None:
        if self.first is None:
            self.first = decision
            self.write("_journal/start.json", {"version": _VERSION, "eval": self._spec(), "plan": self._plan()})
        sample = _sample(decision, prompt)
        self.write(f"samples/{sample['id']}_epoch_{sample['epoch']}.json", sample)
        self._count += 1
        self._epochs = max(self._epochs, sample["epoch"])
        if is_judged(decision) and decision.score is not None:
            self._judged += 1
            sums = self._sums[decision.task_id]
            sums[0] += decision.weight * decision.score
            sums[1] += decision.weight
        if decision.started_at:
            self._begun = min(self._begun or decision.started_at, decision.started_at)
            self._ended = max(self._ended, decision.started_at + (decision.elapsed or decision.latency or 0.0))
        for usage in sample.get("model_usage", {}).values():
            for field, value in usage.items():
                self._usage[field] = self._usage.get(field, 0) + value

    def finish(self) -> None:
        self.write("header.json", {
            "version": _VERSION, "status": "success", "eval": self._spec(), "plan": self._plan(),
            "results": self._results(),
            "stats": {
                "started_at": _iso(self._begun or self.plan.created_at),
                "completed_at": _iso(self._ended or self.plan.created_at),
                "model_usage": {self.pair.model: self._usage} if self._usage else {},
            },
        })  # fmt: skip
        self.zip.close()

    def write(self, member: str, value: Any) -> None:
        self.zip.writestr(member, msgspec.json.encode(value))

    def _spec(self) -> dict[str, Any]:
        assert self.first is not None
        known = content_hash(self.plan.run_id, self.pair.model, self.pair.suite)
        return {
            "eval_id": known[:22], "run_id": self.plan.run_id, "task": self.pair.suite, "task_id": known[10:],
            "created": _iso(self.plan.created_at), "task_version": self.first.version or 0,
            "solver": self.first.solver or None, "dataset": {"name": self.pair.suite, "shuffled": False},
            "model": self.pair.model, "model_args": {}, "config": {"epochs": max(1, self._epochs)},
            "packages": {"assay": __version__}, "scorers": [{"name": _SCORER}],
            "metadata": {CARRIED: {"run": self.plan.run_id, "protocol": self.first.protocol}},
        }  # fmt: skip

    def _plan(self) -> dict[str, Any]:
        assert self.first is not None
        return {"name": "plan", "steps": [{"solver": self.first.solver or "unknown", "params": {}}]}

    def _results(self) -> dict[str, Any]:
        means = [total / weight for total, weight in self._sums.values() if weight]
        metrics = {"accuracy": {"name": "accuracy", "value": sum(means) / len(means)}} if means else {}
        score = {"name": _SCORER, "scorer": _SCORER, "scored_samples": self._judged,
                 "unscored_samples": self._count - self._judged, "metrics": metrics}  # fmt: skip
        return {"total_samples": self._count, "completed_samples": self._judged, "scores": [score]}


def write(folder: RunFolder, out: Path) -> list[Path]:
    out.mkdir(exist_ok=True)
    plan = folder.plan
    wanted = pairs(folder)
    return [
        path
        for start in range(0, len(wanted), _AT_ONCE)
        for path in _write(folder, plan, out, wanted[start : start + _AT_ONCE])
    ]


def _write(folder: RunFolder, plan: RunPlan, out: Path, wanted: Sequence[Pair]) -> list[Path]:
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S+00-00", time.gmtime(plan.created_at))
    logs: dict[Pair, _Log] = {}
    for pair in wanted:
        known = content_hash(plan.run_id, pair.model, pair.suite)[:22]
        logs[pair] = _Log(out / f"{stamp}_{file_name(pair.suite).replace('_', '-')}_{known}.eval", pair, plan)
    with Prompts(folder) as prompts:
        for decision in held(folder):
            log = logs.get(Pair(decision.model, decision.suite))
            if log is not None:
                log.add(decision, prompts.of(decision.trial_id))
    _write_summaries(folder, logs)
    for log in logs.values():
        log.finish()
    return [log.path for log in logs.values()]


def _write_summaries(folder: RunFolder, logs: dict[Pair, _Log]) -> None:
    """The list that the viewer begins with, written as a stream into each log."""
    with ExitStack() as stack:
        streams: dict[Pair, IO[bytes]] = {
            pair: stack.enter_context(log.zip.open("summaries.json", "w", force_zip64=True))
            for pair, log in logs.items()
        }
        begun: set[Pair] = set()
        for decision in held(folder):
            pair = Pair(decision.model, decision.suite)
            if pair in streams:
                streams[pair].write(b"," if pair in begun else b"[")
                streams[pair].write(msgspec.json.encode(_summary(decision)))
                begun.add(pair)
        for stream in streams.values():
            stream.write(b"]")


def _summary(decision: Decision) -> dict[str, Any]:
    whole = _sample(decision, ())
    kept = ("id", "epoch", "input", "target", "scores", "model_usage", "total_time", "uuid")
    brief = {name: whole[name] for name in kept if name in whole}
    for score in brief.get("scores", {}).values():
        score.pop("answer", None)
    return {**brief, "completed": True, **({"error": decision.reason} if "error" in whole else {})}


def _sample(decision: Decision, prompt: Sequence[tuple[str, str]]) -> dict[str, Any]:
    turns: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in prompt]
    said = {"role": "assistant", "content": decision.completion or "", "model": decision.model, "source": "generate"}
    answered = decision.completion is not None
    sample: dict[str, Any] = {
        "id": decision.task_id,
        "epoch": decision.sample + 1,
        "input": turns[0]["content"] if len(turns) == 1 and turns[0]["role"] == "user" else turns or "",
        "target": "",
        "messages": [*turns, said] if answered else turns,
        "output": _output(decision, said) if answered else {"model": decision.model, "choices": []},
        "metadata": {CARRIED: carried(decision)},
        "uuid": decision.trial_id[:22],
    }
    if is_judged(decision):
        sample["scores"] = {_SCORER: _score(decision)}
    else:
        text = f"{decision.status.value}: {decision.reason}"
        sample["error"] = {"message": text, "traceback": "", "traceback_ansi": ""}
    usage = _usage(decision)
    if usage:
        sample["model_usage"] = {decision.model: usage}
    if decision.started_at:
        sample["started_at"] = _iso(decision.started_at)
    if decision.elapsed is not None:
        sample["total_time"] = decision.elapsed
        sample["working_time"] = max(0.0, decision.elapsed - (decision.waited or 0.0))
    return sample


def _output(decision: Decision, said: dict[str, Any]) -> dict[str, Any]:
    stop = _STOPS.get(decision.finish_reason or "", "unknown")
    output: dict[str, Any] = {
        "model": decision.served_model or decision.model_id or decision.model,
        "choices": [{"message": said, "stop_reason": stop}],
    }
    if decision.latency is not None:
        output["time"] = decision.latency
    return output


def _score(decision: Decision) -> dict[str, Any]:
    letters = {True: "C", False: "I"}
    plain = decision.passed is not None and decision.score in (0.0, 1.0)
    return {
        "value": letters[bool(decision.score)] if plain else decision.score,
        "answer": (decision.completion or "")[:10_000],
        "explanation": decision.reason or decision.status.value,
    }


def _usage(decision: Decision) -> dict[str, Any]:
    """Empty where nobody counted: Inspect has a 0 where it should say unknown."""
    usage = decision.usage
    if usage.input is None and usage.output is None:
        return {}
    counts = {
        "input_tokens": usage.input or 0, "output_tokens": usage.output or 0,
        "input_tokens_cache_read": usage.cache_read, "input_tokens_cache_write": usage.cache_write,
        "reasoning_tokens": usage.reasoning, "total_cost": decision.cost_usd,
    }  # fmt: skip
    known = {name: value for name, value in counts.items() if value is not None}
    parts = (usage.input, usage.output, usage.cache_read, usage.cache_write)
    return {**known, "total_tokens": sum(part or 0 for part in parts)}


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
