"""What `grade --run` and `verify` have in common: a run judged again, and what came of it in words."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import click

from assay.core.events import TrialDecided
from assay.store.journal import RunFolder
from assay.wiring.rejudging import JudgedAgain, judge_again

if TYPE_CHECKING:
    from assay.config import Configured

_SHOWN = 20


def rejudge(
    folder: RunFolder, *, record: bool, by: Configured | None = None, max_cost: float | None = None
) -> JudgedAgain:
    done = 0

    def listen(event: Any) -> None:
        nonlocal done
        done += isinstance(event, TrialDecided)
        if sys.stderr.isatty():
            click.echo(f"\r{done:,} judged", nl=False, err=True)

    again = asyncio.run(judge_again(folder, record=record, listen=listen, by=by, max_cost=max_cost))
    if sys.stderr.isatty():
        click.echo("\r" + " " * 20 + "\r", nl=False, err=True)
    return again


def as_object(again: JudgedAgain) -> dict[str, Any]:
    return {
        "judged": again.result.judged,
        "without_answer": again.result.without_answer,
        "kept": again.result.kept,
        "unsupported": again.unsupported,
        "other_judge": list(again.other_judge),
        "differences": [
            {
                "model": one.was.model,
                "task_id": one.was.task_id,
                "sample": one.was.sample,
                "was": one.was.status.value,
                "now": one.now.status.value,
                "was_reason": one.was.reason,
                "now_reason": one.now.reason,
            }
            for one in again.result.differences
        ],
    }


def say(again: JudgedAgain) -> None:
    result = again.result
    click.echo(f"{result.judged:,} answers judged again, {len(result.differences):,} differ")
    if result.without_answer:
        click.echo(f"{result.without_answer:,} trials have no answer to judge")
    if result.kept:
        click.echo(
            f"{result.kept:,} could not be judged now, and keep the verdict that they have: {result.kept_because}"
        )
    for language, count in again.unsupported.items():
        click.echo(f"{count:,} {language} answers cannot be judged on this machine (see assay doctor machine)")
    if again.other_judge:
        click.echo(f"another toolchain or judge than the recorded one: {', '.join(again.other_judge)}")
    for one in result.differences[:_SHOWN]:
        click.echo(
            f"  {one.was.model} {one.was.task_id} sample {one.was.sample}:"
            f" {one.was.status.value} ({one.was.reason or 'no reason'}) → {one.now.status.value}"
            f" ({one.now.reason or 'no reason'})"
        )
    if len(result.differences) > _SHOWN:
        click.echo(f"  and {len(result.differences) - _SHOWN:,} more")
