"""`assay report`: one or more runs as files for people."""

from __future__ import annotations

from pathlib import Path

import click

_FORMS = ("html", "md", "csv", "png", "svg", "parquet")


@click.command("report")
@click.argument("names", nargs=-1, metavar="[RUN]…")
@click.option(
    "--format", "forms", multiple=True, type=click.Choice(_FORMS),
    help="html, md, csv or parquet tables, png or svg pictures; may be repeated. Default: html and csv.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), help="A folder, or one .html or .md file. Default: the run's folder."
)
def report(names: tuple[str, ...], forms: tuple[str, ...], out: Path | None) -> None:
    """Write a run (default: the newest) as files for people. Several runs make one report over the suites that all of
    them hold, in the folder `report`."""
    from assay.reports.written import read_report, write_form
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    made = read_report([find_run(runs_root(), name) for name in dict.fromkeys(names) or ("",)])
    for form in forms or ("html", "csv"):
        for path in write_form(made, form, out):
            click.echo(path)
