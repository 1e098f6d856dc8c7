"""`assay grade`: judge a run's answers again, for good."""

from __future__ import annotations

import click

from assay.cli.options import as_json, print_json


@click.command("grade")
@click.option("--run", "name", required=True, metavar="RUN", help="The run whose answers are judged again.")
@as_json
def grade(name: str, json: bool) -> None:
    """Judge the answers of a run again, asking no model. The new verdicts supersede the old ones, which stay
    in the record as earlier revisions."""
    from assay.cli.rejudge import as_object, rejudge, say
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    again = rejudge(find_run(runs_root(), name), record=True)
    if json:
        print_json(as_object(again))
    else:
        say(again)
