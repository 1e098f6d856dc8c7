"""What every sandbox owes to one answer's stay in a box."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from pathlib import Path

import msgspec
import pytest

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Box, Boxes, Command
from sandbox_conformance.conftest import ENTRY, RunPython

ENDINGS = {
    "success": ("exit 0", 0, None),
    "a code": ("exit 7", 7, None),
    "a code that looks like a signal": ("exit 143", 143, None),
    "terminated": ("kill -TERM $$", None, signal.SIGTERM),
    "a fault": ("kill -SEGV $$", None, signal.SIGSEGV),
    "killed": ("kill -KILL $$", None, signal.SIGKILL),
    "an orphan is left": ("sleep 60 & exit 3", 3, None),
    "a daemon is left": ("(trap '' HUP TERM; sleep 60) >/dev/null 2>&1 & exit 4", 4, None),
    "no such program": ("exec no-such-program", 127, None),
}


async def test_endings_are_told_apart(box: Box) -> None:
    """Exit codes and signals are what they would be anywhere, and who is left behind holds nothing up."""
    for name, (script, code, ended_by) in ENDINGS.items():
        done = await box.run(Command(argv=("sh", "-c", script)))
        assert (done.exit_code, done.signal, done.limit) == (code, ended_by, ""), name
        assert done.wall_seconds < 10, name


async def test_killing_all_in_reach_harms_only_the_killer(box: Box) -> None:
    """Whoever signals every process that it may has ended at most its own command."""
    await box.run(Command(argv=("sh", "-c", "kill -KILL -1; exit 5")))
    assert (await box.run(Command(argv=("echo", "well")))).stdout == b"well\n"


async def test_what_cannot_be_executed_says_so(box: Box) -> None:
    """A missing program is 127; a plain file and a folder that is not there are 126."""
    await box.put({"plain.txt": b"text"})
    assert (await box.run(Command(argv=("no-such-program",)))).exit_code == 127
    assert (await box.run(Command(argv=("/no/such",)))).exit_code == 127
    assert (await box.run(Command(argv=("./plain.txt",)))).exit_code == 126
    nowhere = await box.run(Command(argv=("true",), cwd="absent"))
    assert (nowhere.exit_code, b"cannot enter absent" in nowhere.stderr) == (126, True)


@pytest.mark.parametrize("size", [0, 1, 3 << 20])
async def test_much_in_and_much_out(size: int, run_python: RunPython) -> None:
    """Every byte goes in and comes out on every pipe at once, and none is mixed with another's."""
    code = """
import sys
data, more = sys.stdin.buffer.read(), open(3, 'rb').read()
with open(4, 'wb') as out:
    for start in range(0, len(more), 1 << 16):
        sys.stdout.buffer.write(data[start:start + (1 << 16)])
        sys.stderr.buffer.write(data[start:start + (1 << 16)])
        out.write(more[start:start + (1 << 16)])
"""
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    done = await run_python(code, stdin=data, channel=data[::-1], limits=Limits(output=10240))
    assert done.exit_code == 0, done.stderr[-500:]
    assert (done.stdout == data, done.stderr == data, done.channel == data[::-1]) == (True, True, True)


async def test_no_channel_unless_asked(run_python: RunPython) -> None:
    """Descriptors beyond the standard three exist only for a command that has a channel."""
    listing = "import os; print(sorted(int(d) for d in os.listdir('/proc/self/fd')))"
    assert (await run_python(listing)).stdout == b"[0, 1, 2, 3]\n"  # 3 is the listing itself
    assert (await run_python(listing, channel=b"")).stdout == b"[0, 1, 2, 3, 4, 5]\n"


async def test_entry_points_end_like_programs(box: Box) -> None:
    """Warm or started anew: exit codes, tracebacks, channel and environment are those of a program."""
    left = await box.run(Command(warm=ENTRY, channel=b"import sys; print('out'); sys.exit(5)"))
    assert (left.exit_code, left.stdout) == (5, b"out\n")
    failed = await box.run(Command(warm=ENTRY, channel=b"1/0"))
    assert failed.exit_code == 1
    assert b"ZeroDivisionError" in failed.stderr
    asked = await box.run(Command(warm=ENTRY, env={"A": "b\n'c"}, channel=b"import os; reply(os.environ['A'])"))
    assert asked.channel == b'"b\\n\'c"'


async def test_files_stay_and_processes_do_not(box: Box) -> None:
    """The second command finds the first one's files, and none of its processes."""
    strange = bytes(range(256)) + b"%s \\n '\"$HOME`"
    await box.put({"in/deep/er.txt": b"put", "strange": strange, "large": bytes(300_000)})
    await box.put({"run.sh": b"cat in/deep/er.txt > out.txt; sleep 60 & :"})
    assert (await box.run(Command(argv=("sh", "run.sh")))).exit_code == 0
    done = await box.run(Command(argv=("sh", "-c", "cat out.txt; ps -eo args 2>/dev/null | grep -c '[s]leep 60'")))
    assert done.stdout.split()[:2] == [b"put0"] or done.stdout.split() == [b"put", b"0"] or done.stdout == b"put0\n"
    assert await box.take("strange", most=1000) == strange
    assert await box.take("large", most=1 << 20) == bytes(300_000)
    assert await box.take("out.txt", most=2) == b"pu"
    for absent in ("in/deep", "absent", "out.txt/below"):
        assert await box.take(absent, most=10) is None


HOSTILE = {
    "a link to a file": "ln -s /etc/passwd t",
    "a link to a folder": "mkdir d; echo x > d/f; ln -s d t",
    "a link to the root": "ln -s / t",
    "a pipe": "mkfifo t",
    "a folder": "mkdir t",
    "a loop": "ln -s t t",
    "a link to a process": "ln -s /proc/self/exe t",
    "a folder without rights": "mkdir t; echo x > t/f; chmod 000 t/f t; chmod 500 . || :",
}


async def test_links_are_never_followed(box: Box) -> None:
    """What an answer leaves in the place of a file is not followed, not waited for, and gives way."""
    for name, script in HOSTILE.items():
        assert (await box.run(Command(argv=("sh", "-c", f"rm -rf t d; {script}")))).exit_code == 0, name
        assert await box.take("t", most=100) is None, name
        assert await box.take("t/passwd", most=100) is None, name
        if "rights" in name:
            assert await box.take("t/f", most=100) == b"x\n", name
            continue
        assert await box.take("t/f", most=100) is None, name
        await box.put({"t": b"mine"})
        assert await box.take("t", most=100) == b"mine", name
        await box.put({"t/below": b"too"})
        assert await box.take("t/below", most=100) == b"too", name
        done = await box.run(Command(argv=("sh", "-c", "cat /etc/passwd d/f")))
        assert b"mine" not in done.stdout, name


TIGHT = Limits(cpu=0.5, wall=40.0, memory=96, processes=12, disk=8, output=64)

EXCEEDING = {
    "endless loop": ("cpu", "while True: pass"),
    "endless loops in many processes": (
        "cpu", "import os\nfor _ in range(3):\n    if os.fork() == 0: break\nwhile True: pass",
    ),
    "sleeper that ignores signals": (
        "wall",
        "import signal, time, os\nfor s in set(signal.Signals) - {9, 19}:\n    signal.signal(s, signal.SIG_IGN)\n"
        "os.fork(); os.setsid() if os.getpid() % 2 else 0; time.sleep(60)",
    ),
    "memory": ("memory", "x = [bytearray(1 << 20) for _ in range(4096)]"),
    "fork bomb": ("processes", "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(1)"),
    "disk fill": ("disk", "f = open('fill', 'wb')\nwhile True: f.write(bytes(1 << 20)); f.flush()"),
    "disk fill in many files": (
        "disk", "for n in range(99):\n    with open(f'/tmp/{n}', 'wb') as f: f.write(bytes(1 << 18))",
    ),
    "output flood": ("output", "while True: print('x' * 1000)"),
    "error flood": ("output", "import sys\nwhile True: print('x' * 1000, file=sys.stderr)"),
}  # fmt: skip


async def test_limits_are_named_and_hold(run_python: RunPython, sandbox: str) -> None:
    """Each ends in good time with the limit's name, and the next command in the box is not harmed."""
    for name, (limit, code) in EXCEEDING.items():
        limits = TIGHT if limit == "cpu" else msgspec.structs.replace(TIGHT, cpu=20.0)
        if limit == "wall":
            limits = msgspec.structs.replace(limits, wall=1.0)
        began = time.monotonic()
        done = await run_python(code, limits=limits)
        # Without a cgroup a refusal holds all the same, but nobody counts it.
        uncounted = {""} if sandbox.startswith("linux") and limit in ("memory", "processes") else set()
        assert done.limit in {limit} | uncounted, name
        assert done.exit_code != 0, name
        assert time.monotonic() - began < 20, name
        assert len(done.stdout) + len(done.stderr) <= TIGHT.output << 10, name
        after = await run_python("print('well')")
        assert (after.stdout, after.exit_code) == (b"well\n", 0), name


async def test_no_room_for_files_is_the_answers(box: Box) -> None:
    """Files that do not fit make the next command exceed its disk, and break nothing."""
    await box.put({"big": bytes(8 << 20)})
    assert (await box.run(Command(argv=("true",), limits=Limits(disk=4)))).limit == "disk"
    assert (await box.run(Command(argv=("true",)))).exit_code == 0


NO_WAY_OUT = {
    "tcp to the host": "socket.create_connection(('127.0.0.1', PORT), 1)",
    "tcp to the world": "socket.create_connection(('192.0.2.1', 80), 1)",
    "tcp over version 6": "socket.create_connection(('::1', PORT), 1)",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "names": "socket.getaddrinfo('example.org', 80)",
    "the host's abstract sockets": "socket.socket(socket.AF_UNIX).connect('\\0assay-conformance-abstract')",
    "raw": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "the secret file": "open(SECRET)",
    "this repository": "open(REPOSITORY + '/pyproject.toml')",
    "host users": "open('/etc/shadow')",
    "writing to the standard library": "open(os.__file__, 'a')",
    "writing to the root": "open('/evil', 'w')",
    "writing to the system": "open('/usr/bin/evil', 'w')",
    "the memory of the first process": "open('/proc/1/mem', 'rb')",
    "the environment of the first process": "open('/proc/1/environ', 'rb').read(1)",
    "what the first process holds": "os.listdir('/proc/1/fd')",
    "core pattern": "open('/proc/sys/kernel/core_pattern', 'w')",
    "sysrq": "open('/proc/sysrq-trigger', 'w')",
    "becoming root": "os.setuid(0)",
    "changing root": "os.chroot('/tmp')",
    "a device node": "os.mknod('/tmp/disk', 0o60600, os.makedev(254, 0))",
    "mount": "refuse(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))",
    "ptrace": "refuse(libc.ptrace(16, 1, 0, 0))",
    "a user namespace": "refuse(libc.unshare(0x10000000))",
    "a mount namespace": "refuse(libc.unshare(0x20000))",
}


async def test_nothing_outside_is_reached(run_python: RunPython, tmp_path: Path) -> None:
    """No network, no host file, no privilege: every door is closed, although behind each something waits."""
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    lines = ["import ctypes, os, socket", "libc = ctypes.CDLL(None)"]
    lines.append("def refuse(result):\n    if result == -1: raise OSError")
    for name, expression in NO_WAY_OUT.items():
        lines.append(f"try:\n    {expression}; print({name!r})\nexcept OSError: pass")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0assay-conformance-abstract")
        abstract.listen()
        place = {"PORT": server.getsockname()[1], "REPOSITORY": str(Path(__file__).parents[2]), "SECRET": str(secret)}
        done = await run_python("\n".join([*(f"{k} = {v!r}" for k, v in place.items()), *lines]))
    assert (done.stdout, done.stderr) == (b"", b"")


async def test_no_privilege_is_left(run_python: RunPython) -> None:
    """No capability that a program could use, no way to gain one, a filter on system calls, and not root."""
    done = await run_python("import os; print('Uid:\\t%d' % os.getuid()); print(open('/proc/self/status').read())")
    status = dict(line.split(":\t", 1) for line in done.stdout.decode().splitlines() if ":\t" in line)
    assert {int(status[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Amb")} == {0}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert status["Uid"].split()[0] != "0"


async def test_the_environment_is_empty(run_python: RunPython, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the caller's environment and nothing of an image's is handed on; what is asked for is."""
    monkeypatch.setenv("ASSAY_TEST_SECRET", "hunter2")
    code = "print(open('/proc/self/environ').read().split('\\0'))"
    assert (await run_python(code)).stdout == b"['']\n"
    done = await run_python(code, env={"WANTED": "y e s"})
    assert done.stdout == b"['WANTED=y e s', '']\n"


async def test_stays_know_nothing_of_each_other(boxes: Boxes) -> None:
    """The next stay finds no file of the last one, and one beside it no process and no file."""
    async with boxes.enter() as first, boxes.enter() as second:
        await first.put({"mine": b"x"})
        sleeper = asyncio.create_task(first.run(Command(argv=("sh", "-c", "echo > /tmp/t; sleep 1.5"))))
        await asyncio.sleep(0.8)
        done = await second.run(Command(argv=("sh", "-c", "ls -A . /tmp; ps -eo args | grep '[s]leep'")))
        assert b"mine" not in done.stdout
        assert b"sleep" not in done.stdout
        assert (await sleeper).exit_code == 0
    async with boxes.enter() as third:
        done = await third.run(Command(argv=("sh", "-c", "ls -A . /tmp")))
        assert done.stdout.split() == [b".:", b"/tmp:"]


async def test_cancelling_stops_the_command(box: Box) -> None:
    """Who stops waiting has stopped the command with its tree, and the box goes on."""
    await box.put({"x": b"x"})
    running = asyncio.create_task(box.run(Command(argv=("sh", "-c", "sleep 77 & echo > there; sleep 77"))))
    await asyncio.sleep(1.5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    done = await box.run(Command(argv=("sh", "-c", "cat there; ps -eo args | grep -c '[s]leep 77'")))
    assert done.stdout.split() == [b"0"]


async def test_many_stays_at_once(boxes: Boxes) -> None:
    """More callers than workers all get their turn, and their own results."""

    async def stay(number: int) -> bytes:
        async with boxes.enter() as box:
            await box.put({"number": b"%d" % number})
            return (await box.run(Command(argv=("cat", "number")))).stdout

    assert await asyncio.gather(*map(stay, range(5))) == [b"%d" % number for number in range(5)]


NAMES = ("x" * 300, "/".join("d" * 200 for _ in range(30)), "a//b", "half \ud800 a pair", "a byte \udcff", "c/./d")


async def test_any_name_can_be_put(boxes: Boxes) -> None:
    """A file name that a model made up never breaks the sandbox: it is written, or the command has failed."""
    for name in NAMES:
        async with boxes.enter() as box:
            await box.put({name: b"content"})
            done = await box.run(Command(argv=("/bin/true",)))
            assert done.exit_code == 0 or len(name) > 255, name
            assert await box.take(name, most=99) in ({b"content"} if len(name) <= 255 else {b"content", None}), name


async def test_what_cannot_be_said_is_refused(box: Box) -> None:
    """An argument that is no text is an error of the caller's, and the box can be used further; bytes are told as
    they are."""
    with pytest.raises(SandboxError, match="not a command"):
        await box.run(Command(argv=("echo", "\ud800")))
    assert (await box.run(Command(argv=("echo", "\udcff")))).stdout == b"\xff\n"


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../up", "", "nul\0l"])
async def test_paths_that_leave_are_refused(path: str, box: Box) -> None:
    """A path that is not below the working folder is the caller's mistake, said at once."""
    with pytest.raises(SandboxError, match="below the working folder"):
        await box.put({path: b""})
    with pytest.raises(SandboxError, match="below the working folder"):
        await box.take(path, most=1)


async def test_a_closed_pool_opens_nothing(boxes: Boxes) -> None:
    """After closing, a box cannot be had, and that is said."""
    await boxes.close()
    with pytest.raises(SandboxError, match="closed"):
        async with boxes.enter():
            pass
