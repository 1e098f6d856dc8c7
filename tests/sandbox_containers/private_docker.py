"""A Docker Engine for these tests alone, started by hand: data, socket, state and cgroups are its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from sandbox_containers.image import import_image

_START_WITHIN = 30.0


@contextlib.contextmanager
def private_docker() -> Iterator[Engine]:
    client, daemon = shutil.which("docker"), shutil.which("dockerd")
    if client is None or daemon is None:
        pytest.skip("no Docker Engine here: install docker.io (docker and dockerd)")
    if os.geteuid() != 0:
        pytest.skip("starting a Docker Engine by hand needs root")
    home = Path(tempfile.mkdtemp(prefix="assay-engine-", dir="/tmp"))
    key_was_there = Path("/etc/docker/key.json").exists()
    parent = f"engine-under-test-{os.getpid()}"
    process, why = None, ""
    try:
        for driver in ("overlay2", "vfs"):
            process, why = _try(daemon, home, driver=driver, parent=parent)
            if process is not None:
                break
        if process is None:
            pytest.skip(f"a Docker Engine does not start here: {why}")
        engine = Engine(client, "docker", ("--host", f"unix://{home}/socket"))
        import_image(engine)
        yield engine
    finally:
        if process is not None:
            _stop(process)
        _forget(home, parent, key_was_there=key_was_there)


def _try(daemon: str, home: Path, *, driver: str, parent: str) -> tuple[subprocess.Popen[bytes] | None, str]:
    log, settings = home / f"{driver}.log", home / "daemon.json"
    settings.write_text("{}")  # and not the machine's own
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                daemon, "--data-root", home / "data", "--exec-root", home / "exec", "--pidfile", home / "pid",
                "--host", f"unix://{home}/socket", "--iptables=false", "--bridge=none",
                "--storage-driver", driver, "--cgroup-parent", f"/{parent}", "--config-file", settings,
            ],
            stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    give_up = time.monotonic() + _START_WITHIN
    while process.poll() is None and time.monotonic() < give_up:
        asked = subprocess.run(
            ["docker", "--host", f"unix://{home}/socket", "version"], capture_output=True, check=False
        )
        if asked.returncode == 0:
            return process, ""
        time.sleep(0.1)
    _stop(process)
    lines = log.read_text(errors="replace").strip().splitlines()
    return None, lines[-1][-300:] if lines else "it says nothing"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _forget(home: Path, parent: str, *, key_was_there: bool) -> None:
    for line in reversed(Path("/proc/mounts").read_text().splitlines()):
        place = line.split()[1]
        if place.startswith(f"{home}/"):
            subprocess.run(["umount", "--lazy", place], capture_output=True, check=False)
    shutil.rmtree(home, ignore_errors=True)
    if not key_was_there:
        Path("/etc/docker/key.json").unlink(missing_ok=True)
    for folder in [*Path("/sys/fs/cgroup").glob(f"*/{parent}"), *Path("/sys/fs/cgroup").glob(parent)]:
        with contextlib.suppress(OSError):
            folder.rmdir()
