"""`assay doctor matrix`: what each model of a file can do, measured."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assay.cli.options import as_json, print_json

if TYPE_CHECKING:
    from assay.wiring.coverage import Row


@click.command("matrix")
@click.argument("models_file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@click.option("--runs", "runs", multiple=True, metavar="RUN", help="Take scores from these runs.  [default: all]")
@click.option("--no-probes", is_flag=True, help="Ask no endpoint: only what runs have shown.")
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for each call.")
@click.option("--max-cost", default=1.0, show_default=True, type=click.FloatRange(0), metavar="USD", help="Per model.")
@as_json
def matrix(
    models_file: Path | None, runs: tuple[str, ...], no_probes: bool, timeout: float, max_cost: float, json: bool
) -> None:
    """What each model of FILE (default: ./models.yaml) can do: tool calls and fill-in-the-middle by asking its
    endpoint, kinds of work and languages out of runs. What was not measured is said to be so."""
    from assay.wiring.coverage import coverage

    rows = asyncio.run(
        coverage(
            models_file,
            runs=runs,
            probe=not no_probes,
            timeout=timeout,
            max_cost=max_cost,
            tell=lambda name: click.echo(f"{name} …", err=True),
        )
    )
    if json:
        import msgspec

        print_json(msgspec.to_builtins(rows))
        return
    for line in _lines(rows):
        click.echo(line)


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    """A block for each model: solved per cent, between which limits, of how many tasks."""
    for row in rows:
        yield f"{row.model}{f'   (scores from {row.source})' if row.source else ''}"
        cells = {**row.cells, **{f"in {language}": cell for language, cell in row.languages.items()}}
        width = max(map(len, cells))
        for name, cell in cells.items():
            yield f"  {' ' if cell.known else '?'} {name:<{width}}  {cell.said}"
