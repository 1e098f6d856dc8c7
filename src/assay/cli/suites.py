"""`assay suites`: which suites there are, and their official files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from assay.cli.options import as_json, print_json

if TYPE_CHECKING:
    from assay.suites.official_data import OfficialFile


@click.group("suites", invoke_without_command=True)
@click.pass_context
def suites(context: click.Context) -> None:
    """The suites there are: list, get, show. A folder of your own tasks is a suite too."""
    if context.invoked_subcommand is None:
        context.invoke(list_suites, json=False)


@suites.command("list")
@as_json
def list_suites(json: bool) -> None:
    """All suites that are known by name, and whether their data is here."""
    from assay.suites.listed import SUITES

    lines = [_line(name, listed) for name, listed in SUITES.items()]
    if json:
        print_json(lines)
        return
    width = max(len(line["name"]) for line in lines)
    for line in lines:
        click.echo(f"{line['name']:<{width}}  {line['about']}: {line['detail']}")
        if line["parts"]:
            click.echo(f"{'':<{width}}  :{', :'.join(line['parts'])}")


def _line(name: str, listed: Any) -> dict[str, Any]:
    from assay.suites import official_files
    from assay.suites.official_data import place_of

    files = official_files(name)
    missing = [file.name for file in files if not place_of(file).exists()]
    if missing:
        detail = f"not here; assay suites get {name}"
    elif files:
        detail = "ready"
    elif listed.files:
        detail = f"a part at a time; assay suites get {name}:{listed.parts[0]}"
    else:
        detail = "read from --data" if "data" in listed.takes else "ready"
    if not listed.verified:
        detail += "; unverified: never run on its official rows"
    return {
        "name": name, "about": listed.about, "parts": list(listed.parts), "ready": not missing,
        "verified": listed.verified, "detail": detail,
    }  # fmt: skip


@suites.command("get")
@click.argument("names", nargs=-1, required=True, metavar="SUITE…")
def get_suites(names: tuple[str, ...]) -> None:
    """Download the official files of suites, each proven by its hash; what was begun is gone on with."""
    import asyncio

    from assay.suites import load, official_files

    for name in names:
        files = official_files(name)
        if not files:
            load(name)  # which says what to put where, if anything is missing
            click.echo(f"{name}: nothing to download; its tasks are here")
        for file in files:
            click.echo(asyncio.run(_get(file)))


async def _get(file: OfficialFile) -> str:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from assay.suites.download import download

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        shown = bar.add_task(file.name, total=file.size or None)
        path = await download(file, progress=lambda have: bar.update(shown, completed=have))
    return str(path)


@suites.command("show")
@click.argument("name", metavar="SUITE")
@click.option("--data", default="", metavar="PATH", help="The benchmark's official file, or a folder that holds it.")
@as_json
def show_suite(name: str, data: str, json: bool) -> None:
    """One suite: its version, its protocol, and how its tasks are spread."""
    from assay.reports.wording import counted
    from assay.wiring.suites import Wish, load_wished

    suite = load_wished(name, Wish(data=data))
    spread = {
        field: dict(sorted(Counter(getattr(task, field) for task in suite.tasks).items()))
        for field in ("language", "category", "difficulty")
    }
    if json:
        print_json({"name": suite.name, "version": suite.version, "protocol": suite.protocol, **spread})
        return
    click.echo(f"{suite.name} {suite.version}: {counted(len(suite.tasks), 'task')}, protocol {suite.protocol}")
    for field, counts in spread.items():
        click.echo(f"  {field}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
