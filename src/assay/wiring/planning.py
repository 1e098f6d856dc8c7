"""`assay plan`, put together: a suite's size, a pilot's spread, the question's price."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.reports.comparison import order_by_score
from assay.reports.matrix import read_matrix, suites_of
from assay.reports.planned import Planned, Scatter, plan_question, scatter_of, usual
from assay.store.runs import find_run
from assay.store.tables import Tables
from assay.wiring.session import runs_root
from assay.wiring.suites import Wish, choose_suite


def plan_named(
    suite: str,
    *,
    differences: Sequence[float],
    pilot: str = "",
    models: Sequence[str] = (),
    languages: Sequence[str] = (),
    categories: Sequence[str] = (),
    data: str = "",
    power: float = 0.8,
    level: float = 0.95,
    at_once: int = 8,
) -> Planned:
    """Reads the suite and the pilot; asks nobody."""
    wish = Wish(languages=tuple(languages), categories=tuple(categories), data=data)
    chosen = choose_suite(suite, wish)
    if models and not pilot:
        raise UserError("-m names two models of a pilot, so it wants --pilot RUN")
    return plan_question(
        chosen.suite.name,
        tasks=len(chosen.wanted),
        scatter=_from_pilot(pilot, models, suite=chosen.suite.name) if pilot else usual(),
        points=differences,
        power=power,
        level=level,
        at_once=at_once,
    )


def _from_pilot(name: str, models: Sequence[str], *, suite: str) -> Scatter:
    """Of the two models named, or of the run's two best; from the same suite if the run has it."""
    if models and len(models) != 2:
        raise UserError(f"a pilot is of two models; -m named {len(models)}")
    folder = find_run(runs_root(), name)
    with Tables([folder]) as tables:
        known = suites_of(tables)
        if not known:
            raise UserError(f"run {name!r} has no trials of single tasks to learn from")
        matrix = read_matrix(tables, suite if suite in known else known[0])
    for model in models:
        if model not in matrix.labels:
            raise UserError(f"run {name!r} has no model {model!r}: {did_you_mean(model, matrix.labels)}")
    matrix = matrix if models else matrix.models()
    rows = [matrix.labels.index(model) for model in models] or order_by_score(matrix)[:2].tolist()
    if len(rows) < 2 or not matrix.rows(rows).common().tasks:
        raise UserError(f"run {name!r} has no two models with tasks in common to learn from")
    return scatter_of(matrix, rows[0], rows[1])
