"""The judge, the graders and the solvers that suites name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.ports import Grader, Judge, Solver
from assay.core.task import Suite
from assay.graders import RECIPES, grader_class
from assay.solvers import solver_class

if TYPE_CHECKING:
    from assay.sandboxes.box import Boxes, Mount
    from assay.sandboxes.containers.image_judge import ImageJudge
    from assay.sandboxes.judge import BoxJudge

_IN_IMAGES = f":{RECIPES['image']}"
"""The end of the name of tools that are an image of each task's own."""


def tools_for(language: str, *, grader: str) -> str:
    """What the judge is asked for by a suite's grader: the language, or a recipe of another harness for it."""
    return f"{language}:{RECIPES[grader]}" if grader in RECIPES else language


def build_judge(languages: Iterable[str], *, sandbox: str = "") -> Judge:
    """A judge for these languages: the same one for the same languages, until it is closed. `sandbox` is empty for
    the built-in one, or an engine and an image: `docker:IMAGE`."""
    key = (tuple(sorted(set(languages))), sandbox)
    known = _judges.get(key)
    if known is None or known.closed:
        known = _judges[key] = _judge(*key)
    return known


_judges: dict[tuple[tuple[str, ...], str], BoxJudge | ImageJudge] = {}


def _judge(languages: tuple[str, ...], sandbox: str) -> BoxJudge | ImageJudge:
    """Its workers start with the first answer."""
    if languages and all(language.endswith(_IN_IMAGES) for language in languages):
        from assay.sandboxes.containers.image_judge import ImageJudge

        return ImageJudge(sandbox)
    from assay.sandboxes.drivers import PRELOADED
    from assay.sandboxes.judge import BoxJudge
    from assay.sandboxes.toolchains import find

    found = [find(language) for language in languages]
    mounts = {mount: None for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts}
    workers = os.cpu_count() or 1
    if sandbox:
        return BoxJudge(_containers(sandbox, workers, tuple(mounts)), where=sandbox)
    from assay.sandboxes.linux.pool import LinuxBoxes
    from assay.sandboxes.linux.serving import LinuxServices
    from assay.sandboxes.toolchains.python import warm_env

    boxes = LinuxBoxes(workers, mounts=tuple(mounts), preload=PRELOADED, warm_env=warm_env())
    return BoxJudge(boxes, services=LinuxServices(workers, mounts=tuple(mounts)))


def _containers(sandbox: str, workers: int, mounts: tuple[Mount, ...]) -> Boxes:
    """Containers of an image, which are shown this machine's toolchains."""
    from assay.sandboxes.containers.boxes import ContainerBoxes
    from assay.sandboxes.containers.engine import COMMANDS, find_engine
    from assay.sandboxes.linux.mounts import python_command

    engine, colon, image = sandbox.partition(":")
    if engine not in COMMANDS or not colon or not image:
        raise UserError(f"--sandbox {sandbox}: write {' or '.join(f'{name}:IMAGE' for name in COMMANDS)}")
    return ContainerBoxes(image, workers, mounts, engine=find_engine(engine), python=python_command())


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
