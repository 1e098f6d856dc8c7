"""What all answers share is made once, whole, however many want it and whoever is killed."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains.base import prepared, shared_folder

_ANOTHER = """
import os, signal, sys, time
from pathlib import Path
from assay.sandboxes.toolchains.base import prepared

def make(folder):
    (folder / "part").write_text("half")
    with open(sys.argv[2], "a") as log:
        print("made", file=log)
    {then}

prepared(Path(sys.argv[1]), make)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "driver"


def _another(folder: Path, log: Path, *, then: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _ANOTHER.format(then=then), str(folder), str(log)])


def test_it_is_made_once_for_all_who_want_it_at_once(folder: Path, tmp_path: Path) -> None:
    """Threads of this process and another process: one makes it, the others wait until it is whole."""
    log = tmp_path / "log"

    def make(fresh: Path) -> None:
        with log.open("a") as lines:
            lines.write("made\n")
        time.sleep(0.2)
        (fresh / "whole").touch()

    def want(_: int) -> bool:
        return (prepared(folder, make) / "whole").exists()

    with _another(folder, log, then='time.sleep(0.2); (folder / "whole").touch()') as other:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(want, range(8)))
        assert other.wait() == 0
    assert log.read_text() == "made\n"


def test_what_a_killed_process_left_is_made_anew(folder: Path, tmp_path: Path) -> None:
    """Nobody sees half of it, and nothing of it stays."""
    with _another(folder, tmp_path / "log", then="os.kill(os.getpid(), signal.SIGKILL)") as other:
        assert other.wait() == -signal.SIGKILL
    assert not folder.exists()
    assert list(prepared(folder, lambda fresh: (fresh / "whole").touch()).iterdir()) == [folder / "whole"]
    assert {path.name for path in folder.parent.iterdir()} == {"driver"}


async def test_no_answer_can_hold_it_up() -> None:
    """Whoever may read a file may lock it: of what boxes are shown, nothing is waited for."""
    code = b"""if 1:
        import fcntl, os
        held = []
        for folder, _, names in os.walk(os.environ["SHOWN"]):
            for name in (".", *names):
                held.append(os.open(os.path.join(folder, name), os.O_RDONLY))
                fcntl.flock(held[-1], fcntl.LOCK_EX)
        print("locked", flush=True)
        while True: pass
    """
    shown = shared_folder() / "held"
    folder = shown / "driver"
    shown.mkdir(exist_ok=True)
    folder.with_name("driver.lock").touch()  # as it once lay there
    boxes = LinuxBoxes(1, (Mount(str(shared_folder())),))
    try:
        async with boxes.enter() as box:
            argv = (python_command(), "-S", "-c", code.decode())
            holding = Command(argv=argv, env={"SHOWN": str(shown)}, limits=Limits(cpu=3.0, wall=20.0))
            held = asyncio.ensure_future(box.run(holding))
            await asyncio.sleep(0.5)
            async with asyncio.timeout(2.0):
                await asyncio.to_thread(prepared, folder, lambda fresh: (fresh / "whole").touch())
            assert not held.done()
            assert (await held).stdout == b"locked\n"
    finally:
        await boxes.close()
        shutil.rmtree(shown)


def test_what_cannot_be_made_is_said_and_leaves_nothing(folder: Path) -> None:
    """A full disk, say; the next one tries again."""

    def full(fresh: Path) -> None:
        (fresh / "part").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(SandboxError, match=r"driver cannot be prepared: .*No space left"):
        prepared(folder, full)
    assert list(folder.parent.iterdir()) == []
    assert prepared(folder, lambda fresh: (fresh / "whole").touch()) == folder
