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


def print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.encode(value).decode())
