"""The judge, the graders and the solvers that suites name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache

from assay.core.entrant import Entrant
from assay.core.ports import Grader, Judge, Solver
from assay.core.task import Suite
from assay.graders import grader
from assay.solvers import solver


@cache
def build_judge() -> Judge:
    """The built-in Linux sandbox under the judge; its workers start with the first answer."""
    from assay.sandboxes.drivers import PRELOADED
    from assay.sandboxes.judge import BoxJudge
    from assay.sandboxes.linux import LinuxBoxes
    from assay.sandboxes.toolchains import all_mounts

    return BoxJudge(LinuxBoxes(workers=os.cpu_count() or 1, mounts=all_mounts(), preload=PRELOADED))


def graders_for(suites: Mapping[str, Suite]) -> dict[str, Grader]:
    return {suite.grader: grader(suite.grader) for suite in suites.values()}


def solvers_for(suites: Mapping[str, Suite], entrants: Iterable[Entrant]) -> dict[tuple[str, str], Solver]:
    """By suite and solver name: an entrant may bring its own, else the suite says."""
    named = {entrant.solver for entrant in entrants if entrant.solver}
    return {
        (suite.name, name): solver(name, suite=suite.name)
        for suite in suites.values()
        for name in {suite.solver, *named}
    }
