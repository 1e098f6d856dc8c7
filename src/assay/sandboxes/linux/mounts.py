"""Which host paths a box shows for Python itself and for programs linked against the system's libraries."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from assay.sandboxes.box import Mount

_LIBRARIES = (
    "/lib/{multiarch}", "/usr/lib/{multiarch}", "/lib64", "/usr/lib64", "/etc/ld.so.cache",
    "/lib/ld-musl-{machine}.so.1",
)  # fmt: skip
_EVERYDAY = (
    "/bin", "/sbin", "/lib", "/lib64", "/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf",
    "/etc/ld.so.conf.d", "/etc/ssl/certs",
)  # fmt: skip


def python_command() -> str:
    """The interpreter inside boxes: the one beneath any virtual environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def python_mounts() -> tuple[Mount, ...]:
    """The standard library and the interpreter at their own paths; installed packages are not among them
    (see `python_hidden`)."""
    command = Path(python_command())
    library = _standard_library()
    shared = sorted(Path(sys.base_prefix, "lib").glob("libpython3*.so*"))
    named = [command.with_name("python3")] if command.with_name("python3").exists() else []
    paths = [library, command, *named, *shared]
    return tuple(Mount(str(path)) for path in paths) + library_mounts()


def python_hidden() -> tuple[str, ...]:
    """Folders that a box must not show, wherever a mount brings them in: installed packages of the standard
    library's, and the suites in this package, which hold the cases and the solutions of the tasks being judged."""
    library = _standard_library()
    packages = [str(library / name) for name in ("site-packages", "dist-packages")]
    return (*packages, str(Path(__file__).parents[2] / "suites"))


def library_mounts() -> tuple[Mount, ...]:
    """The folders that the system's dynamic loader searches."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    paths = [path.format(multiarch=multiarch, machine=os.uname().machine) for path in _LIBRARIES]
    return tuple(Mount(path) for path in paths if Path(path).exists())


def everyday_mounts() -> tuple[Mount, ...]:
    """What a person at a shell expects to find: all of the system's programs, none of its settings."""
    return tuple(Mount(path) for path in _EVERYDAY if Path(path).exists())


def _standard_library() -> Path:
    return Path(os.path.realpath(os.__file__)).parent
