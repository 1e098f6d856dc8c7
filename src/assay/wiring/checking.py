"""`assay tasks check` put together: a suite, a judge, and what is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import msgspec

from assay.authoring.check import Finding, check_tasks
from assay.authoring.kills import KillRate, kill_rates
from assay.suites import load
from assay.suites.parts import Part
from assay.suites.select import select
from assay.wiring.judging import build_judge, make_grader, tools_for


class Checked(msgspec.Struct, frozen=True):
    tasks: int
    findings: list[Finding]
    unsupported: dict[str, str]
    """Languages that cannot be tried here, each with its reason."""
    without_variants: int = 0
    """Tasks that are only as they are written, so not part of another variant."""
    kill_rates: list[KillRate] = []
    """Of the mechanical mutants, if they were asked for."""


async def check_suite(
    source: str,
    *,
    languages: Sequence[str],
    categories: Sequence[str],
    ids: Sequence[str],
    variant: int = 0,
    part: Part | None = None,
    repeat: int | None = None,
    mutate: bool = False,
    sandbox: str = "",
) -> Checked:
    """Whatever the variant, what is wrong with a variants.toml is found as well. With `repeat`, all answers are judged
    so often."""
    suite = select(load(source, variant=variant), languages=languages, categories=categories, ids=ids)
    if part is not None:
        suite = msgspec.structs.replace(suite, tasks=tuple(task for task in suite.tasks if part.holds(task.id)))
    if not variant and any(task.variants for task in suite.tasks):
        load(source, variant=1)
    tools = {task.language: tools_for(task.language, grader=suite.grader) for task in suite.tasks}
    judge = build_judge(tools.values(), sandbox=sandbox)
    unsupported = {language: reason for language, tool in sorted(tools.items()) if (reason := judge.supports(tool))}
    able = tuple(task for task in suite.tasks if task.language not in unsupported)
    checked = msgspec.structs.replace(suite, tasks=able)
    grader = make_grader(suite.grader)
    parallel = (os.cpu_count() or 1) + 1
    times = {} if repeat is None else {"repeats": repeat, "wrong_repeats": repeat}
    rates: list[KillRate] = []
    try:
        findings = await check_tasks(checked, judge, grader, parallel=parallel, on_judged=_told("answers"), **times)
        if mutate:
            rates = await kill_rates(checked, judge, grader, parallel=parallel, on_judged=_told("mechanical mutants"))
    finally:
        await judge.close()
    return Checked(len(able), findings, unsupported, suite.without_variants, rates)


def _told(what: str) -> Callable[[int, int], None]:
    """How far it is, in one line on a terminal."""

    def tell(done: int, owed: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} of {owed} {what:<30}\r")

    return tell
