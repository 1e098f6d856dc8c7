"""`assay board`: the standings of one or more runs."""

from __future__ import annotations

import click

from assay.cli.options import as_json, print_json


@click.command("board")
@click.argument("names", nargs=-1, metavar="[RUN]…")
@as_json
def board(names: tuple[str, ...], json: bool) -> None:
    """The standings of one or more runs (default: the newest), each score with its interval."""
    from assay.cli.summing_up import as_object, print_board
    from assay.reports.summary import summarise
    from assay.store.runs import find_run
    from assay.store.tables import Tables
    from assay.wiring.session import runs_root

    with Tables([find_run(runs_root(), name) for name in names or ("",)]) as tables:
        summary = summarise(tables)
    if json:
        print_json(as_object(summary))
    else:
        print_board(summary)
