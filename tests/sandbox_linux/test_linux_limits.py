"""Each limit, reached on purpose: it is named, and the box goes on."""

from __future__ import annotations

import time

import msgspec
import pytest

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.linux import landlock
from assay.sandboxes.linux.mounts import everyday_mounts, python_command
from assay.sandboxes.linux.pool import LinuxBox, LinuxBoxes
from sandbox_linux.conftest import RunPython

TIGHT = Limits(cpu=0.4, wall=30.0, memory=96, processes=12, disk=8, output=64)
SHORT = Limits(cpu=10.0, wall=1.0, memory=96, processes=12, disk=8, output=64)

EXCEEDING = {
    "endless loop": ("cpu", "while True: pass"),
    "endless loop in many processes": (
        "cpu",
        "import os\nfor _ in range(3):\n    if os.fork() == 0: break\nwhile True: pass",
    ),
    "a chain of short-lived processes": (
        "cpu",
        "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "while True:\n    if os.fork() == 0:\n        sum(range(300000)); os._exit(0)\n    sum(range(300000))",
    ),
    "sleeper": ("wall", "import time; time.sleep(60)"),
    "ignores every signal": (
        "wall",
        "import signal, time\nfor s in set(signal.Signals) - {9, 19}:\n    signal.signal(s, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(60)",
    ),
    "stopped": ("wall", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"),
    "memory bomb": ("memory", "x = [bytearray(1 << 20) for _ in range(4096)]"),
    "memory bomb over many processes": (
        "memory",
        "import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n        x = bytearray(60 << 20); time.sleep(9)\n"
        "os.wait(); raise SystemExit(1)",
    ),
    "memory in anonymous files": (
        "memory",
        "import os\nfd = os.memfd_create('x')\nfor n in range(400):\n"
        "    fd = os.memfd_create('x') if n % 4 == 0 else fd\n    os.write(fd, bytes(1 << 20))",
    ),
    "fork bomb": ("processes", "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(1)"),
    "thread bomb": (
        "processes",
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(1,), daemon=True).start()",
    ),
    "disk fill": ("disk", "f = open('fill', 'wb')\nwhile True: f.write(bytes(1 << 20)); f.flush()"),
    "disk fill in many files": (
        "disk",
        "for n in range(99):\n    with open(f'/tmp/{n}', 'wb') as f: f.write(bytes(1 << 18))",
    ),
    "output flood": ("output", "while True: print('x' * 1000)"),
    "error flood": ("output", "import sys\nwhile True: print('x' * 1000, file=sys.stderr)"),
}


@pytest.mark.parametrize("name", EXCEEDING)
async def test_a_limit_is_named_and_holds(name: str, run_python: RunPython, counted: bool) -> None:
    """The command ends in good time with the limit's name, and the next command in the box is not harmed."""
    limit, code = EXCEEDING[name]
    # Without a cgroup a refusal holds all the same, but nobody counts it.
    allowed = {limit, ""} if limit in ("processes", "memory") and not counted else {limit}
    limits = SHORT if limit == "wall" else TIGHT
    if limit not in ("cpu", "wall"):
        limits = msgspec.structs.replace(limits, cpu=10.0)
    began = time.monotonic()
    done = await run_python(code, limits=limits)
    assert done.limit in allowed
    assert time.monotonic() - began < 10
    assert done.exit_code != 0
    assert len(done.stdout) + len(done.stderr) <= TIGHT.output << 10
    after = await run_python("print('well')")
    assert after.stdout == b"well\n"


async def test_inodes_are_bounded(run_python: RunPython) -> None:
    """A million empty files are refused long before a million, as a full disk."""
    code = "for n in range(10**6): open(f'/tmp/{n}', 'w').close()"
    done = await run_python(code, limits=Limits(cpu=20, wall=40))
    assert done.limit == "disk"


async def test_processor_time_counts_although_nobody_waits(run_python: RunPython) -> None:
    """A burst below the limit is reported with what it took, over all processes."""
    code = (
        "import os\nfor _ in range(2):\n    if os.fork() == 0: sum(range(4_000_000)); os._exit(0)\nos.wait(); os.wait()"
    )
    done = await run_python(code)
    assert done.exit_code == 0
    assert done.cpu_seconds > 0.05
    assert done.wall_seconds > 0


@pytest.mark.parametrize(("code", "limit"), [("while True: pass", "cpu"), ("import time; time.sleep(60)", "wall")])
async def test_warm_programs_are_held_too(code: str, limit: str, box: LinuxBox) -> None:
    """A fork of the worker is under the same limits as a program."""
    limits = SHORT if limit == "wall" else TIGHT
    done = await box.run(Command(warm="warm_entries:work", channel=code.encode(), limits=limits))
    assert done.limit == limit
    again = await box.run(Command(warm="warm_entries:echo", channel=b"well"))
    assert again.channel == b"well"


async def test_what_a_program_survives_is_no_limit(run_python: RunPython) -> None:
    """A program that meets a full disk and copes has not exceeded anything."""
    code = """
try:
    with open('fill', 'wb') as f:
        while True: f.write(bytes(1 << 20))
except OSError:
    print('coped')
"""
    done = await run_python(code, limits=TIGHT)
    assert (done.exit_code, done.limit, done.stdout) == (0, "", b"coped\n")


_FULL_SOCKETS = """
import os, socket, time
for _ in range(3):
    if os.fork() == 0: break
hoard = []
for _ in range(400):
    hoard += socket.socketpair()
    for one in hoard[-2:]:
        one.setblocking(False)
        try:
            while True: one.send(bytes(1 << 16))
        except BlockingIOError: pass
time.sleep(60)
"""


@pytest.mark.parametrize("fenced", [False, True], ids=["namespaces", "fence"])
async def test_memory_in_sockets_is_bounded(fenced: bool, allowed: None) -> None:
    """What lies in sockets is memory of the command's, also where the kernel counts it for nobody and the machine's
    own sockets are all around."""
    if fenced and landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("this kernel's Landlock does not scope signals")
    pool = LinuxBoxes(1, everyday_mounts(), fenced=fenced)
    try:
        async with pool.enter() as box:
            limits = msgspec.structs.replace(SHORT, memory=128, wall=20.0)
            done = await box.run(Command(argv=(python_command(), "-S", "-c", _FULL_SOCKETS), limits=limits))
        assert done.limit == "memory"
    finally:
        await pool.close()
