"""`assay export`: a run in another tool's form."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("form", metavar="FORMAT")
@click.argument("name", default="", metavar="[RUN|SUITE]")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="File or folder to write (default: after the run)."
)
def export(form: str, name: str, out: Path | None) -> None:
    """Write a run (default: the newest) so that another tool's own viewer or library opens it.

    Formats: inspect, lm-eval and openai-evals write a folder, a log for each model and suite; csv and parquet
    write one file, a line for each trial. harbor writes tasks: instead of a run, name a suite.
    """
    from assay.exchange.exports import OF_TASKS, exporter_of, place_for

    if form in OF_TASKS:
        _export_tasks(form, name or "core", out)
        return
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    exporter = exporter_of(form)
    folder = find_run(runs_root(), name)
    place = place_for(form, folder, out)
    for path in exporter(folder, place):
        click.echo(path)


def _export_tasks(form: str, source: str, out: Path | None) -> None:
    from assay.core.errors import UserError
    from assay.exchange.exports import free_place, task_exporter_of
    from assay.suites import load
    from assay.suites.folder import folder_of

    root = folder_of(source)
    if root is None:
        raise UserError(f"{source}: only suites that are folders can be written as tasks; name core, or a path")
    suite = load(source)
    place = free_place(out or Path(f"{suite.name}-{form}"))
    for path in task_exporter_of(form)(suite, root, place):
        click.echo(path)
