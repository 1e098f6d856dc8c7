"""The judge, the graders and the solvers that suites name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache

from assay.core.entrant import Entrant
from assay.core.ports import Grader, Judge, Solver
from assay.core.task import Suite
from assay.graders import grader_class
from assay.solvers import solver_class


def build_judge(languages: Iterable[str]) -> Judge:
    """A judge for these languages: the same one for the same languages, until it is closed."""
    return _judge(tuple(sorted(set(languages))))


@cache
def _judge(languages: tuple[str, ...]) -> Judge:
    """The built-in Linux sandbox under the judge. Its workers start with the first answer."""
    from assay.sandboxes.drivers import PRELOADED
    from assay.sandboxes.judge import BoxJudge
    from assay.sandboxes.linux.pool import LinuxBoxes
    from assay.sandboxes.toolchains import find

    found = [find(language) for language in languages]
    mounts = {mount: None for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts}
    workers = os.cpu_count() or 1
    return BoxJudge(LinuxBoxes(workers, mounts=tuple(mounts), preload=PRELOADED))


def make_grader(name: str) -> Grader:
    grader: Grader = grader_class(name)()
    return grader


def graders_for(suites: Mapping[str, Suite]) -> dict[str, Grader]:
    return {suite.grader: make_grader(suite.grader) for suite in suites.values()}


def solvers_for(suites: Mapping[str, Suite], entrants: Iterable[Entrant]) -> dict[tuple[str, str], Solver]:
    """By suite and solver name: an entrant may bring its own, else the suite says."""
    named = {entrant.solver for entrant in entrants if entrant.solver}
    return {
        (suite.name, name): solver_class(name)(suite=suite.name)
        for suite in suites.values()
        for name in {suite.solver, *named}
    }
