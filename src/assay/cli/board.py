"""`assay board`: the standings of one or more runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from assay.cli.options import as_json, print_json

if TYPE_CHECKING:
    from assay.reports.standing import Summary

SORTS = ("solved", "cost", "per-solved", "latency", "per-hour", "name")


@click.command("board")
@click.argument("names", nargs=-1, metavar="[RUN]…")
@click.option("--suite", "suites", multiple=True, metavar="SUITE", help="Only these suites.")
@click.option("--sort", type=click.Choice(SORTS), default="solved", show_default=True, help="Best first.")
@click.option(
    "--about", type=click.Choice(["like", "same", "whole"]), default="like", show_default=True,
    help="Intervals for tasks like these, these tasks run again, or the whole benchmark.",
)  # fmt: skip
@click.option(
    "--interval", type=click.Choice(["wilson", "exact", "jeffreys"]), default="wilson", show_default=True,
    help="Right on average, never too narrow (Clopper and Pearson's), or Jeffreys'.",
)  # fmt: skip
@click.option("--reprice", default="", metavar="DAY|FILE", help="Costs at the prices of a day, or of a file.")
@as_json
def board(names: tuple[str, ...], **given: Any) -> None:
    """The standings of one or more runs (default: the newest), each score with its interval and its ranks."""
    from assay.cli.summing_up import as_object, print_board
    from assay.reports.summary import summarise
    from assay.stats.binomial import Limits
    from assay.stats.estimands import DEFAULT, Estimand
    from assay.store.runs import find_run
    from assay.store.tables import Tables
    from assay.wiring.session import runs_root

    folders = [find_run(runs_root(), name) for name in names or ("",)]
    load = ("standings", "replies", "spent") if given["reprice"] else ("standings", "spent")
    with Tables(folders, load=load) as tables:
        if given["reprice"]:
            from assay.reports.repricing import reprice
            from assay.wiring.pricing import other_prices

            reprice(tables, other_prices(given["reprice"]))
        about = {"like": DEFAULT, "same": Estimand.SAME_TASKS, "whole": Estimand.WHOLE_BENCHMARK}[given["about"]]
        limits = Limits[given["interval"].upper()]
        summary = _chosen(summarise(tables, about=about, limits=limits), suites=given["suites"], sort=given["sort"])
    if given["json"]:
        print_json(as_object(summary))
    else:
        print_board(summary)


def _chosen(summary: Summary, *, suites: tuple[str, ...], sort: str) -> Summary:
    import msgspec

    from assay.core.errors import UserError
    from assay.core.names import did_you_mean
    from assay.reports.standing import sorted_by

    known = dict.fromkeys(one.suite for one in summary.standings)
    for name in suites:
        if name not in known:
            raise UserError(f"no trial of suite {name!r} in these runs: {did_you_mean(name, known)}")
    wanted = suites or tuple(known)
    return msgspec.structs.replace(
        summary,
        standings=sorted_by(sort, [one for one in summary.standings if one.suite in wanted]),
        slices=tuple(one for one in summary.slices if one.suite in wanted),
    )
