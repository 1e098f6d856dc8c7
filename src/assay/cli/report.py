"""`assay report`: a run as files for people."""

from __future__ import annotations

import click


@click.command("report")
@click.argument("name", default="", metavar="[RUN]")
def report(name: str) -> None:
    """Write report.html, results.csv and slices.csv of a run (default: the newest) into its folder."""
    from assay.cli.summing_up import write_all
    from assay.reports.summary import summarise
    from assay.store.runs import find_run
    from assay.store.tables import Tables
    from assay.wiring.session import runs_root

    folder = find_run(runs_root(), name)
    with Tables([folder]) as tables:
        summary = summarise(tables)
    for path in write_all(folder, summary)[:-1]:
        click.echo(path)
