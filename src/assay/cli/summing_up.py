"""The end of a run: board on the terminal, files beside the records, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from assay.reports.board import board, board_text
from assay.reports.standing import Summary
from assay.reports.written import read_report, write_form
from assay.store.journal import RunFolder


def sum_up(folder: RunFolder, session: Mapping[str, Any], *, json: bool, jsonl: bool) -> float:
    """Prints and writes everything that a run ends with; returns the share of trials that are missing."""
    report = read_report([folder])
    summary = report.summary
    written = [path for form in ("html", "csv") for path in write_form(report, form)]
    written.append(folder.trials)
    if json:
        from assay.cli.options import print_json

        print_json({**session, **as_object(summary), "files": [str(path) for path in written]})
    elif not jsonl:
        print_board(summary)
        click.echo()
        for path in written:
            click.echo(f"  {path}")
    trials = sum(one.trials for one in summary.standings)
    return sum(one.missing for one in summary.standings) / trials if trials else 0.0


def print_board(summary: Summary) -> None:
    """In colour on a terminal, plain elsewhere."""
    import sys

    if not sys.stdout.isatty():
        click.echo(board_text(summary), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False)
    for part in board(summary):
        console.print(part)


def as_object(summary: Summary) -> dict[str, Any]:
    """Standings and slices for `--json`."""
    return {
        "standings": msgspec.to_builtins(summary.standings, str_keys=True),
        "slices": msgspec.to_builtins(summary.slices, str_keys=True),
        "notes": list(summary.notes),
        "gaps": msgspec.to_builtins(summary.gaps),
    }
