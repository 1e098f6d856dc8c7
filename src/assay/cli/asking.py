"""What is said, and what is asked, before a run spends anything."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from assay.core.errors import ApparatusError, UserError
from assay.engine.preflight import Checked, Estimate
from assay.reports.wording import by_reason, counted, named, of_variant
from assay.wiring.session import Session

_ASK_ABOVE = 1.0
"""Dollars."""


def announce(session: Session, estimate: Estimate, *, quiet: bool) -> None:
    """What is about to happen, on stderr."""
    if quiet:
        return
    for suite in session.asked.suites:
        judged = len(suite.owed_tasks)
        whole = len(suite.tasks) + suite.unsupported_tasks
        left_out = f" without {named(sorted(suite.unsupported))}" if suite.unsupported else ""
        click.echo(f"{suite.name}{left_out}: {judged} of {counted(whole, 'task')}", err=True)
        if session.asked.variant:
            click.echo(f"  {of_variant(session.asked.variant, tasks=whole, others=suite.without_variants)}", err=True)
        for lacking, reason in by_reason(suite.unsupported):
            click.echo(f"  {lacking}: {reason}", err=True)
    names = ", ".join(entrant.name for entrant in session.entrants)
    click.echo(f"{names}: {counted(estimate.trials, 'trial')} to run, {_dollars(estimate)}", err=True)
    if session.standing.asked_again:
        click.echo(
            f"{session.standing.asked_again} calls were on their way when the run was last stopped and may have"
            " been billed; they are asked again",
            err=True,
        )
    if all(entrant.built_in for entrant in session.entrants):
        click.echo(
            "These are no models: they prove that tasks, sandbox and graders work. To measure a model:", err=True
        )
        click.echo("  assay models          shows which could be used, and what to type for each", err=True)


def confirm(estimate: Estimate, *, yes: bool, ceiling: float | None) -> None:
    """Above a dollar, or at an unknown price, somebody has to say yes."""
    costly = estimate.usd is None or estimate.usd > _ASK_ABOVE
    if not estimate.trials or not costly or yes or ceiling is not None:
        return
    if not sys.stdin.isatty():
        raise UserError(f"this may cost money ({_dollars(estimate)}); say --yes, or --max-cost USD to hold it under")
    if not click.confirm(f"This {_dollars(estimate)}. Go on?", err=True):
        raise UserError("nothing was asked and nothing was spent")


def refuse_faults(checked: Sequence[Checked]) -> None:
    """All faults of all entrants at once, before the first real call."""
    for one in checked:
        for note in one.notes:
            click.echo(f"{one.entrant.name}: {note}", err=True)
    faults = [f"{one.entrant.name}: {one.fault}" for one in checked if one.fault]
    if faults:
        raise ApparatusError(
            "cannot begin, the first cheap call failed:\n" + "\n".join(f"  {fault}" for fault in faults)
        )


def _dollars(estimate: Estimate) -> str:
    if estimate.usd is None:
        return f"at an unknown price ({', '.join(estimate.unpriced)}: give `price:` in models.yaml)"
    if estimate.usd == 0:
        return "at no cost"
    return f"may cost about ${estimate.usd:.2f}" if estimate.usd >= 0.005 else "may cost less than a cent"
