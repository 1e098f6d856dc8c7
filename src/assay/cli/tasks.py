"""`assay tasks`: the tasks of a suite, and whether they prove themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assay.cli.exits import NO
from assay.cli.options import as_json, many, print_json

if TYPE_CHECKING:
    from assay.authoring.kills import KillRate

_variant = click.option(
    "--variant", type=click.IntRange(min=0), default=0, metavar="N", help="As the tasks are in that variant."
)


_sandbox = click.option(
    "--sandbox", default="", metavar="KIND[:IMAGE]",
    help="docker:IMAGE or podman:IMAGE; docker or podman for tasks with images of their own.  [default: built in]",
)  # fmt: skip


@click.group("tasks")
def tasks() -> None:
    """The tasks of a suite: list, show, check; and judge, for one answer."""


@tasks.command("list")
@click.argument("suite", default="core", metavar="[SUITE]")
@click.option("--language", "languages", multiple=True, callback=many, metavar="L", help="Only these languages.")
@click.option("--category", "categories", multiple=True, callback=many, metavar="C", help="Only these categories.")
@as_json
def list_tasks(suite: str, languages: tuple[str, ...], categories: tuple[str, ...], json: bool) -> None:
    """The tasks of a suite (default: core), a line each."""
    from assay.reports.wording import counted
    from assay.suites import load
    from assay.suites.select import select

    found = select(load(suite), languages=languages, categories=categories).tasks
    if json:
        fields = ("id", "title", "language", "category", "difficulty", "variants")
        print_json([{field: getattr(task, field) for field in fields} for task in found])
        return
    for task in found:
        mark = "*" if task.variants else " "
        click.echo(f"{task.id:<36}{mark} {task.category:<11} {task.difficulty:<7} {task.title}")
    if any(task.variants for task in found):
        fresh = sum(task.variants > 0 for task in found)
        click.echo(f"* {counted(fresh, 'task')} with variants: --variant N makes them anew", err=True)


@tasks.command("show")
@click.argument("suite", metavar="SUITE")
@click.argument("task", metavar="TASK")
@click.option("--reveal", is_flag=True, help="Also the stored solution.")
@_variant
def show_task(suite: str, task: str, reveal: bool, variant: int) -> None:
    """What a model is asked in one task."""
    from assay.core.errors import UserError
    from assay.core.names import did_you_mean
    from assay.suites import load

    known = {one.id: one for one in load(suite, variant=variant).tasks}
    if task not in known:
        raise UserError(f"suite '{suite}' has no task '{task}'; {did_you_mean(task, known)}")
    found = known[task]
    if variant and not found.variants:
        raise UserError(f"{task}: there is no variant {variant}; it is only as it is written")
    for message in found.ask.messages:
        click.echo(message.content.rstrip())
    if reveal:
        for path, text in found.solution.items():
            click.echo(f"\n── solution: {path} ──\n{text.rstrip()}")


@tasks.command("check")
@click.argument("suite", default="core", metavar="[FOLDER]")
@click.option("--language", "languages", multiple=True, callback=many, metavar="L", help="Only these languages.")
@click.option("--category", "categories", multiple=True, callback=many, metavar="C", help="Only these categories.")
@click.option("--task", "ids", multiple=True, metavar="GLOB", help="Only tasks whose id matches.")
@click.option("--part", metavar="K/N", help="Only the tasks that fall into the Kth of N parts.")
@click.option(
    "--repeat", type=click.IntRange(min=1), metavar="N",
    help="Judge every answer N times.  [default: solutions twice, wrong answers once]",
)  # fmt: skip
@click.option("--mutate", is_flag=True, help="Also make mutants of Python solutions: how many do the cases notice?")
@_variant
@_sandbox
@as_json
def check(
    suite: str,
    languages: tuple[str, ...],
    categories: tuple[str, ...],
    ids: tuple[str, ...],
    part: str | None,
    repeat: int | None,
    mutate: bool,
    variant: int,
    sandbox: str,
    json: bool,
) -> int:
    """Does each task prove itself? Its solution passes; an empty answer, the starting files and every mutant
    fail; and they do so again. Exit code 1 when one does not."""
    from assay.reports.wording import by_reason, counted, of_variant
    from assay.suites.parts import parse_part
    from assay.wiring.checking import check_suite

    checked = asyncio.run(
        check_suite(
            suite, languages=languages, categories=categories, ids=ids, part=None if part is None else parse_part(part),
            repeat=repeat, mutate=mutate, variant=variant, sandbox=sandbox,
        )
    )  # fmt: skip
    if json:
        print_json(checked)
    else:
        for finding in checked.findings:
            click.echo(f"{finding.task_id}: {finding.text}")
        if mutate:
            _print_kill_rates(checked.kill_rates)
        for lacking, reason in by_reason(checked.unsupported):
            click.echo(f"not checked, {lacking}: {reason}", err=True)
        if variant:
            click.echo(of_variant(variant, tasks=checked.tasks, others=checked.without_variants), err=True)
        found = counted(len(checked.findings), "finding")
        click.echo(f"{counted(checked.tasks, 'task')} checked, {found}", err=True)
    return NO if checked.findings else 0


def _print_kill_rates(rates: Sequence[KillRate]) -> None:
    from assay.reports.wording import percent

    if not rates:
        click.echo("no mechanical mutants: no task here is in Python and judged by cases", err=True)
        return
    for rate in rates:
        share = percent(rate.killed / rate.judged if rate.judged else None, places=0)
        unjudged = f"; {rate.unjudged} could not be judged here" if rate.unjudged else ""
        click.echo(f"{rate.task_id}: {rate.killed} of {rate.judged} mechanical mutants fail ({share}){unjudged}")
        for survivor in rate.survivors:
            click.echo(f"  passes: {survivor}")
    killed, judged = sum(rate.killed for rate in rates), sum(rate.judged for rate in rates)
    click.echo(f"together: {killed} of {judged} ({percent(killed / judged if judged else None, places=0)})")


@tasks.command("judge")
@click.argument("task", metavar="TASK")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@_sandbox
@as_json
def judge(task: str, folder: Path, sandbox: str, json: bool) -> int:
    """Judge what lies in FOLDER as an answer to the task in the folder TASK. Exit code 1 when it does not pass."""
    from assay.core.trial import Status
    from assay.wiring.one_answer import judge_answer

    verdict = asyncio.run(judge_answer(task, folder, sandbox=sandbox))
    if json:
        print_json(verdict)
    else:
        click.echo(f"{verdict.status}: {verdict.reason}" if verdict.reason else str(verdict.status))
    return 0 if verdict.status is Status.PASSED else NO
