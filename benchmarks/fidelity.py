"""Every answer set whose true result is known, graded by `assay grade` and held against what was published.

    python benchmarks/fidelity.py [--only NAME,…]

Per set it prints the published score, ours, and each task on which the verdicts differ, with the reason where it is
known. The exit code is 1 if a difference is not explained. Answers and official files are read below
$ASSAY_TEST_DATA, or ../shared/data.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

_ORACLES = "its oracle compares sets since a later version of the evaluator, whose verdict of today is ours"
_PATIENCE = "one input takes longer than the evaluator allowed then, and less than the four seconds of today"
_A_MINUTE = "all its inputs together take a good part of the minute that they are allowed: the machine decides"


class Known(NamedTuple):
    """One file of answers, and what is known of it."""

    suite: str
    path: str
    data: str
    """The folder with the official file."""
    published: dict[str, float]
    """Percent, of pass@1 or of a part of it."""
    explained: dict[str, str] = {}  # noqa: RUF012 - never changed
    """Differing tasks, each with the reason."""


_QWEN, _MULTIPL_E = "answers/qwen2.5-coder-7b-base", "answers/qwen2.5-coder-7b-base/multipl_e"
_LLAMA = "answers/llama-3-8b-instruct"
SETS = {
    "wizardcoder": Known("humaneval", "answers/wizardcoder-15b/humaneval.jsonl", "humaneval", {"pass@1": 59.8}),
    "gpt-4o-debugged": Known("humaneval", "answers/gpt-4o-debugged/humaneval.jsonl", "humaneval", {"pass@1": 98.2}),
    "llama-3-8b humaneval+": Known("humaneval+", f"{_LLAMA}/humanevalplus_eval_results.json", "evalplus", {}),
    "llama-3-8b mbpp+": Known("mbpp+", f"{_LLAMA}/mbppplus_eval_results.json", "evalplus", {}),
    "qwen2.5 humaneval+": Known(
        "humaneval+:v0.1.9", f"{_QWEN}/humanevalplus/generated_eval_results.json", "evalplus",
        {"base": 61.6, "pass@1": 53.0},
    ),
    "qwen2.5 mbpp+": Known(
        "mbpp+:v0.1.0", f"{_QWEN}/mbppplus/generated_eval_results.json", "evalplus", {"base": 76.9, "pass@1": 62.9},
        explained={
            # Mbpp/232 too passes the base part for that reason, and fails the other as before.
            **dict.fromkeys(("Mbpp/2", "Mbpp/111", "Mbpp/249", "Mbpp/579"), _ORACLES),
            "Mbpp/160": _PATIENCE,
            **dict.fromkeys(("Mbpp/392", "Mbpp/599"), _A_MINUTE),
        },
    ),
    "qwen2.5 java": Known("multipl-e:java", f"{_MULTIPL_E}/pred_java_output.jsonl", "multipl_e", {"pass@1": 53.16}),
    "qwen2.5 js": Known("multipl-e:js", f"{_MULTIPL_E}/pred_js_output.jsonl", "multipl_e", {"pass@1": 60.25}),
    "qwen2.5 cpp": Known("multipl-e:cpp", f"{_MULTIPL_E}/pred_cpp_output.jsonl", "multipl_e", {"pass@1": 62.11}),
}  # fmt: skip


def data_folder() -> Path:
    named = os.environ.get("ASSAY_TEST_DATA")
    return Path(named) if named else Path(__file__).parents[2] / "shared" / "data"


def graded(known: Known, folder: Path) -> dict[str, Any]:
    """What `assay grade --json` says of the set."""
    answers, data = data_folder() / known.path, data_folder() / known.data
    command = [
        sys.executable, "-m", "assay", "grade", known.suite, f"set={answers}", "--data", str(data), "--json",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)["answers"]["set"]
    return found


def say(name: str, known: Known, found: dict[str, Any], seconds: float) -> int:
    """Prints one set; how many differences are not explained."""
    print(f"{name} ({known.suite}): {found['samples']} answers, {found['missing']} missing, {seconds:.0f} s")
    unexplained = found["missing"]
    for part, published in known.published.items():
        ours = 100 * _part(found, part)
        print(f"  {part:<8} published {published:6.2f}   ours {ours:6.2f}")
    if not found["verdicts_in_file"]:
        print("  the file holds no verdict of its own")
        part, published = next(iter(known.published.items()))
        unexplained += abs(100 * _part(found, part) - published) >= 0.05
    for one in found["file_says_otherwise"]:
        reason = known.explained.get(one["task_id"], "")
        unexplained += not reason
        here = "passed" if one["passed"] else f"failed ({one['reason']})"
        there = "passed" if one["file"] else "failed"
        print(f"  {one['task_id']}: {here} here, {there} there: {reason or 'UNEXPLAINED'}")
    if found["verdicts_in_file"] and not found["file_says_otherwise"]:
        print(f"  all {found['verdicts_in_file']} verdicts are the published ones")
    return int(unexplained)


def _part(found: dict[str, Any], part: str) -> float:
    if part == "pass@1":
        return float(found["pass_at"]["1"]["value"])
    counts: dict[str, int] = found["parts"][part]
    return counts.get("pass", 0) / sum(counts.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SETS))
    wanted = parser.parse_args().only.split(",")
    unexplained = 0
    for name in wanted:
        known = SETS[name]
        if not (data_folder() / known.path).exists():
            print(f"{name}: absent ({data_folder() / known.path})")
            continue
        with tempfile.TemporaryDirectory() as temporary:
            began = time.monotonic()
            found = graded(known, Path(temporary))
        unexplained += say(name, known, found, time.monotonic() - began)
    print(f"{unexplained} differences without an explanation")
    raise SystemExit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
