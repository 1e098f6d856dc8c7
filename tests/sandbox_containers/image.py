"""The image of the container tests, made of this machine's own files: nothing is pulled."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux.mounts import python_command

IMAGE = "assay.test/tools:1"
_PROGRAMS = [
    "sh",
    "bash",
    "cat",
    "chmod",
    "cp",
    "cut",
    "dirname",
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
    "mktemp",
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


def import_image(engine: Engine) -> None:
    command = [engine.command, *engine.options, "import", "--change", "ENV ASSAY_IMAGE=here", "-", IMAGE]
    with tempfile.TemporaryFile() as file:
        _pack(file)
        file.seek(0)
        subprocess.run(command, stdin=file, capture_output=True, check=True)


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
        for path in modules + libraries(linked):
            archive.add(path.resolve(), _inside(path))
        archive.add(python, _inside(python))
        _link(archive, "usr/bin/python3", str(python))


def _inside(path: Path) -> str:
    """Where /lib and the like are links into /usr, files go there."""
    text = str(path).lstrip("/")
    return f"usr/{text}" if text.startswith(("lib/", "lib64/", "bin/", "sbin/")) else text


def libraries(linked: list[Path]) -> list[Path]:
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
