"""`assay scripted`: the server that the tests use, for people who want to try things without a key."""

from __future__ import annotations

import click


@click.command("scripted", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def scripted(arguments: tuple[str, ...]) -> int:
    """Serve scripted answers in five vendors' formats on this machine."""
    from assay.scripted.command import main

    return main(list(arguments))
