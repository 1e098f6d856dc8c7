"""How a task and a model become an attempt: one shot, two tries with the tests' output, or several turns with tools."""

from __future__ import annotations

from typing import Any

from assay.core.names import find

SOLVERS = {
    "one_shot": "assay.solvers.one_shot:OneShot",
    "two_tries": "assay.solvers.two_tries:TwoTries",
    "turns": "assay.solvers.turns:Turns",
}
"""Names to classes that implement `core.ports.Solver`; each is made with `suite=<name>`."""


def solver_class(name: str) -> Any:
    """The class of that name; an unknown name is answered with the known ones."""
    return find(SOLVERS, name, what="solver")
