"""Tasks of Harbor, end to end: read into a suite, proven, and run in containers of their own images."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.image import IMAGE, libraries
from sandbox_containers.private_engine import environment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

Assay = Callable[..., "subprocess.CompletedProcess[str]"]

TASK = {
    "task.toml": """\
version = "1.0"

[metadata]
difficulty = "easy"
category = "file-operations"

[agent]
timeout_sec = 20.0

[verifier]
timeout_sec = 20.0
""",
    "instruction.md": "Write the numbers in `numbers.txt`, smallest first, to `sorted.txt`.\n",
    "environment/Dockerfile": f"FROM {IMAGE}\nWORKDIR /app\nCOPY numbers.txt /app/\n",
    "environment/numbers.txt": "3\n10\n2\n",
    "tests/test.sh": """\
#!/bin/bash
if [ "$(cat /app/sorted.txt)" = "$(cat /tests/expected)" ]; then echo 1; else echo 0; fi > /logs/verifier/reward.txt
""",
    "tests/expected": "2\n3\n10\n",
    "solution/solve.sh": "#!/bin/bash\nsort -n numbers.txt > sorted.txt\n",
}
WRONG = {
    "as-text": "sort numbers.txt > sorted.txt\n",
    "forged": "mkdir -p /logs/verifier; echo 1 > /logs/verifier/reward.txt\n",
    "forged-later": "(while :; do mkdir -p /logs/verifier; echo 1 > /logs/verifier/reward.json; done) &\n",
    "looks-for-the-answer": "cat /tests/expected > sorted.txt\n",
    "no-tools": "rm -f /usr/bin/cat /usr/bin/sh; : > sorted.txt\n",
}


@pytest.fixture
def assay(engine: Engine, tmp_path: Path) -> Assay:
    """The command in `tmp_path`, with this engine as the one of that name."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assay", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=os.environ | environment(engine), capture_output=True, text=True
        )

    return call


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_a_task_of_harbor_is_read_proven_and_run(engine: Engine, assay: Assay, tmp_path: Path) -> None:
    """Its own solution passes, wrong scripts and forgers do not, and nothing of it runs unless the engine is named."""
    write(tmp_path / "theirs" / "sort-numbers", TASK)
    assert assay("import", "harbor", "theirs", "--out", "ours").stdout.startswith("ours: 1 task")
    for name, text in WRONG.items():
        write(tmp_path / "ours" / "tasks" / "sort-numbers" / "mutants" / name, {"solve.sh": text})
    unasked = assay("tasks", "check", "ours")
    assert "--sandbox docker or --sandbox podman" in unasked.stderr
    checked = assay("tasks", "check", "ours", "--sandbox", engine.kind)
    assert (checked.stdout, checked.returncode) == ("", 0), checked.stderr
    done = assay("run", "ours", "-m", "reference", "-m", "mutant", "--sandbox", engine.kind, "--name", "r", "--json")
    assert done.returncode == 0, done.stderr
    standings = {one["model"]: one for one in json.loads(done.stdout.splitlines()[-1])["standings"]}
    assert (standings["reference"]["passed"], standings["mutant"]["passed"]) == (1, 0)


def test_an_image_that_cannot_be_built_is_no_wrong_answer(engine: Engine, assay: Assay, tmp_path: Path) -> None:
    """The apparatus is at fault, in one line that says why."""
    write(tmp_path / "theirs", {**TASK, "environment/Dockerfile": 'FROM scratch\nRUN ["/nothing"]\n'})
    assay("import", "harbor", "theirs", "--out", "ours")
    folder = tmp_path / "ours" / "tasks" / "theirs"
    said = assay("tasks", "judge", str(folder), str(folder / "solution"), "--sandbox", engine.kind)
    assert (said.returncode, said.stdout) == (3, "")
    assert "its image cannot be built" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_task_of_ours_gets_the_same_verdict_where_harbor_runs_it(
    engine: Engine, assay: Assay, tmp_path: Path
) -> None:
    """Exported, its test script judges with nothing but Python and what stands in the task: right passes, wrong fails."""
    import click
    import msgspec

    assay("new", "suite", "ours")
    assert assay("export", "harbor", "ours", "--out", "theirs").returncode == 0
    folder = tmp_path / "theirs" / "python-between"
    beside = folder / "environment" / "packages"
    for module in (click, msgspec):
        package = Path(module.__file__ or "").parent
        shutil.copytree(package, beside / package.name)
        for library in libraries(list(package.rglob("*.so"))):
            shutil.copy(library, beside)
    inside = (
        f"FROM {IMAGE}\nENV PYTHONPATH=/packages LD_LIBRARY_PATH=/packages\nCOPY packages /packages\nWORKDIR /app\n"
    )
    (folder / "environment" / "Dockerfile").write_text(inside)
    subprocess.run(
        [engine.command, *engine.options, "build", "--quiet", "--tag", "assay.test/exported", folder / "environment"],
        check=True, capture_output=True, env=os.environ | environment(engine),
    )  # fmt: skip
    ours = tmp_path / "ours" / "tasks" / "python" / "between"
    answers = {"right": ours / "solution", "wrong": ours / "mutants" / "high-excluded"}
    rewards = {}
    for name, answer in answers.items():
        command = [
            engine.command, *engine.options, "run", "--rm", "--network=none", "--volume", f"{answer}:/app",
            "--volume", f"{folder / 'tests'}:/tests:ro", "assay.test/exported",
            "sh", "-c", "bash /tests/test.sh && cat /logs/verifier/reward.txt",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment(engine))
        assert done.returncode == 0, done.stderr
        rewards[name] = done.stdout.strip()
    assert rewards == {"right": "1.0", "wrong": "0.0"}
