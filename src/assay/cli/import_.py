"""`assay import`: another tool's results as a run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assay.cli.options import as_json, print_json


@click.command("import")
@click.argument("tool", metavar="FORMAT")
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--name", default="", metavar="RUN", help="What to call the run (default: after the file).")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Of the suite, where PATH holds tasks.")
@as_json
def import_(tool: str, path: Path, name: str, out: Path | None, json: bool) -> None:
    """Read the results of another tool, a file or a folder of them, into a run that every command works on.

    Formats: inspect, lm-eval, evalplus, bigcode, openai-evals, swebench, livecodebench, aider, harbor, nemo,
    promptfoo; and csv and parquet as `assay export` writes them. Nothing is judged and no model is asked.
    Tasks of harbor become a suite in a folder.
    """
    if tool == "harbor":
        from assay.exchange.tasks.harbor_read import are_tasks

        if are_tasks(path):
            _import_tasks(path, out, json=json)
            return
    from assay.exchange.imports import reader_of
    from assay.exchange.imports.writer import write_run
    from assay.reports.wording import counted
    from assay.wiring.session import new_run_id, runs_root

    root = runs_root()
    reader = reader_of(tool)
    run_id = new_run_id(name, [f"{tool}-{path.stem}"])
    notes: list[str] = []
    imported = write_run(
        root, run_id, reader(path, notes.append), tool=tool, command=f"assay import {tool} {path.name} --name {run_id}"
    )
    notes += imported.notes
    models, suites = (sorted({one.name for one in part}) for part in (imported.plan.entrants, imported.plan.suites))
    if json:
        print_json({"run": run_id, "trials": imported.trials, "models": models, "suites": suites, "notes": notes})
        return
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(
        f"{run_id}: {counted(imported.trials, 'line')} of {_listed(models, 'model')} on {_listed(suites, 'suite')}"
    )
    if sys.stdout.isatty():
        click.echo(f"  assay board {run_id}", err=True)


def _import_tasks(path: Path, out: Path | None, *, json: bool) -> None:
    from assay.exchange.tasks.harbor_read import read_tasks
    from assay.reports.wording import counted
    from assay.suites.writing import begin_suite, put

    notes: list[str] = []

    def note(text: str) -> None:
        notes.append(text)
        if not json:
            click.echo(f"note: {text}", err=True)

    place = out or Path(f"{path.resolve().name}-suite")
    tasks = read_tasks(path, note)
    begin_suite(place, title="Tasks of Harbor")
    for task_id, files in tasks.items():
        for inner, text in files.items():
            put(place / "tasks" / task_id / inner, text)
    if json:
        print_json({"suite": str(place), "tasks": sorted(tasks), "notes": notes})
        return
    click.echo(f"{place}: {counted(len(tasks), 'task')}; next: assay tasks check {place}")


def _listed(names: list[str], what: str) -> str:
    from assay.reports.wording import counted

    return ", ".join(names) if len(names) <= 4 else counted(len(names), what)
