"""A handful of attacks on a box of this machine's, run when somebody asks what the sandbox is worth here.

Each is tried from inside and judged from outside: by a secret that must not come back, a server that must
not be called, a neighbour that must live. The full corpus is among the tests.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Command, Finished
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.support import Check

_TIGHT = Limits(cpu=0.5, wall=10.0, memory=64, processes=16, disk=4, output=16)
_NOBODY = 65534
_LIVES_AT_MOST = "60"
_REPORT = "do not judge untrusted answers here, and report this with `assay doctor machine --json`"


class _Outside(NamedTuple):
    """What waits outside the box."""

    secret: str
    file: str
    server: socket.socket
    neighbour: subprocess.Popen[bytes]

    def called(self) -> bool:
        with suppress(BlockingIOError):
            self.server.accept()[0].close()
            return True
        return False

    def told(self, done: Finished) -> bool:
        return self.secret.encode() in done.stdout + done.stderr


_Harmless = Callable[[_Outside, Finished], bool]


def _untold(outside: _Outside, done: Finished) -> bool:
    return done.exit_code == 0 and not outside.told(done)


def _uncalled(outside: _Outside, _done: Finished) -> bool:
    return not outside.called()


def _alone(outside: _Outside, _done: Finished) -> bool:
    return outside.neighbour.poll() is None


def _ended_by(*limits: str) -> _Harmless:
    return lambda _outside, done: done.limit in limits


_ATTACKS: dict[str, tuple[str, str, _Harmless]] = {
    # name: (what is tried, program, harmless?)
    "a secret file": (
        "reads a file of yours by its path",
        "try: print(open(FILE).read())\nexcept OSError: pass",
        _untold,
    ),
    "your environment": (
        "looks for your variables in every process that it can name",
        "for p in [*range(1, 2000), NEIGHBOUR, 'self', 'thread-self']:\n"
        "    try: print(open(f'/proc/{p}/environ').read())\n    except OSError: pass",
        _untold,
    ),
    "the network": (
        "connects to a server on this machine",
        "import socket\ntry: socket.create_connection(('127.0.0.1', PORT), 0.5)\nexcept OSError: pass",
        _uncalled,
    ),
    "signals": (
        "kills all that it can reach",
        "import os\nfor p in (int(NEIGHBOUR), -1):\n    try: os.kill(p, 9)\n    except OSError: pass",
        _alone,
    ),
    "memory": ("takes all memory", "x = []\nwhile True: x.append(bytearray(b'x') * 4000000)", _ended_by("memory")),
    "processes": (
        "forks without end",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        _ended_by("cpu", "processes", "wall", "memory"),
    ),
    "disk": (
        "fills the disk",
        "f = open('f', 'wb', 0)\nwhile True: f.write(bytes(1 << 20))",
        _ended_by("disk"),
    ),
    "output": ("prints without end", "while True: print('x' * 10000)", _ended_by("output")),
}


def quick_attacks() -> list[Check]:
    """Takes about two seconds. Raises nothing: where no box opens, that is the one line."""
    try:
        with _outside() as outside:
            return asyncio.run(_attack(outside))
    except (SandboxError, OSError) as error:
        return [Check("attacks", False, f"no box opens: {error}", "see the lines above")]


@contextmanager
def _outside() -> Iterator[_Outside]:
    with ExitStack() as stack:
        secret = secrets.token_hex(16)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        (folder / "secret").write_text(secret)
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        server.setblocking(False)
        user = _NOBODY if os.geteuid() == 0 else None
        neighbour = subprocess.Popen(["sleep", _LIVES_AT_MOST], env=os.environ | {"SECRET": secret}, user=user)
        stack.callback(neighbour.wait)
        stack.callback(neighbour.kill)
        yield _Outside(secret, str(folder / "secret"), server, neighbour)


async def _attack(outside: _Outside) -> list[Check]:
    known = f"FILE, PORT, NEIGHBOUR = {outside.file!r}, {outside.server.getsockname()[1]}, '{outside.neighbour.pid}'\n"
    boxes = LinuxBoxes(1)
    try:
        return [
            await _judged(boxes, name, tries, known + code, outside, harmless)
            for name, (tries, code, harmless) in _ATTACKS.items()
        ]
    finally:
        await boxes.close()


async def _judged(boxes: LinuxBoxes, name: str, tries: str, code: str, outside: _Outside, harmless: _Harmless) -> Check:
    began = time.monotonic()
    async with boxes.enter() as box:
        done = await box.run(Command(argv=(python_command(), "-S", "-c", code), limits=_TIGHT))
    ok = harmless(outside, done)
    detail = f"{tries}: {'no effect' if ok else 'IT WORKED'}, {time.monotonic() - began:.1f} s"
    return Check(f"attack: {name}", ok, detail, "" if ok else _REPORT)
