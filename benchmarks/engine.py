"""One-call trials against a zero-latency server: Assay and Inspect AI on the same work in the same run.

    python benchmarks/engine.py [--trials 10000] [--large 200000] [--without-peer]

Both ask the same scripted server (100 prompts, repeated), both check the answer, both write their log.
Prints wall and processor seconds, the peak of memory, the ratios, and whether Assay's memory stays flat
when the run is twenty times as long.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import Measured, line, measure, peer

PROMPTS = 100
INSPECT = ("inspect-ai==0.3.285", "openai")

TASK_TOML = """title = "Add {n}"
language = "python"
category = "generation"
difficulty = "easy"
entry = "answer.py"
api = ["def add(a: int, b: int) -> int"]
judge = "cases"
origin = "original"
licence = "Apache-2.0"
"""
ANSWER = "def add(a: int, b: int) -> int:\n    return a + b\n"
MUTANTS = {"minus": "a - b", "first": "a", "times": "a * b"}

INSPECT_TASK = """
import json
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

@task
def adding():
    prompts = json.load(open({prompts!r}))
    samples = [Sample(input=prompt, target="return a + b", id=n) for n, prompt in enumerate(prompts)]
    return Task(dataset=samples, solver=generate(), scorer=includes())
"""


def write_suite(folder: Path) -> list[str]:
    """A suite of `PROMPTS` small tasks; returns the prompts, for the peer to ask the same."""
    folder.mkdir(parents=True)
    (folder / "suite.toml").write_text('name = "adding"\nversion = "1"\ntitle = "Adding"\nlicence = "Apache-2.0"\n')
    prompts = []
    for n in range(PROMPTS):
        task = folder / "tasks" / "python" / f"add-{n:03}"
        prompts.append(f"Write `def add(a: int, b: int) -> int` which returns the sum of a and b. (No. {n})\n")
        case = {"call": "add", "args": [n, 2], "returns": n + 2}
        files = {
            "task.toml": TASK_TOML.format(n=n),
            "prompt.md": prompts[-1],
            "tests/cases.jsonl": json.dumps(case) + "\n",
            "solution/answer.py": ANSWER,
        }
        files |= {f"mutants/{name}/answer.py": ANSWER.replace("a + b", wrong) for name, wrong in MUTANTS.items()}
        for name, text in files.items():
            (task / name).parent.mkdir(parents=True, exist_ok=True)
            (task / name).write_text(text)
    return prompts


@contextmanager
def fast_server() -> Iterator[str]:
    command = [sys.executable, "-m", "assay.scripted", "--fast", "--port", "0", "--text", f"```python\n{ANSWER}```"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert found is not None, "the scripted server did not start"
        try:
            yield found[0]
        finally:
            server.terminate()


def run_assay(suite: Path, url: str, runs: Path, *, trials: int) -> tuple[Measured, int]:
    """The whole command from outside, and its peak of memory before board and report are made, in MB."""
    command = [
        sys.executable, "-m", "assay", "run", str(suite), "-m", f"demo@{url}/v1",
        "-n", str(trials // PROMPTS), "--name", f"bench-{trials}", "--json",
    ]  # fmt: skip
    measured = measure(command, env={"ASSAY_RUNS": str(runs)})
    assert measured.exit_code == 0, measured.output
    found = json.loads(measured.output[measured.output.index("{") :].splitlines()[0])
    assert found["standings"][0]["passed"] == trials, measured.output
    return measured, found["memory_peak_mb"]


def run_inspect(prompts: list[str], url: str, folder: Path, *, trials: int) -> Measured:
    inspect = peer("inspect", *INSPECT) / "inspect"
    (folder / "prompts.json").write_text(json.dumps(prompts))
    (folder / "task.py").write_text(INSPECT_TASK.format(prompts=str(folder / "prompts.json")))
    command = [
        str(inspect), "eval", "task.py", "--model", "openai-api/bench/demo", "--epochs", str(trials // PROMPTS),
        "--max-connections", "100", "--max-samples", "100", "--display", "none", "--log-dir", str(folder / "logs"),
    ]  # fmt: skip
    env = {"BENCH_BASE_URL": f"{url}/v1", "BENCH_API_KEY": "none", "INSPECT_EVAL_MODEL": ""}
    measured = measure(command, env=env, cwd=folder)
    assert measured.exit_code == 0, measured.output
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=200_000, help="0 leaves the test of memory out")
    parser.add_argument("--without-peer", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, fast_server() as url:
        folder = Path(temporary)
        prompts = write_suite(folder / "adding")
        ours, asking = run_assay(folder / "adding", url, folder / "runs", trials=given.trials)
        print(line("Assay", ours, count=given.trials), flush=True)
        if not given.without_peer:
            theirs = run_inspect(prompts, url, folder, trials=given.trials)
            print(line("Inspect AI 0.3.285", theirs, count=given.trials), flush=True)
            print(f"ratio: wall {theirs.wall / ours.wall:.1f} ×, CPU {theirs.cpu / ours.cpu:.1f} ×")
        if given.large:
            long, asking_long = run_assay(folder / "adding", url, folder / "runs", trials=given.large)
            print(line("Assay, long", long, count=given.large), flush=True)
            times = given.large / given.trials
            print(f"memory while asking and judging: {asking} MB → {asking_long} MB for {times:.0f} × the trials")
            print(f"memory with board and report:    {ours.peak_mb:.0f} MB → {long.peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
