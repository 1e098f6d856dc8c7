"""The built-in sandbox inside a container as engines make it by default, where no namespace can be had."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux import landlock
from assay.sandboxes.linux.mounts import library_mounts
from sandbox_containers.image import IMAGE

REPOSITORY = Path(__file__).parents[2]
EVERY_WAY_BARRED = "no\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("engine", ["docker"], indirect=True),  # podman lets everybody make namespaces
    pytest.mark.skipif(landlock.abi() < landlock.SCOPES_SINCE, reason="Landlock here is too old to stand in"),
]


@pytest.fixture(params=["0:0", "65534:65534"], ids=["root", "an ordinary user"])
def user(request: pytest.FixtureRequest) -> str:
    named: str = request.param
    return named


def within(engine: Engine, user: str, *words: str) -> subprocess.CompletedProcess[str]:
    """This interpreter in a new container, with what it needs of this machine to be read there."""
    libraries = {os.path.realpath(mount.source) for mount in library_mounts()}
    shown = [sys.base_prefix, sys.prefix, str(REPOSITORY), *filter(os.path.isdir, libraries)]
    volumes = [word for path in shown for word in ("--volume", f"{path}:{path}:ro")]
    command = [engine.command, *engine.options, "run", "--rm", "--user", user, "--workdir", "/tmp", *volumes, IMAGE]
    return subprocess.run([*command, sys.executable, *words], capture_output=True, text=True, timeout=100)


def test_the_doctor_says_what_stands_in(engine: Engine, user: str) -> None:
    """No namespace, the fence in their place with what is weaker, and no quick attack with an effect."""
    done = within(engine, user, "-m", "assay", "doctor", "machine", "--json")
    lines: dict[str, dict[str, Any]] = {line["name"]: line for line in json.loads(done.stdout)}
    assert not lines["user namespace"]["ok"]
    assert lines["fence"]["ok"]
    assert "Weaker:" in lines["fence"]["detail"]
    attacks = {name: line["ok"] for name, line in lines.items() if name.startswith("attack")}
    assert len(attacks) > 5
    assert all(attacks.values()), done.stdout
    assert done.returncode == 0


def test_answers_are_judged_and_held(engine: Engine, user: str) -> None:
    """Right and wrong ones are told apart, limits hold by their names, attacks reach nothing and nobody."""
    done = within(engine, user, str(Path(__file__).with_name("judged_within.py")))
    assert done.returncode == 0, done.stderr
    came: dict[str, tuple[object, str]] = {name: (how, said) for name, (how, said) in json.loads(done.stdout).items()}
    assert (came["right"], came["wrong"]) == ((0, "42\n"), (0, "41\n"))
    assert [came[name][0] for name in ("endless", "waits", "memory", "fills")] == ["cpu", "wall", "memory", "disk"]
    assert came["forks"][0] in ("cpu", "processes", "memory")
    assert came["threads beside it"] == (0, "well\n")  # whatever its neighbour does
    assert came["leaves"] == (0, "")
    for name in ("reads", "writes", "calls"):
        assert set(came[name][1].splitlines(keepends=True)) == {EVERY_WAY_BARRED}


def test_a_run_from_beginning_to_end(engine: Engine, user: str) -> None:
    """The built-in suite's Python tasks: the reference passes all, the mutant none, and nothing is missing."""
    limit = "6"
    done = within(
        engine, user, "-m", "assay", "run", "core", "-m", "reference", "-m", "mutant", "--language", "python",
        "--limit", limit, "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    standings = {one["model"]: one for one in json.loads(done.stdout.splitlines()[-1])["standings"]}
    assert (standings["reference"]["passed"], standings["mutant"]["passed"]) == (int(limit), 0)
    assert standings["mutant"]["missing"] == 0
