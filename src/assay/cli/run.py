"""`assay run`: ask, judge, sum up."""

from __future__ import annotations

import asyncio
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assay.cli.exits import APPARATUS, DONE, INTERRUPTED, TERMINATED, UNDECIDED, Leave
from assay.cli.options import as_json, day, many

if TYPE_CHECKING:
    from assay.core.run import Question
    from assay.engine.run import Ended
    from assay.engine.stopping import Watch


@click.command("run")
@click.argument("suites", nargs=-1, metavar="[SUITE]…")
@click.option(
    "-m", "--model", "models", multiple=True, metavar="MODEL", help="A name from models.yaml or a short form."
)
@click.option(
    "--models", "models_file", type=click.Path(path_type=Path), metavar="FILE", help="Default: ./models.yaml."
)
@click.option("-n", "--samples", type=click.IntRange(min=1), default=1, show_default=True, help="Answers per task.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first N tasks of the committed random order.")
@click.option("--language", "languages", multiple=True, callback=many, metavar="L", help="Only these languages.")
@click.option("--category", "categories", multiple=True, callback=many, metavar="C", help="Only these categories.")
@click.option("--since", default="", callback=day, metavar="DAY", help="Only tasks published on this day or later.")
@click.option("--until", default="", callback=day, metavar="DAY", help="Only tasks published on this day or before.")
@click.option("--data", default="", metavar="PATH", help="The benchmark's official file, or a folder that holds it.")
@click.option("--protocol", type=click.Choice(["official", "assay"]), help="How to ask, where the two differ.")
@click.option("--variant", type=click.IntRange(min=0), default=0, metavar="N", help="The tasks renamed and re-worded.")
@click.option("--strict", is_flag=True, help="Where tests share a process with the answer, also judge from outside.")
@click.option(
    "--sandbox", default="", metavar="KIND[:IMAGE]", help="docker:IMAGE or podman:IMAGE.  [default: built in]"
)
@click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="USD", help="Never spend more.")
@click.option("--yes", is_flag=True, help="Do not ask before spending.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and what it may cost; do nothing.")
@click.option("--until-decided", is_flag=True, help="Stop as soon as it is certain which model is better.")
@click.option(
    "--margin", type=click.FloatRange(0, 50), default=3.0, show_default=True, metavar="POINTS",
    help="For --until-decided: so little is no difference.",
)  # fmt: skip
@click.option(
    "--power", type=click.FloatRange(0.5, 0.999), default=0.8, show_default=True, metavar="P",
    help="For --until-decided: of what is said about tasks that were not run.",
)  # fmt: skip
@click.option("--seed", type=int, help="Of the committed order.  [default: 0]")
@click.option("--name", default="", metavar="RUN", help="Name of the run; the same name goes on with it.")
@click.option("--resume", is_flag=False, flag_value="", metavar="[RUN]", help="Go on with a run (default: the newest).")
@click.option("--no-retry-missing", is_flag=True, help="On going on, leave trials alone that broke before.")
@click.option("--reuse", default="", metavar="RUN", help="Take equal answers of another run, at no cost.")
@click.option(
    "--allow-missing", type=click.FloatRange(0, 100), default=1.0, show_default=True, metavar="P",
    help="Percent of trials that may be missing before the exit code is 3.",
)  # fmt: skip
@click.option("--concurrency", type=click.IntRange(min=1), help="Most calls at once per endpoint.")
@click.option("--on", "machine", type=click.Choice(["local"]), default="local", help="Where to run.")
@click.option("--jsonl", is_flag=True, help="Stream decided trials to stdout as JSON lines.")
@as_json
def run(**given: Any) -> int:
    """Ask models to solve the tasks of suites (default: core), judge the answers, sum them up.

    A SUITE is a name (`assay suites` lists them) or a folder of tasks. Without -m: ./models.yaml if
    there is one, else the built-in entrants, which are no models but prove that everything works.
    """
    from assay.wiring.session import RunOptions
    from assay.wiring.suites import Wish

    options = RunOptions(
        suites=given["suites"],
        models=given["models"],
        models_file=given["models_file"],
        samples=given["samples"],
        limit=given["limit"],
        wish=Wish(
            languages=given["languages"],
            categories=given["categories"],
            since=given["since"],
            until=given["until"],
            data=given["data"],
            protocol=given["protocol"] or "",
            variant=given["variant"],
            strict=given["strict"],
            sandbox=given["sandbox"],
        ),
        max_cost=given["max_cost"],
        seed=given["seed"],
        name=given["name"],
        resume=given["resume"],
        retry_missing=not given["no_retry_missing"],
        reuse=given["reuse"],
        concurrency=given["concurrency"],
        question=_question(given),
        command=_typed(),
    )
    try:
        return asyncio.run(_run(options, given))
    except asyncio.CancelledError as error:
        raise Leave(INTERRUPTED, "stopped at once; the same command with the same --name goes on") from error


def _question(given: dict[str, Any]) -> Question | None:
    from assay.core.run import Question

    return Question(margin=given["margin"] / 100, power=given["power"]) if given["until_decided"] else None


async def _run(options: Any, given: dict[str, Any]) -> int:
    from assay.cli.asking import announce, confirm, refuse_faults
    from assay.cli.progress import Progress
    from assay.cli.summing_up import sum_up
    from assay.engine.budget import BudgetExhausted
    from assay.wiring.session import open_session
    from assay.wiring.work import AtWork

    stop, terminated = _stop_on_signals()
    session = await open_session(options)
    estimate = session.estimate()
    announce(session, estimate, quiet=given["json"])
    if given["dry_run"]:
        return 0
    confirm(estimate, yes=given["yes"], ceiling=given["max_cost"])
    owed = session.owed_trials()
    progress = Progress(
        {entrant.name: owed[entrant.entrant_hash].total() for entrant in session.entrants}, jsonl=given["jsonl"]
    )
    async with AtWork(session, listen=progress, stop=stop) as work:
        try:
            checked = await work.preflight()
        except BudgetExhausted as error:
            work.discard_if_empty()
            raise Leave(UNDECIDED, f"stopped by --max-cost before the first trial: {error}") from error
        if any(one.fault for one in checked):
            work.discard_if_empty()
        refuse_faults(checked)
        with progress:
            ended = await work.run(expected=estimate.trials, estimate_usd=estimate.usd)
        spent = work.spent
    answers = _answers(work.watch)
    session_facts = {
        "run": work.folder.path.name,
        "decided": ended.decided,
        "stopped_by": ended.stopped_by,
        "spent_usd": spent,
        "possibly_paid": session.standing.possibly_paid,
        "memory_peak_mb": _peak_mb(),
        **({"answers": answers} if work.watch else {}),
    }
    missing_share = sum_up(work.folder, session_facts, json=given["json"], jsonl=given["jsonl"])
    for line in answers:
        click.echo(line, err=given["json"] or given["jsonl"])
    for line in progress.why_missing():
        click.echo(f"missing: {line}", err=True)
    return _way_out(
        session.plan.run_id, ended, missing_share, terminated=bool(terminated), allowed=given["allow_missing"]
    )


def _answers(watch: Watch | None) -> list[str]:
    """What the run's question came to."""
    from assay.engine.stopping import said

    if watch is None:
        return []
    watch.look(again=True)
    return said(watch.pairs, watch.question)


def _way_out(run_id: str, ended: Ended, missing_share: float, *, terminated: bool, allowed: float) -> int:
    go_on = f"go on with: assay run --resume {run_id}"
    if ended.stopped_by == "interrupted":
        raise Leave(TERMINATED if terminated else INTERRUPTED, f"stopped; {go_on}")
    if ended.stopped_by == "budget":
        raise Leave(UNDECIDED, f"stopped by --max-cost: {ended.why}; {go_on} --max-cost MORE")
    if missing_share * 100 > allowed:
        raise Leave(
            APPARATUS,
            f"{missing_share:.1%} of the trials are missing, more than --allow-missing {allowed:g} % allows;"
            f" see the reasons above, then {go_on}",
        )
    return DONE


def _stop_on_signals() -> tuple[asyncio.Event, list[int]]:
    """A first Ctrl-C stops cleanly; a second one at once. The list says whether it was SIGTERM."""
    stop = asyncio.Event()
    terminated: list[int] = []
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()

    def on_signal(signum: int) -> None:
        if signum == signal.SIGTERM:
            terminated.append(signum)
        if stop.is_set() and task is not None:
            task.cancel()
            return
        print("stopping: waiting for the answers that are on their way (again: at once)", file=sys.stderr)
        stop.set()

    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, on_signal, signum)
    return stop, terminated


def _peak_mb() -> int:
    """Of this process so far: before board and report are made, which need more than the run did."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def _typed() -> str:
    import shlex

    return shlex.join(["assay", *sys.argv[1:]])
