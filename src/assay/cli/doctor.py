"""`assay doctor`: what works here."""

from __future__ import annotations

import click
import msgspec

from assay.cli.exits import NO
from assay.cli.options import as_json, print_json


@click.group("doctor")
def doctor() -> None:
    """What this machine can judge and enforce."""


@doctor.command("machine")
@as_json
def machine(json: bool) -> int:
    """Toolchains and what the kernel allows, line by line, with what to do about what is missing. Exit code 1
    when answers cannot be judged safely here."""
    from assay.doctor.machine import examine

    lines = examine()
    if json:
        print_json(msgspec.to_builtins(lines))
    else:
        width = max(len(line.name) for line in lines)
        for line in lines:
            mark = "✓" if line.ok else "✗" if line.needed else "·"
            click.echo(f"{mark} {line.name:<{width}} {line.detail}")
            if not line.ok and line.remedy:
                click.echo(f"  {'':<{width}} → {line.remedy}")
    return NO if any(line.needed and not line.ok for line in lines) else 0
