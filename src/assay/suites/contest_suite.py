"""What CodeContests and APPS have in common: a split of rows, each a task whose tests are run on programs.

Rows of which nothing can be said, as they have no tests, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.core.task import Suite, Task
from assay.suites.asked import Asked
from assay.suites.contest_rows import digest_of, files_of, refuse_doubles, rows
from assay.suites.official_data import OfficialFile

Row = TypeVar("Row", bound=msgspec.Struct)


def words_of(suite: str, part: str, *choices: tuple[str, ...]) -> Iterator[str]:
    """Of each group of words the one that stands behind the suite's name, in any order, else the group's first."""
    said = part.split(":") if part else []
    known = [word for group in choices for word in group]
    for word in said:
        if word not in known:
            raise UserError(f"{suite}: no part “{word}”; {did_you_mean(word, known)}")
    return (next((word for word in said if word in group), group[0]) for group in choices)


def load_split(
    asked: Asked,
    kind: type[Row],
    make: Callable[[str, Row], Task | None],
    *,
    split: str,
    address: str,
    official: Mapping[str, OfficialFile],
    protocol: str,
) -> Suite:
    """`make` turns a row and its place into a task, or into None where it has no tests."""
    pinned = tuple(official.values())
    paths = files_of(asked, (split,), address=address, official=pinned)
    version = f"{split} {digest_of(paths, pinned)}"
    made = (make(where, row) for where, row in rows(paths, kind))
    tasks = tuple(task for task in made if task is not None)
    if not tasks:
        raise UserError(f"{paths[0]}: holds no problem with tests")
    refuse_doubles(asked.name, [task.id for task in tasks])
    return Suite(
        name=asked.name,
        version=version,
        protocol=protocol,
        tasks=tasks,
        grader="stdio",
        pinned=asked.data is None or asked.data.is_dir(),
    )
