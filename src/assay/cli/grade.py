"""`assay grade`: judge answers that exist already, those of files or those of a run."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assay.cli.exits import APPARATUS, DONE
from assay.cli.options import as_json, day, print_json

if TYPE_CHECKING:
    from assay.config import Configured
    from assay.store.journal import RunFolder
    from assay.wiring.grading import Graded


def _counts(context: click.Context, parameter: click.Parameter, text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    try:
        found = tuple(dict.fromkeys(int(part) for part in text.split(",")))
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: write numbers with commas between, as 1,10,100") from error
    if min(found) < 1:
        raise click.BadParameter(f"{text!r}: pass@k begins with k = 1")
    return found


@click.command("grade")
@click.argument("suite", required=False, metavar="[SUITE]")
@click.argument("answers", nargs=-1, metavar="[NAME=]ANSWERS…")
@click.option("-k", "ks", callback=_counts, metavar="K,…", help="For pass@k.  [default: 1, 10 and 100, as defined]")
@click.option("--data", default="", metavar="PATH", help="The benchmark's official file, or a folder that holds it.")
@click.option("--since", default="", callback=day, metavar="DAY", help="Only tasks published on this day or later.")
@click.option("--until", default="", callback=day, metavar="DAY", help="Only tasks published on this day or before.")
@click.option("--strict", is_flag=True, help="Where tests share a process with the answer, also judge from outside.")
@click.option(
    "--sandbox", default="", metavar="KIND[:IMAGE]", help="docker:IMAGE or podman:IMAGE.  [default: built in]"
)
@click.option("--name", default="", metavar="RUN", help="Of the run that it becomes; the same name goes on.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where official results go.  [the run]")
@click.option("--run", "again", metavar="RUN", help="Instead of files: judge the answers of this run again, for good.")
@click.option(
    "--judge-model", default="", metavar="MODEL", help="With --run: what rules judge in `refusals`, by a model."
)
@click.option(
    "--max-cost", type=click.FloatRange(min=0), metavar="USD", help="The most that the judging model may cost."
)
@click.option("--yes", is_flag=True, help="Do not ask before a judging model costs money.")
@as_json
def grade(
    suite: str | None,
    answers: tuple[str, ...],
    ks: tuple[int, ...],
    again: str | None,
    judge_model: str,
    max_cost: float | None,
    yes: bool,
    json: bool,
    **given: Any,
) -> int:
    """Judge answers in the official form of SUITE, asking no model: samples files, result files or folders.

    It prints pass@k with intervals, and writes the results in the official form as well as a run of their own.
    With --run, the answers of a run are judged again, and the new verdicts supersede the old ones, which stay in
    the record as earlier revisions.
    """
    if again is not None:
        if suite is not None:
            raise click.UsageError("--run judges the answers of a run: leave the suite and the files")
        return _grade_run(again, json=json, by=judge_model, max_cost=max_cost, yes=yes)
    if judge_model:
        raise click.UsageError("--judge-model judges the answers of a run: give it with --run")
    if suite is None or not answers:
        raise click.UsageError("give a suite and its answers (assay grade humaneval samples.jsonl), or --run RUN")
    return _grade_files(suite, answers, ks=ks, json=json, **given)


def _grade_run(name: str, *, json: bool, by: str, max_cost: float | None, yes: bool) -> int:
    from assay.cli.rejudge import as_object, rejudge, say
    from assay.store.runs import find_run
    from assay.wiring.session import runs_root

    folder = find_run(runs_root(), name)
    model = _judging_model(folder, by, max_cost=max_cost, yes=yes) if by else None
    result = rejudge(folder, record=True, by=model, max_cost=max_cost)
    if json:
        print_json(as_object(result))
    else:
        say(result)
    nothing = bool(result.result.kept) and result.result.kept == result.result.judged
    return APPARATUS if nothing else DONE


def _judging_model(folder: RunFolder, name: str, *, max_cost: float | None, yes: bool) -> Configured:
    from assay.cli.asking import confirm
    from assay.core.errors import UserError
    from assay.wiring.judging_model import choose_judge, estimate
    from assay.wiring.rejudging import judged_by_model

    suites = judged_by_model(folder.plan)
    if not suites:
        held = ", ".join(suite.name for suite in folder.plan.suites)
        raise UserError(f"--judge-model judges answers of the suite refusals; {folder.path.name} holds {held}")
    model = asyncio.run(choose_judge(name))
    replies = [one.completion for one in folder.latest().values() if one.suite in suites and one.completion]
    confirm(estimate(model, replies), yes=yes, ceiling=max_cost)
    return model


def _grade_files(
    suite: str,
    answers: tuple[str, ...],
    *,
    ks: tuple[int, ...],
    json: bool,
    data: str,
    since: str,
    until: str,
    strict: bool,
    sandbox: str,
    name: str,
    out: Path | None,
) -> int:
    from assay.cli.graded import as_object, say
    from assay.cli.progress import Progress
    from assay.wiring.grading import Grading, write_official
    from assay.wiring.suites import Wish

    wish = Wish(data=data, since=since, until=until, strict=strict, sandbox=sandbox)
    grading = Grading(suite, answers, wish=wish, name=name, command=shlex.join(["assay", *sys.argv[1:]]))
    progress = Progress(grading.owed(), jsonl=False)
    with progress:
        graded = grading.graded(asyncio.run(grading.judge(listen=progress)))
    files = write_official(graded, out or graded.folder.path)
    if json:
        print_json(as_object(graded, ks=ks, files=files))
    else:
        say(graded, ks=ks, files=files)
    for line in progress.why_missing():
        click.echo(f"missing: {line}", err=True)
    return APPARATUS if _all_missing(graded) else DONE


def _all_missing(graded: Graded) -> bool:
    return all(one.score is None for decisions in graded.decisions.values() for one in decisions)
