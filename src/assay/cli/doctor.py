"""`assay doctor`: what works here."""

from __future__ import annotations

import asyncio

import click
import msgspec

from assay.cli.coverage import matrix
from assay.cli.exits import APPARATUS, NO, Leave
from assay.cli.options import as_json, many, print_json


@click.group("doctor")
def doctor() -> None:
    """What this machine can judge and enforce, and what a served model can do."""


@doctor.command("machine")
@as_json
def machine(json: bool) -> int:
    """Toolchains and what the kernel allows, line by line, with what to do about what is missing. Exit code 1
    when answers cannot be judged safely here."""
    from assay.doctor.machine import examine

    lines = examine()
    if json:
        print_json(msgspec.to_builtins(lines))
    else:
        width = max(len(line.name) for line in lines)
        for line in lines:
            mark = "✓" if line.ok else "✗" if line.needed else "·"
            click.echo(f"{mark} {line.name:<{width}} {line.detail}")
            if not line.ok and line.remedy:
                click.echo(f"  {'':<{width}} → {line.remedy}")
    return NO if any(line.needed and not line.ok for line in lines) else 0


@doctor.command("endpoint")
@click.argument("target", metavar="URL|MODEL")
@click.option("--models", "models_file", type=click.Path(), metavar="FILE", help="Default: ./models.yaml.")
@click.option("--need", "needs", multiple=True, callback=many, metavar="CAPABILITY", help="Exit 1 without it.")
@click.option("--only", multiple=True, callback=many, metavar="CAPABILITY", help="Leave other probes out.")
@click.option(
    "--repeat", default=5, show_default=True, type=click.IntRange(1, 50), help="Calls where chance has a say."
)
@click.option("--context", default=8192, show_default=True, type=click.IntRange(0), help="Try so many tokens; 0: none.")
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for each call.")
@click.option("--max-cost", default=1.0, show_default=True, type=click.FloatRange(0), metavar="USD", help="Stop then.")
@as_json
def endpoint(
    target: str,
    models_file: str | None,
    needs: tuple[str, ...],
    only: tuple[str, ...],
    repeat: int,
    context: int,
    timeout: float,
    max_cost: float,
    json: bool,
) -> int:
    """What a served model can do, tried: chat, streaming, tool calls, filling in, context and more; what is broken,
    why, and what mends it. It asks the model some fifty short questions. Exit code 1 when something needed is
    missing, 3 when nobody answers."""
    from assay.cli.examined import Printer, foot, head
    from assay.doctor.endpoint.findings import Examined, Identity
    from assay.wiring.endpoint import Examination, examine_endpoint

    wanted = Examination(
        target=target, models_file=models_file, needs=needs, only=only, repeat=repeat, context=context,
        timeout=timeout, max_cost=max_cost,
    )  # fmt: skip

    printer = Printer()

    def tell(one: Identity | Examined) -> None:
        for line in [head(one)] if isinstance(one, Identity) else printer.lines_of(one):
            click.echo(line)

    report = asyncio.run(examine_endpoint(wanted, (lambda one: None) if json else tell))
    if json:
        print_json(msgspec.to_builtins(report))
    else:
        for line in foot(report):
            click.echo(line)
    if report.broke:
        raise Leave(APPARATUS, f"assay: {report.broke}")
    return NO if report.missing else 0


doctor.add_command(matrix)
