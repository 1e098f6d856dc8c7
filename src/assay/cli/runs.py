"""`assay runs`: which runs there are."""

from __future__ import annotations

import time
from typing import Any

import click

from assay.cli.options import as_json, print_json

_SHOWN = 8
"""So many models are named; an imported board has hundreds."""


@click.group("runs", invoke_without_command=True)
@click.pass_context
def runs(context: click.Context) -> None:
    """The runs in ./runs (or $ASSAY_RUNS): list, show, remove."""
    if context.invoked_subcommand is None:
        context.invoke(list_runs, json=False)


@runs.command("list")
@as_json
def list_runs(json: bool) -> None:
    """All runs, newest first."""
    from assay.store.runs import run_folders
    from assay.wiring.session import runs_root

    lines: list[dict[str, Any]] = []
    for folder in run_folders(runs_root()):
        plan = folder.plan
        decided = len(folder.latest())
        lines.append(
            {
                "run": folder.path.name,
                "created": time.strftime("%Y-%m-%d %H:%M", time.localtime(plan.created_at)),
                "suites": [suite.name for suite in plan.suites],
                "models": [entrant.name for entrant in plan.entrants],
                "decided": decided,
                "planned": decided if plan.imported_from else plan.planned_trials,
                "imported_from": plan.imported_from,
                "given": plan.given,
                "running": folder.holder is not None,
            }
        )
    if json:
        print_json(lines)
        return
    if not lines:
        click.echo(f"no runs in {runs_root()} yet; `assay run` makes one", err=True)
    for line in lines:
        state = "running" if line["running"] else "done" if line["decided"] == line["planned"] else "unfinished"
        if line["given"] and state == "unfinished":
            state = "all that its files hold, or stopped before"
        if line["imported_from"]:
            state = f"imported from {line['imported_from']}"
        click.echo(
            f"{line['run']:<32} {line['created']}  {line['decided']:>7,} of {line['planned']:,} trials, {state}:"
            f" {_named(line['suites'])} × {_named(line['models'])}"
        )


def _named(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


@runs.command("show")
@click.argument("name", default="", metavar="[RUN]")
def show_run(name: str) -> None:
    """The frozen plan of a run, as JSON."""
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    click.echo(find_run(runs_root(), name).plan_path.read_text(encoding="utf-8"), nl=False)


@runs.command("rm")
@click.argument("name", metavar="RUN")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete a run and everything in it."""
    from assay.store.runs import find_run, remove_run
    from assay.wiring.session import runs_root

    folder = find_run(runs_root(), name)
    if not yes:
        click.confirm(f"Delete {folder.path} with {len(folder.latest()):,} decided trials?", abort=True, err=True)
    remove_run(folder)
    click.echo(f"deleted {folder.path}", err=True)
