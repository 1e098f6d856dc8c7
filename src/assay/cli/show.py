"""`assay show`: one trial in full."""

from __future__ import annotations

import click


@click.command("show")
@click.argument("name", metavar="RUN")
@click.argument("task", metavar="TASK")
@click.option("-m", "--model", default="", metavar="MODEL", help="Which entrant, if several ran the task.")
@click.option("--sample", type=click.IntRange(min=0), help="Which sample.")
@click.option("--reveal", is_flag=True, help="Also what models must not see: the hidden case, the stored solution.")
def show(name: str, task: str, model: str, sample: int | None, reveal: bool) -> None:
    """One trial: prompt, reply, the code taken from it, the failing case, the log, time and cost."""
    from assay.reports.show import show_trial
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    folder = find_run(runs_root(), name)
    click.echo(show_trial(folder, task, model=model, sample=sample, reveal=reveal), nl=False)
