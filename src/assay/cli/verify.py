"""`assay verify`: would the same answers get the same verdicts here and now?"""

from __future__ import annotations

import click

from assay.cli.exits import NO
from assay.cli.options import as_json, print_json


@click.command("verify")
@click.argument("name", default="", metavar="[RUN]")
@as_json
def verify(name: str, json: bool) -> int:
    """Judge a run again from its records, asking no model and writing nothing, and compare. Exit code 1 when a
    verdict differs."""
    from assay.cli.rejudge import as_object, rejudge, say
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    again = rejudge(find_run(runs_root(), name), record=False)
    if json:
        print_json(as_object(again))
    else:
        say(again)
    return NO if again.result.differences else 0
