"""lm-evaluation-harness: a folder for each model with `results_*.json` and a `samples_*.jsonl` for each suite.

The form knows no missing sample: trials without a score are left out, and `n-samples` shows by how many.
"""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from assay.core.run import RunPlan
from assay.core.trial import Decision
from assay.exchange.carried import CARRIED, carried
from assay.exchange.exports.held import Pair, Prompts, file_name, held, is_judged
from assay.store.journal import RunFolder
from assay.store.lines import LineFile

_METRIC = "pass@1"


class _Task:
    """One model on one suite, being summed up."""

    def __init__(self, name: str, path: Path, first: Decision) -> None:
        self.name = name
        self.first = first
        self.count = self.judged = 0
        self._sum = self._squares = 0.0
        self._lines = LineFile(path)

    def add(self, decision: Decision, prompt: Sequence[tuple[str, str]]) -> None:
        self.count += 1
        if not is_judged(decision) or decision.score is None:
            return
        self._lines.append(_line(decision, prompt, number=self.judged))
        self.judged += 1
        self._sum += decision.score
        self._squares += decision.score**2

    def close(self) -> None:
        self._lines.close()

    @property
    def metrics(self) -> dict[str, Any]:
        mean = self._sum / self.judged if self.judged else 0.0
        spread = (self._squares - self.judged * mean**2) / (self.judged - 1) if self.judged > 1 else None
        error: float | str = math.sqrt(max(0.0, spread) / self.judged) if spread is not None else "N/A"
        return {
            "alias": self.name, "name": self.name, "sample_len": self.judged, f"{_METRIC},none": mean,
            f"{_METRIC}_stderr,none": error,
        }  # fmt: skip


def write(folder: RunFolder, out: Path) -> list[Path]:
    plan = folder.plan
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S.000000", time.gmtime(plan.created_at))
    out.mkdir(exist_ok=True)
    tasks: dict[Pair, _Task] = {}
    homes: dict[str, Path] = {}
    with Prompts(folder) as prompts:
        for decision in held(folder):
            pair = Pair(decision.model, decision.suite)
            if pair not in tasks:
                home = homes.setdefault(pair.model, _home(out, pair.model, taken=set(homes.values())))
                home.mkdir(exist_ok=True)
                name = file_name(pair.suite)
                tasks[pair] = _Task(name, home / f"samples_{name}_{stamp}.jsonl", decision)
            tasks[pair].add(decision, prompts.of(decision.trial_id))
    by_model: dict[str, list[_Task]] = defaultdict(list)
    for pair, task in tasks.items():
        task.close()
        by_model[pair.model].append(task)
    written = []
    for model, mine in by_model.items():
        path = homes[model] / f"results_{stamp}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(_results(model, mine, plan)), indent=2))
        written += [path, *sorted(homes[model].glob(f"samples_*_{stamp}.jsonl"))]
    return written


def _home(out: Path, model: str, *, taken: set[Path]) -> Path:
    """As lm-eval names a model's folder, which is how its own tools find the model again."""
    name = re.sub(r"[\"<>:/|\\?*\[\]]+", "__", model).strip(". ") or "model"
    names = (f"{name}{more}" for more in ("", *(f"-{n}" for n in range(2, len(taken) + 3))))
    return next(place for candidate in names if (place := out / candidate) not in taken)


def _line(decision: Decision, prompt: Sequence[tuple[str, str]], *, number: int) -> dict[str, Any]:
    doc = {"task_id": decision.task_id, "sample": decision.sample}
    text = prompt[0][1] if len(prompt) == 1 else ""
    if len(prompt) > 1:
        text = msgspec.json.encode([{"role": role, "content": said} for role, said in prompt]).decode()
    return {
        "doc_id": number,
        "doc": doc,
        "target": "",
        "arguments": {"gen_args_0": {"arg_0": text, "arg_1": {}}},
        "resps": [[decision.completion or ""]],
        "filtered_resps": [decision.completion or ""],
        "filter": "none",
        "metrics": [_METRIC],
        "doc_hash": _hash(msgspec.json.encode(doc)),
        "prompt_hash": _hash(text.encode()),
        "target_hash": _hash(b""),
        _METRIC: decision.score,
        CARRIED: carried(decision),
    }


def _results(model: str, tasks: Sequence[_Task], plan: RunPlan) -> dict[str, Any]:
    names = [task.name for task in tasks]
    return {
        "results": {task.name: task.metrics for task in tasks},
        "group_subtasks": {name: [] for name in names},
        "configs": {
            task.name: {"task": task.name, "metadata": {"suite": task.first.suite, "protocol": task.first.protocol}}
            for task in tasks
        },
        "versions": {task.name: task.first.version or "unknown" for task in tasks},
        "n-shot": dict.fromkeys(names, 0),
        "higher_is_better": {name: {_METRIC: True} for name in names},
        "n-samples": {task.name: {"original": task.count, "effective": task.judged} for task in tasks},
        "config": {"model": "assay", "model_args": f"pretrained={model}", "limit": None, "gen_kwargs": None},
        "date": plan.created_at,
        "model_source": "assay",
        "model_name": model,
        "model_name_sanitized": re.sub(r"[\"<>:/|\\?*\[\]]+", "__", model),
        "task_hashes": {},
        "total_evaluation_time_seconds": "",
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
