"""HumanEval+'s stored solutions through the grader `evalplus`, isolated, against EvalPlus' own evaluator.

    python benchmarks/sandbox_evalplus.py [--rounds 3]

They take turns, so that other work on the machine falls on all. EvalPlus runs with the number of workers that it takes
by itself, and with one for each core, as ours. What is expected is learnt beforehand, on both sides. A few stored
solutions take most of the time by themselves, which no harness can save; so the rest is measured apart as well.
The data is read from `evalplus/` below $ASSAY_TEST_DATA, or below ../shared/data.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from measure import peer
from sandbox import CORES, compare, say, timed
from sandbox_peers import TIMED, Took, or_absent, said

from assay.suites.evalplus import HUMANEVAL, task_of
from assay.suites.official_data import rows_of

SLOW = frozenset(f"HumanEval/{number}" for number in (15, 36, 59, 83, 94, 100, 130, 139))
"""Their stored solutions take nine tenths of all processor time."""
TARGET = "5 ×"

_EVALPLUS = (
    TIMED
    + """
import types
asking = types.ModuleType("evalplus.codegen")  # its evaluator alone: what asks models needs packages for each vendor
asking.run_codegen = None
sys.modules["evalplus.codegen"] = asking
from evalplus.data import get_human_eval_plus, get_human_eval_plus_hash
from evalplus.evaluate import evaluate, get_groundtruth
get_groundtruth(get_human_eval_plus(), get_human_eval_plus_hash(), [])
began, before = time.monotonic(), used()
evaluate(dataset="humaneval", samples="samples.jsonl", parallel=int(sys.argv[1]) or None, min_time_limit=4.0)
took = time.monotonic() - began, used() - before
said = [one[0] for one in json.load(open("samples_eval_results.json"))["eval"].values()]
good = sum(one["base_status"] == one["plus_status"] == "pass" for one in said)
print(json.dumps([len(said), good, *took]))
"""
)


def evalplus(rows: list[dict[str, Any]], *, workers: int) -> Took:
    """EvalPlus' evaluator as PyPI has it, with the time limits of its repository; 0 workers are as many as it likes."""
    python = peer("evalplus", "evalplus") / "python"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        samples = ({"task_id": row["task_id"], "solution": row["prompt"] + row["canonical_solution"]} for row in rows)
        (folder / "samples.jsonl").write_text("".join(json.dumps(sample) + "\n" for sample in samples))
        os.environ |= {"HUMANEVAL_OVERRIDE_PATH": str(folder / "data.jsonl"), "XDG_CACHE_HOME": str(folder)}
        return said(str(python), _EVALPLUS, str(workers), folder=folder)


def measured(title: str, rows: list[dict[str, Any]], *, rounds: int) -> None:
    file = HUMANEVAL["v0.1.10"]
    work = [(task := task_of(row, file, dataset="humaneval"), task.solution) for row in rows]
    asyncio.run(timed(work, grader="evalplus"))
    turns: dict[str, Callable[[], Took]] = {
        "Assay, isolated": lambda: asyncio.run(timed(work, grader="evalplus")),
        f"EvalPlus, its own {max(1, CORES // 2)} workers": partial(evalplus, rows, workers=0),
        f"EvalPlus, {CORES} workers": partial(evalplus, rows, workers=CORES),
    }
    found: dict[str, list[Took]] = {name: [] for name in turns}
    for number in range(rounds):
        print(f"{title}, round {number + 1}; load {os.getloadavg()[0]:.1f} on {CORES} cores")
        for name, turn in turns.items():
            took = or_absent(name, turn)
            if took is not None:
                say(name, took)
                found[name].append(took)
    ours, *theirs = found
    for name in theirs:
        if len(found[name]) == len(found[ours]) == rounds:
            compare(name, found[ours], found[name], target=TARGET)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    named = os.environ.get("ASSAY_TEST_DATA")
    data = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not (data / "evalplus").is_dir():
        print(f"HumanEval+: absent ({data / 'evalplus'} is not there; ASSAY_TEST_DATA names the folder of data)")
        return
    rows = rows_of(HUMANEVAL["v0.1.10"], data / "evalplus")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSAY_HOME"] = home
        quick = [row for row in rows if row["task_id"] not in SLOW]
        measured(f"HumanEval+'s stored solutions without the {len(SLOW)} slowest", quick, rounds=given.rounds)
        measured("HumanEval+'s stored solutions", rows, rounds=given.rounds)


if __name__ == "__main__":
    main()
