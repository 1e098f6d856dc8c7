"""A part of a suite, by what its tasks are: pure, and loud when nothing is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.core.task import Suite, Task


def select(
    suite: Suite,
    *,
    languages: Sequence[str] = (),
    categories: Sequence[str] = (),
    difficulties: Sequence[str] = (),
    ids: Sequence[str] = (),
) -> Suite:
    """The tasks of `suite` that meet every filter given; `ids` are globs (`python/*`, `*/ttl-*`). Of a suite in another
    variant than 0 only those that have variants: it is about them."""
    tasks: Iterable[Task] = suite.tasks
    for what, wanted, of in (
        ("language", languages, [task.language for task in suite.tasks]),
        ("category", categories, [task.category for task in suite.tasks]),
        ("difficulty", difficulties, [task.difficulty for task in suite.tasks]),
    ):
        for word in wanted:
            if word not in of:
                raise UserError(f"{suite.name} has no task of {what} “{word}”: {did_you_mean(word, set(of))}")
        if wanted:
            tasks = [task for task in tasks if getattr(task, what) in wanted]
    tasks = tuple(task for task in tasks if not ids or any(fnmatchcase(task.id, glob) for glob in ids))
    if not tasks:
        globs = f" ({', '.join(ids)})" if ids else ""
        raise UserError(f"no task of {suite.name} meets all these filters{globs}; `assay tasks` lists them")
    fresh = tuple(task for task in tasks if task.variants) if suite.variant else tasks
    if not fresh:
        raise UserError(
            f"{suite.name}: there is no variant {suite.variant}; none of these {len(tasks)} tasks has variants"
        )
    return msgspec.structs.replace(suite, tasks=fresh, without_variants=len(tasks) - len(fresh))
