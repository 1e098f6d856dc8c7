"""`assay suites`: which suites there are."""

from __future__ import annotations

from collections import Counter
from typing import Any

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
    from assay.core.errors import UserError
    from assay.reports.wording import counted
    from assay.suites import SUITES, load

    lines: list[dict[str, Any]] = []
    for name in SUITES:
        try:
            suite = load(name)
        except UserError as absent:
            lines.append({"name": name, "ready": False, "detail": str(absent)})
            continue
        languages = ", ".join(sorted({task.language for task in suite.tasks}))
        detail = f"{counted(len(suite.tasks), 'task')} in {languages}"
        lines.append(
            {"name": name, "ready": True, "version": suite.version, "tasks": len(suite.tasks), "detail": detail}
        )
    if json:
        print_json(lines)
        return
    for line in lines:
        click.echo(
            f"{line['name']} {line['version']}: {line['detail']}"
            if line["ready"]
            else f"{line['name']}: {line['detail']}"
        )


@suites.command("show")
@click.argument("name", metavar="SUITE")
@as_json
def show_suite(name: str, json: bool) -> None:
    """One suite: its version, its protocol, and how its tasks are spread."""
    from assay.reports.wording import counted
    from assay.suites import load

    suite = load(name)
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
