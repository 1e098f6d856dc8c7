"""`assay run --sandbox docker:IMAGE`, or podman: the whole command, with answers judged in containers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.image import IMAGE
from sandbox_containers.private_engine import environment


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_is_judged_in_containers_and_says_so(engine: Engine, tmp_path: Path) -> None:
    """Right answers pass and wrong ones fail, as in the built-in sandbox; the record names the image."""
    sandbox = f"{engine.kind}:{IMAGE}"
    command = [
        sys.executable, "-m", "assay", "run", "core", "-m", "reference", "-m", "mutant", "--language", "python,javascript,typescript,go,rust,java,cpp",
        "--limit", "7", "--sandbox", sandbox, "--name", "r", "--json",
    ]  # fmt: skip
    env = os.environ | environment(engine)
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    standings = {one["model"]: one for one in json.loads(done.stdout.splitlines()[-1])["standings"]}
    assert (standings["reference"]["passed"], standings["mutant"]["passed"]) == (7, 0)
    assert standings["mutant"]["missing"] == 0
    assert json.loads((tmp_path / "runs" / "r" / "run.json").read_text())["sandbox"] == sandbox
    again = subprocess.run([*command[:3], "verify", "r"], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert again.returncode == 0, again.stdout


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_history_is_mined_in_containers(engine: Engine, tmp_path: Path) -> None:
    """The repository's tests run in the image that was named, before and after its commits."""
    repository = tmp_path / "r"
    code = "def half(n):\n    return n / 2\n"
    tests = "import unittest\nfrom half import half\n\n\nclass Half(unittest.TestCase):\n    def test_even(self):\n        self.assertEqual(half(4), 2)\n"
    more = "\n    def test_odd(self):\n        self.assertIsInstance(half(5), int)\n"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(repository)]
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    for message, files in (
        ("Begin", {"half.py": code, "test_half.py": tests}),
        ("Halves of odd numbers are whole", {"half.py": code.replace("/", "//"), "test_half.py": tests + more}),
    ):
        for name, text in files.items():
            (repository / name).write_text(text)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", message], check=True)
    command = [
        sys.executable, "-m", "assay", "mine", str(repository), "--out", "out", "--sandbox", f"{engine.kind}:{IMAGE}",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | environment(engine), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "1 test mended, 1 kept" in done.stdout
