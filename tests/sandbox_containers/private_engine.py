"""A container engine for these tests alone: started by hand, with an image made of this machine's own files.

Nothing is pulled, and nothing stays: data, socket, state and cgroups are the tests' own, and go with them.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux.mounts import python_command

IMAGE = "assay.test/tools:1"
_PROGRAMS = [
    "sh",
    "cat",
    "chmod",
    "cp",
    "cut",
    "dd",
    "echo",
    "env",
    "false",
    "find",
    "grep",
    "head",
    "id",
    "kill",
    "ln",
    "ls",
    "mkdir",
    "mkfifo",
    "mv",
    "od",
    "printf",
    "ps",
    "rm",
    "seq",
    "sha256sum",
    "sleep",
    "sort",
    "stat",
    "tail",
    "tee",
    "touch",
    "tr",
    "true",
    "wc",
    "yes",
]
_LEFT_OUT = {"test", "tests", "idlelib", "site-packages", "dist-packages", "__pycache__", "ensurepip", "tkinter"}
_START_WITHIN = 30.0
_running: dict[str, object] = {}


@contextlib.contextmanager
def private_engine() -> Iterator[Engine]:
    """The engine with the image; one for all who ask in this process, and gone with the last of them."""
    users = _running.setdefault("users", [])
    assert isinstance(users, list)
    if "engine" not in _running:
        stack = contextlib.ExitStack()
        _running["engine"] = stack.enter_context(_started())
        _running["stack"] = stack
    users.append(None)
    try:
        engine = _running["engine"]
        assert isinstance(engine, Engine)
        yield engine
    finally:
        users.pop()
        if not users:
            stack = _running["stack"]  # type: ignore[assignment]  # put there above
            _running.clear()
            stack.close()


@contextlib.contextmanager
def _started() -> Iterator[Engine]:
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
        _import(engine)
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


def _import(engine: Engine) -> None:
    command = [engine.command, *engine.options, "import", "--change", "ENV ASSAY_IMAGE=here", "-", IMAGE]
    with tempfile.TemporaryFile() as file:
        _pack(file)
        file.seek(0)
        subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True)


def _pack(file: io.BufferedRandom | tempfile._TemporaryFileWrapper[bytes]) -> None:
    """Python, a shell and the everyday tools, each with the libraries that it is linked to."""
    python = Path(python_command())
    library = Path(os.__file__).resolve().parent
    modules = [path for path in library.rglob("*") if path.is_file() and not _LEFT_OUT & set(path.parts)]
    modules = [path for path in modules if not path.parent.name.startswith("config-")]
    tools = {f"usr/bin/{name}": Path(found) for name in _PROGRAMS if (found := shutil.which(name))}
    linked = [path for path in modules if path.suffix == ".so"] + [python, *tools.values()]
    with tarfile.open(fileobj=file, mode="w") as archive:
        for folder, mode in (("tmp", 0o1777), ("etc", 0o755), ("usr/bin", 0o755), ("repo", 0o755)):
            _folder(archive, folder, mode)
        for name in ("bin", "lib", "lib64", "sbin"):
            _link(archive, name, f"usr/{name}")
        _text(archive, "etc/passwd", "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n")
        _text(archive, "repo/hello.txt", "hello\n")
        for target, source in tools.items():
            archive.add(source.resolve(), target)
        for path in modules + _libraries(linked):
            archive.add(path.resolve(), _inside(path))
        archive.add(python, _inside(python))
        _link(archive, "usr/bin/python3", str(python))


def _inside(path: Path) -> str:
    """Where /lib and the like are links into /usr, files go there."""
    text = str(path).lstrip("/")
    return f"usr/{text}" if text.startswith(("lib/", "lib64/", "bin/", "sbin/")) else text


def _libraries(linked: list[Path]) -> list[Path]:
    found: set[str] = set()
    for start in range(0, len(linked), 50):
        done = subprocess.run(["ldd", *linked[start : start + 50]], capture_output=True, text=True, check=False)
        found |= set(re.findall(r"(/\S+) \(0x", done.stdout))
    return [Path(name) for name in sorted(found)]


def _folder(archive: tarfile.TarFile, name: str, mode: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, mode
    archive.addfile(entry)


def _link(archive: tarfile.TarFile, name: str, target: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, target
    archive.addfile(entry)


def _text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), 0o644
    archive.addfile(entry, io.BytesIO(text.encode()))


if __name__ == "__main__":
    with private_engine() as shown:
        sys.stdout.write(f"{' '.join(shown.options)}\n")
        sys.stdin.readline()
