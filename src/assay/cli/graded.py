"""What `assay grade` says of answers from files: pass@k, and where judges differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from assay.core.trial import Decision
from assay.reports.wording import percent, span
from assay.stats.passk import pass_at_k_interval
from assay.wiring.grading import Graded

_SHOWN = 20
_USUAL = (1, 10, 100)


def as_object(graded: Graded, *, ks: Sequence[int], files: Sequence[Path]) -> dict[str, Any]:
    """For `--json`."""
    return {
        "run": graded.folder.path.name,
        "suite": graded.suite.name,
        "judged": graded.judged,
        "answers": {name: _one(graded, name, ks) for name in graded.sets},
        "files": [str(path) for path in files],
    }


def _one(graded: Graded, name: str, ks: Sequence[int]) -> dict[str, Any]:
    decisions = graded.decisions[name]
    return {
        "samples": len(decisions),
        "tasks": len({one.task_id for one in decisions}),
        "tasks_in_suite": len(graded.suite.tasks),
        "missing": sum(one.score is None for one in decisions),
        "pass_at": {str(k): found for k in ks or _USUAL if (found := _rate(decisions, k)) is not None},
        "parts": {part: dict(counts) for part, counts in _parts(decisions).items()},
        "verdicts_in_file": sum(answer.passed is not None for answer in graded.sets[name].answers),
        "notes": list(graded.sets[name].notes),
        "official_and_strict_differ": [msgspec.to_builtins(_brief(one)) for one in _disagreeing(decisions)],
        "file_says_otherwise": [
            {**_brief(one), "file": said} for one, said in _unlike_the_file(graded, name)
        ],
    }  # fmt: skip


def say(graded: Graded, *, ks: Sequence[int], files: Sequence[Path]) -> None:
    """On a terminal."""
    suite = graded.suite
    click.echo(f"{suite.name} {suite.version}, protocol {suite.protocol}")
    for name, answers in graded.sets.items():
        decisions = graded.decisions[name]
        tasks = len({one.task_id for one in decisions})
        click.echo(f"{name}: {len(decisions):,} answers to {tasks} of {len(suite.tasks)} tasks")
        for k in ks or _USUAL:
            rate = _rate(decisions, k)
            if rate is not None:
                interval = span(rate["ci_low"], rate["ci_high"])
                click.echo(f"  pass@{k:<4} {percent(rate['value']):>7}  {interval}  at 95 %, on tasks like these")
            elif k in ks or k == 1:
                click.echo(f"  pass@{k} is not defined: some tasks have fewer than {k} judged samples")
        for note in answers.notes:
            click.echo(f"  {note}")
        _say_parts(decisions)
        _say_differences(graded, name)
    for path in [*files, graded.folder.trials]:
        click.echo(f"  {path}")


def _rate(decisions: Sequence[Decision], k: int) -> dict[str, float] | None:
    judged = Counter(one.task_id for one in decisions if one.score is not None)
    right = Counter(one.task_id for one in decisions if one.passed)
    if not judged or min(judged.values()) < k:
        return None
    counts = [judged[task] for task in judged]
    rate = pass_at_k_interval(counts, [right[task] for task in judged], k)
    return {"value": rate.value, "ci_low": rate.low, "ci_high": rate.high}


def _parts(decisions: Sequence[Decision]) -> dict[str, Counter[str]]:
    """Verdicts that a grader gives besides its own, base tests beside further ones say."""
    parts: dict[str, Counter[str]] = {}
    for one in decisions:
        for name, said in (one.detail or {}).get("parts", {}).items():
            parts.setdefault(name, Counter())[said] += 1
    return parts


def _say_parts(decisions: Sequence[Decision]) -> None:
    """Where an answer has several, each stands alone: pass@k is of those that pass them all."""
    alone = " alone" if any(len((one.detail or {}).get("parts", {})) > 1 for one in decisions) else ""
    for name, counts in _parts(decisions).items():
        total = counts.total()
        others = ", ".join(f"{count:,} {said}" for said, count in counts.most_common() if said != "pass")
        click.echo(
            f"  {name}{alone}: {counts['pass']:,} of {total:,} pass ({percent(counts['pass'] / total)}); {others}"
        )


def _say_differences(graded: Graded, name: str) -> None:
    decisions = graded.decisions[name]
    differing = _disagreeing(decisions)
    for one in differing[:_SHOWN]:
        click.echo(
            f"  {one.task_id} sample {one.sample}: officially {_word(one.passed)}, strictly {_word(one.strict)}"
            f" ({one.strict_reason or one.reason or 'no reason'})"
        )
    unlike = _unlike_the_file(graded, name)
    if any(answer.passed is not None for answer in graded.sets[name].answers):
        click.echo(f"  {len(unlike):,} verdicts are not those that the file itself holds")
    for one, said in unlike[:_SHOWN]:
        click.echo(f"  {one.task_id} sample {one.sample}: {_word(one.passed)} here ({one.reason}), {_word(said)} there")
    if (more := max(len(differing), len(unlike)) - _SHOWN) > 0:
        click.echo(f"  and {more:,} more; assay sql has them all")


def _disagreeing(decisions: Sequence[Decision]) -> list[Decision]:
    return sorted((one for one in decisions if "disagree" in one.flags), key=lambda one: (one.task_id, one.sample))


def _unlike_the_file(graded: Graded, name: str) -> list[tuple[Decision, bool]]:
    said = {(one.task_id, one.sample): one.passed for one in graded.sets[name].answers}
    found = []
    for one in graded.decisions[name]:
        there = said.get((one.task_id, one.sample))
        if there is not None and one.passed is not None and there is not one.passed:
            found.append((one, there))
    return sorted(found, key=lambda pair: (pair[0].task_id, pair[0].sample))


def _brief(one: Decision) -> dict[str, Any]:
    fields = ("task_id", "sample", "passed", "strict", "reason", "strict_reason")
    return {field: getattr(one, field) for field in fields}


def _word(passed: bool | None) -> str:
    return "missing" if passed is None else "passed" if passed else "failed"
