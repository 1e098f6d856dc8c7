"""`assay tasks check` put together: a suite, a judge, and what is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import msgspec

from assay.authoring.check import Finding, check_tasks
from assay.suites import load
from assay.suites.select import select
from assay.wiring.judging import build_judge, make_grader, tools_for


class Checked(msgspec.Struct, frozen=True):
    tasks: int
    findings: list[Finding]
    unsupported: dict[str, str]
    """Languages that cannot be tried here, each with its reason."""
    without_variants: int = 0
    """Tasks that are only as they are written, so not part of another variant."""


async def check_suite(
    source: str,
    *,
    languages: Sequence[str],
    categories: Sequence[str],
    ids: Sequence[str],
    variant: int = 0,
    sandbox: str = "",
) -> Checked:
    """Whatever the variant, what is wrong with a variants.toml is found as well."""
    suite = select(load(source, variant=variant), languages=languages, categories=categories, ids=ids)
    if not variant and any(task.variants for task in suite.tasks):
        load(source, variant=1)
    tools = {task.language: tools_for(task.language, grader=suite.grader) for task in suite.tasks}
    judge = build_judge(tools.values(), sandbox=sandbox)
    unsupported = {language: reason for language, tool in sorted(tools.items()) if (reason := judge.supports(tool))}
    able = tuple(task for task in suite.tasks if task.language not in unsupported)
    done = 0

    def on_task(task_id: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} of {len(able)} {task_id:<50}\r")

    try:
        findings = await check_tasks(
            msgspec.structs.replace(suite, tasks=able),
            judge,
            make_grader(suite.grader),
            parallel=(os.cpu_count() or 1) + 1,
            on_task=on_task,
        )
    finally:
        await judge.close()
    return Checked(len(able), findings, unsupported, suite.without_variants)
