"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

Command = Callable[..., Any]


def as_json(command: Command) -> Command:
    return click.option("--json", is_flag=True, help="Print one JSON object at the end, and nothing else.")(command)


def many(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """`--language go --language rust` and `--language go,rust` mean the same."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def day(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A day as `2024-08-01`; a month, `2024-08`, is its first day for --since and its last for --until."""
    import calendar
    import datetime

    if not value:
        return ""
    try:
        if value.count("-") == 1:
            first = datetime.date.fromisoformat(f"{value}-01")
            last = calendar.monthrange(first.year, first.month)[1]
            return first.replace(day=last if parameter.name == "until" else 1).isoformat()
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as 2024-08-01 or 2024-08") from error


def print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.encode(value).decode())
