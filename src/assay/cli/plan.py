"""`assay plan`: what a question costs before it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assay.cli.options import as_json, many, print_json

if TYPE_CHECKING:
    from assay.reports.planned import Planned


@click.command("plan")
@click.argument("suite", default="core", metavar="[SUITE]")
@click.option(
    "--difference", "differences", type=click.FloatRange(0, 100, min_open=True), multiple=True,
    default=(3.0, 5.0, 10.0), show_default=True, metavar="POINTS", help="The difference that you want to find.",
)  # fmt: skip
@click.option("--pilot", default="", metavar="RUN", help="Take spread, dollars and seconds from this run.")
@click.option("-m", "--model", "models", multiple=True, metavar="MODEL", help="Two models of the pilot.")
@click.option("--language", "languages", multiple=True, callback=many, metavar="L", help="Only these languages.")
@click.option("--category", "categories", multiple=True, callback=many, metavar="C", help="Only these categories.")
@click.option("--data", default="", metavar="PATH", help="The benchmark's official file, or a folder that holds it.")
@click.option("--power", type=click.FloatRange(0.5, 0.999), default=0.8, show_default=True, metavar="P")
@click.option("--level", type=click.FloatRange(0.5, 0.9999), default=0.95, show_default=True, metavar="P")
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Calls at once.")
@as_json
def plan(suite: str, **given: Any) -> None:
    """How many tasks and samples it takes to tell two models apart on a SUITE, in dollars and minutes, and how
    small a difference the suite can show at all. Asks no model."""
    from assay.wiring.planning import plan_named

    found = plan_named(
        suite,
        differences=given["differences"],
        pilot=given["pilot"],
        models=given["models"],
        languages=given["languages"],
        categories=given["categories"],
        data=given["data"],
        power=given["power"],
        level=given["level"],
        at_once=given["concurrency"],
    )
    if given["json"]:
        import msgspec

        print_json(msgspec.to_builtins(found))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Planned) -> Iterator[str]:
    from assay.reports.wording import counted, percent

    yield f"{found.suite}: {counted(found.tasks, 'task')}"
    yield f"spread: {found.scatter.source}"
    level, power = (percent(one, places=0) for one in (found.level, found.power))
    yield f"for tasks like these, at {level}, with a chance of {power}:"
    yield ""
    for reach in found.reach:
        samples = counted(reach.samples, "sample")
        yield f"  all tasks, {samples} of each: shows {reach.points:.1f} points{_price(reach.dollars, reach.minutes)}"
    yield ""
    for wanted in found.wanted:
        enough = "" if wanted.enough else f" (this suite has {found.tasks:,})"
        what = f"{counted(wanted.tasks, 'task')}{enough}, {counted(wanted.samples, 'sample')} of each"
        yield f"  {wanted.points:g} points: {what}{_price(wanted.dollars, wanted.minutes)}"


def _price(dollars: float | None, minutes: float | None) -> str:
    from assay.reports.wording import dollars as said

    parts = [f"{said(dollars)} for both" if dollars is not None else "", _time(minutes)]
    told = ", ".join(part for part in parts if part)
    return f"; {told}" if told else ""


def _time(minutes: float | None) -> str:
    if minutes is None:
        return ""
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"
