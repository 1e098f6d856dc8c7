"""`assay mine`: private tasks out of a git history."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assay.cli.exits import NO
from assay.cli.options import as_json, day, many, print_json

if TYPE_CHECKING:
    from assay.authoring.mining.mine import Found, Mined


@click.command("mine")
@click.argument("repository", type=click.Path(path_type=Path), metavar="REPO")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the suite goes.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Stop at this many tasks.")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Read this many commits.")
@click.option("--since", default="", callback=day, metavar="DAY", help="Only commits since that day.")
@click.option("--until", default="", callback=day, metavar="DAY", help="Only commits up to that day.")
@click.option("--language", "languages", multiple=True, callback=many, metavar="L", help="Only these languages.")
@click.option("--command", default="", metavar="TEXT", help="The test command, instead of the one found.")
@click.option("--seconds", type=click.FloatRange(1, 3600), default=120, show_default=True, help="For one test run.")
@click.option("--sandbox", default="", metavar="ENGINE:IMAGE", help="Run the tests in containers of this image.")
@as_json
def mine(
    repository: Path,
    out: Path,
    most: int,
    limit: int,
    since: str,
    until: str,
    languages: tuple[str, ...],
    command: str,
    seconds: float,
    sandbox: str,
    json: bool,
) -> int:
    """Make private tasks out of a git history: of commits that change code and tests together, those whose tests fail
    before and pass after. Nothing of the repository runs outside the sandbox."""
    from assay.authoring.mining.mine import Wanted
    from assay.wiring.mining import mine_repository

    wanted = Wanted(
        out=out,
        most=most,
        limit=limit,
        since=since and f"{since}T00:00:00",
        until=until and f"{until}T23:59:59",
        languages=languages,
        command=command,
        seconds=seconds,
    )
    on_task = _no_task if json else _task
    found = asyncio.run(mine_repository(repository, wanted, sandbox=sandbox, on_commit=_progress, on_task=on_task))
    if json:
        print_json(found)
    else:
        _say(found, out)
    return 0 if found.tasks else NO


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<60}\r")


def _task(task: Mined) -> None:
    from assay.reports.wording import counted

    tests = f"{counted(task.fixed, 'test')} mended, {task.kept} kept"
    click.echo(f"{task.id}: {tests}, {counted(task.mutants, 'mutant')}")


def _no_task(task: Mined) -> None:
    """All of them are in the object at the end."""


def _say(found: Found, out: Path) -> None:
    from assay.reports.wording import counted

    for reason, count in found.dropped.items():
        click.echo(f"dropped {count}: {reason} ({found.examples[reason]})", err=True)
    flaky = sum(task.flaky for task in found.tasks)
    if flaky:
        click.echo(f"left out: {counted(flaky, 'test')} that did not end alike each time", err=True)
    if found.left_out:
        click.echo(f"left out of the trees: {counted(found.left_out, 'file')}, too large or no text", err=True)
    shown = out if "/" in str(out) else f"./{out}"
    written = counted(len(found.tasks), "task")
    click.echo(f"{counted(found.commits, 'commit')} read, {found.tried} tried, {written} written to {shown}", err=True)
