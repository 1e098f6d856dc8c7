"""`assay suites`: which suites there are."""

from __future__ import annotations

from collections import Counter

import click

from assay.cli.options import as_json, print_json


@click.group("suites", invoke_without_command=True)
@click.pass_context
def suites(context: click.Context) -> None:
    """The suites there are: list, show. A folder of your own tasks is a suite too."""
    if context.invoked_subcommand is None:
        context.invoke(list_suites, json=False)


@suites.command("list")
@as_json
def list_suites(json: bool) -> None:
    """All suites that are known by name."""
    from assay.suites import SUITES, load

    found = [load(name) for name in SUITES]
    if json:
        print_json([{"name": one.name, "version": one.version, "tasks": len(one.tasks)} for one in found])
        return
    for one in found:
        languages = sorted({task.language for task in one.tasks})
        click.echo(f"{one.name} {one.version}: {len(one.tasks)} tasks in {', '.join(languages)}")


@suites.command("show")
@click.argument("name", metavar="SUITE")
@as_json
def show_suite(name: str, json: bool) -> None:
    """One suite: its version, its protocol, and how its tasks are spread."""
    from assay.suites import load

    suite = load(name)
    spread = {
        field: dict(sorted(Counter(getattr(task, field) for task in suite.tasks).items()))
        for field in ("language", "category", "difficulty")
    }
    if json:
        print_json({"name": suite.name, "version": suite.version, "protocol": suite.protocol, **spread})
        return
    click.echo(f"{suite.name} {suite.version}: {len(suite.tasks)} tasks, protocol {suite.protocol}")
    for field, counts in spread.items():
        click.echo(f"  {field}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
