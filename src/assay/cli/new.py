"""`assay new`: a small working example to change."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.group("new")
def new() -> None:
    """Write a small working suite or task of your own, ready to be changed."""


@new.command("suite")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new_suite(folder: Path) -> None:
    """A suite with one task in it."""
    from assay.authoring.new import new_suite as write

    write(folder)
    click.echo(f"wrote {folder}; next: assay tasks check {_shown(folder)}, then assay run {_shown(folder)}")


@new.command("task")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--language", required=True, metavar="L", help="python javascript typescript go rust java cpp")
@click.option(
    "--category",
    default="generation",
    show_default=True,
    metavar="C",
    help="generation completion bugfix refactor review tests docs",
)
def new_task(folder: Path, language: str, category: str) -> None:
    """A task that works: prompt, cases, solution and three wrong answers."""
    from assay.authoring.new import new_task as write

    write(folder, language=language, category=category)
    click.echo(f"wrote {folder}; change it, then: assay tasks check {_shown(folder)}")


def _shown(folder: Path) -> str:
    """As it has to be typed: a bare name would be taken for a suite's."""
    text = str(folder)
    return shlex.quote(text if "/" in text else f"./{text}")
