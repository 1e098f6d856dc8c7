"""`assay models`: what could be measured here, and what to type for it."""

from __future__ import annotations

import asyncio

import click
import msgspec

from assay.cli.options import as_json, print_json


@click.group("models", invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """The models that could be used: keys present, local servers that answer, entries of models.yaml."""
    if context.invoked_subcommand is None:
        context.invoke(list_models, json=False)


@models.command("list")
@as_json
def list_models(json: bool) -> None:
    """What could be used, with the exact -m to type. No model is called."""
    from assay.wiring.listing import what_could_be_used

    found = asyncio.run(what_could_be_used())
    if json:
        print_json(msgspec.to_builtins(found))
        return
    for one in found:
        mark = "✓" if one.ready else "·"
        click.echo(f"{mark} {one.what:<28} {one.type_this:<44} {one.detail}".rstrip())


@models.command("ping")
@click.argument("names", nargs=-1, required=True, metavar="MODEL…")
@click.option("--models", "models_file", type=click.Path(), metavar="FILE", help="Default: ./models.yaml.")
def ping(names: tuple[str, ...], models_file: str | None) -> None:
    """One cheap call to each model named: key, id, streaming, usage, price. It may cost a fraction of a cent."""
    from assay.cli.exits import APPARATUS, Leave
    from assay.wiring.listing import ping_models

    answers = asyncio.run(ping_models(names, models_file))
    for one in answers:
        click.echo(f"{'✓' if not one.fault else '✗'} {one.entrant.name}: {one.fault or 'answers'}")
        for note in one.notes:
            click.echo(f"    {note}")
    if any(one.fault for one in answers):
        raise Leave(APPARATUS)
