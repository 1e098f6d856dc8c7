"""`assay sql`: the records, asked in SQL."""

from __future__ import annotations

import sys

import click

from assay.cli.options import as_json, print_json


@click.command("sql")
@click.argument("query", metavar="QUERY")
@click.option("--run", "names", multiple=True, metavar="RUN", help="Default: all runs.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values instead of a table.")
@as_json
def sql(query: str, names: tuple[str, ...], as_csv: bool, json: bool) -> None:
    """Ask the records of runs a question in SQL, as in `assay sql "from scores"`.

    Views: trials (what holds now), decisions (every line), replies (every model call), scores. Nothing
    can be changed, and no file but the runs can be read.
    """
    from assay.core.errors import UserError
    from assay.store.query import query as ask
    from assay.store.runs import find_run, run_folders
    from assay.wiring.session import runs_root

    folders = [find_run(runs_root(), name) for name in names] or run_folders(runs_root())
    if not folders:
        raise UserError(f"there is no run in {runs_root()} yet; `assay run` makes one")
    answer = ask(folders, query)
    if json:
        print_json({"columns": answer.columns, "rows": answer.rows, "bad_lines": answer.bad_count})
    elif as_csv or not sys.stdout.isatty():
        _print_csv(answer.columns, answer.rows)
    else:
        _print_table(answer.columns, answer.rows)
    for line in answer.bad_lines[:5]:
        click.echo(f"passed over: {line.path} line {line.number}: {line.reason}", err=True)


def _print_csv(columns: list[str], rows: list[tuple[object, ...]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(_cell, row) for row in rows)


def _cell(value: object) -> object:
    """What has parts is JSON, which other programs can read."""
    import msgspec

    return msgspec.json.encode(value).decode() if isinstance(value, (dict, list)) else value


def _print_table(columns: list[str], rows: list[tuple[object, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from assay.formats.shown import visible

    table = Table(box=None)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text("" if value is None else visible(str(value))) for value in row))
    Console(highlight=False).print(table)
