"""Podman for these tests alone: there is no daemon to start, only a store of their own.

Whoever finds its command in this folder, as its `PATH` may say, has that store without a further word.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.image import IMAGE, import_image


@contextlib.contextmanager
def private_podman() -> Iterator[Engine]:
    """The command with the image; a visible skip where it runs no container."""
    found = shutil.which("podman")
    if found is None:
        pytest.skip("no Podman here: install podman and catatonit")
    if os.geteuid() != 0:
        pytest.skip("Podman without root needs settings of the machine (subuid) that tests do not make")
    home = Path(tempfile.mkdtemp(prefix="assay-podman-", dir="/tmp"))
    store = f"--root {home}/store --runroot {home}/run --storage-driver vfs --cgroup-manager cgroupfs"
    command = home / "podman"
    command.write_text(f'#!/bin/sh\nexec {found} {store} "$@"\n')
    command.chmod(0o755)
    engine = Engine(str(command), "podman")
    try:
        import_image(engine)
        _prove(engine)
        yield engine
    finally:
        for words in (["rm", "--all", "--force"], ["rmi", "--all", "--force"]):
            subprocess.run([command, *words], capture_output=True, check=False)
        for line in reversed(Path("/proc/mounts").read_text().splitlines()):
            place = line.split()[1]
            if place.startswith(f"{home}/"):
                subprocess.run(["umount", "--lazy", place], capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


def _prove(engine: Engine) -> None:
    bounds = ["--ulimit=nofile=4096:4096", *engine.own_limits(), "--memory=64m", "--pids-limit=16"]
    words = ["run", "--rm", "--init", "--network=none", *bounds, IMAGE, "true"]
    done = subprocess.run([engine.command, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"Podman runs no container here: {done.stderr.strip().splitlines()[-1:]}")
