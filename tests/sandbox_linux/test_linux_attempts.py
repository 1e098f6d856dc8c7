"""What a command tried is told, and what it broke for itself is its own fault."""

from __future__ import annotations

import shutil
import time

import pytest

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.linux.attacks import quick_attacks
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBox
from sandbox_linux.conftest import RunPython

ATTEMPTS = {
    "network": "import socket\nsocket.socket()",
    "ptrace": "import ctypes\nctypes.CDLL(None).ptrace(16, 1, 0, 0)",
    "mount": "import ctypes\nctypes.CDLL(None).umount2(b'/proc', 2)",
    "namespace": "import ctypes\nctypes.CDLL(None).unshare(0x10000000)",
    "signals": "import os\nos.kill(-1, 0)",
    "clock": "import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)",
    "disk": "open('/tmp/f', 'wb').write(bytes(100 << 20))",
    "output": "while True: print('x' * 10000)",
}


@pytest.mark.parametrize("flag", ATTEMPTS)
async def test_an_attempt_is_a_flag(flag: str, run_python: RunPython) -> None:
    """What no honest program does is told by name, although it came to nothing."""
    done = await run_python(
        f"try:\n{_indented(ATTEMPTS[flag])}\nexcept OSError: pass", limits=Limits(disk=8, output=64)
    )
    assert done.flags == (flag,)


def _indented(code: str) -> str:
    return "\n".join(f"    {line}" for line in code.splitlines())


HONEST = {
    "python": ("-c", "import asyncio, multiprocessing, subprocess, ssl; asyncio.run(asyncio.sleep(0))"),
    "node": ("-e", "require('http'); setTimeout(() => process.exit(0), 10)"),
    "java": ("-version",),
    "go": ("version",),
    "gcc": ("--version",),
    "bash": ("-c", "sleep 0.01 & kill $!; ulimit -c 0; wait; true"),
}


@pytest.mark.parametrize("program", HONEST)
async def test_honest_programs_raise_no_flag(program: str, box: LinuxBox) -> None:
    """Starting an interpreter, loading its network modules, and ending one's own child are no attempts."""
    found = python_command() if program == "python" else shutil.which(program)
    if found is None:
        pytest.skip(f"no {program} here")
    done = await box.run(Command(argv=(found, *HONEST[program]), env={"PATH": "/usr/bin:/bin", "HOME": "/tmp"}))
    if done.exit_code == 127:
        pytest.skip(f"{program} stands outside the system's folders")
    assert (done.exit_code, done.flags) == (0, ()), done


LEFT = {
    "a working folder that nobody may enter": "import os; os.chmod('/box', 0)",
    "a working folder that is gone": "import os; os.rmdir('/box/sub')",
    "a file in its place": "import os; os.rmdir('/box/sub'); open('/box/sub', 'w')",
    "a link to itself": "import os; os.rmdir('/box/sub'); os.symlink('sub', '/box/sub')",
}


@pytest.mark.parametrize("what", LEFT)
async def test_a_spoilt_folder_is_the_commands_fault(what: str, box: LinuxBox, run_python: RunPython) -> None:
    """A later command that cannot start where it should has failed; the sandbox is not broken."""
    await run_python("import os; os.mkdir('/box/sub')")
    await run_python(LEFT[what])
    done = await run_python("print('never')", cwd="sub")
    assert (done.exit_code, done.stdout) == (126, b"")
    assert b"cannot enter sub" in done.stderr


def test_the_quick_attacks_come_to_nothing(allowed: None) -> None:
    """The few attacks that the doctor runs are over soon, and none has an effect."""
    began = time.monotonic()
    checks = quick_attacks()
    assert [check for check in checks if not check.ok] == []
    assert len(checks) >= 8
    assert time.monotonic() - began < 20
