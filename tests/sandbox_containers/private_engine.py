"""The container engines of these tests alone. Nothing is pulled, and nothing stays."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.private_docker import private_docker
from sandbox_containers.private_podman import private_podman

ENGINES = {"docker": private_docker, "podman": private_podman}
EACH = ("docker", pytest.param("podman", marks=pytest.mark.long))
"""For fixtures: the second engine says the same as the first, in as many minutes again."""


@dataclass
class _Shared:
    engine: Engine
    stack: contextlib.ExitStack
    users: int = 0


_running: dict[str, _Shared] = {}


@contextlib.contextmanager
def private_engine(kind: str = "docker") -> Iterator[Engine]:
    """The engine with the image; one for all who ask in this process, and gone with the last of them."""
    if kind not in _running:
        stack = contextlib.ExitStack()
        _running[kind] = _Shared(stack.enter_context(ENGINES[kind]()), stack)
    shared = _running[kind]
    shared.users += 1
    try:
        yield shared.engine
    finally:
        shared.users -= 1
        if not shared.users:
            del _running[kind]
            shared.stack.close()


def environment(engine: Engine) -> dict[str, str]:
    """With these variables, whoever looks for the command by its name finds this engine."""
    if engine.kind == "docker":
        return {"DOCKER_HOST": engine.options[1]}
    return {"PATH": f"{Path(engine.command).parent}:{os.environ['PATH']}"}


if __name__ == "__main__":
    with private_engine(*sys.argv[1:]) as shown:
        sys.stdout.write(f"{shown.command} {' '.join(shown.options)}\n")
        sys.stdin.readline()
