"""The committed order: a seeded permutation of tasks whose every prefix is spread over the strata.

A result read off the first n tasks is an estimate of the whole only if the order was drawn before
the run and not by speed of completion; stratifying by language and category makes it a better one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from assay.core.task import Task


def _draw(seed: int, *key: str) -> float:
    """A uniform number in [0, 1) that depends on nothing but the seed and the key."""
    digest = hashlib.sha256("\x1f".join((str(seed), *key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def committed_order(tasks: Sequence[Task], *, seed: int, stratified: bool = True) -> list[str]:
    """Task ids, so that after n tasks each stratum has had its share of n, give or take one. Not `stratified`:
    every order as likely as every other, which is what looking at each prefix in turn takes."""
    if not stratified:
        return sorted((task.id for task in tasks), key=lambda task_id: _draw(seed, "task", task_id))
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in tasks:
        strata[task.language, task.category].append(task.id)
    placed: list[tuple[float, str]] = []
    for stratum, ids in strata.items():
        ids.sort(key=lambda task_id: _draw(seed, "task", task_id))
        start = _draw(seed, "stratum", *stratum)
        placed += [((rank + start) / len(ids), task_id) for rank, task_id in enumerate(ids)]
    return [task_id for _, task_id in sorted(placed)]
