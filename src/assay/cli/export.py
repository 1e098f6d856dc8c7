"""`assay export`: a run in another tool's form."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("form", metavar="FORMAT")
@click.argument("name", default="", metavar="[RUN]")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="File or folder to write (default: after the run)."
)
def export(form: str, name: str, out: Path | None) -> None:
    """Write a run (default: the newest) so that another tool's own viewer or library opens it.

    Formats: inspect, lm-eval and openai-evals write a folder, a log for each model and suite; csv and parquet
    write one file, a line for each trial.
    """
    from assay.exchange.exports import exporter_of, place_for
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    exporter = exporter_of(form)
    folder = find_run(runs_root(), name)
    place = place_for(form, folder, out)
    for path in exporter(folder, place):
        click.echo(path)
