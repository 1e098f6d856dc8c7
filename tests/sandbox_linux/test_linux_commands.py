"""Commands, files and channels: what goes in comes out."""

from __future__ import annotations

import signal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.core.errors import SandboxError
from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBox, checked
from sandbox_linux.conftest import RunPython

LARGE = bytes(range(256)) * (4 << 12)  # 4 MiB


@pytest.mark.parametrize(
    ("script", "code", "ended_by"),
    [
        ("exit 0", 0, None),
        ("exit 7", 7, None),
        ("kill -TERM $$", None, signal.SIGTERM),
        ("kill -SEGV $$", None, signal.SIGSEGV),
        ("kill -ABRT $$", None, signal.SIGABRT),
        ("sleep 5 & exit 3", 3, None),
        ("(sleep 0.05; exit 1) & wait; exit 4", 4, None),
        ("no-such-program", 127, None),
    ],
)
async def test_endings_are_told_apart(script: str, code: int | None, ended_by: int | None, box: LinuxBox) -> None:
    """Exit codes and signals are what they would be anywhere, and orphans hold nothing up."""
    done = await box.run(Command(argv=("sh", "-c", script)))
    assert (done.exit_code, done.signal, done.limit) == (code, ended_by, "")
    assert done.wall_seconds < 3


async def test_a_missing_program_says_so(box: LinuxBox) -> None:
    """What cannot be executed ends as a shell would have it, with its name."""
    assert (await box.run(Command(argv=("/no/such",)))).exit_code == 127
    await box.put({"plain.txt": b"text"})
    assert (await box.run(Command(argv=("./plain.txt",)))).exit_code == 126


@pytest.mark.parametrize("size", [0, 1, 65536, len(LARGE)])
async def test_much_in_and_much_out(size: int, box: LinuxBox) -> None:
    """Several megabytes on every pipe at once neither block nor mix."""
    code = """
import os, sys
data, more = sys.stdin.buffer.read(), open(3, 'rb').read()
with open(4, 'wb') as out:
    for start in range(0, len(more), 1 << 16):
        sys.stdout.buffer.write(data[start:start + (1 << 16)])
        sys.stderr.buffer.write(data[start:start + (1 << 16)])
        out.write(more[start:start + (1 << 16)])
"""
    data, other = LARGE[:size], LARGE[:size][::-1]
    command = Command(argv=(python_command(), "-S", "-c", code), stdin=data, channel=other, limits=Limits(output=10240))
    done = await box.run(command)
    assert done.exit_code == 0, done.stderr[-500:]
    assert (done.stdout == data, done.stderr == data, done.channel == other) == (True, True, True)


async def test_no_channel_unless_asked(run_python: RunPython) -> None:
    """Descriptors beyond the standard three exist only for a command that has a channel."""
    done = await run_python("import os; print(sorted(int(d) for d in os.listdir('/dev/fd')))")
    assert done.stdout == b"[0, 1, 2, 3]\n"  # 3 is the listing itself


async def test_files_stay_and_processes_do_not(box: LinuxBox) -> None:
    """The second command finds the first one's files, and none of its processes."""
    await box.put({"in/deep/er.txt": b"put", "run.sh": b"echo $(cat in/deep/er.txt) > out.txt; sleep 60 & :"})
    assert (await box.run(Command(argv=("sh", "run.sh")))).exit_code == 0
    done = await box.run(Command(argv=("sh", "-c", "cat out.txt; ls /proc | grep -c '^[0-9]'")))
    text, seen = done.stdout.split()
    assert (text, int(seen) <= 4) == (b"put", True)  # sh, ls, the first process, and grep if it has begun by then
    assert await box.take("out.txt", most=100) == b"put\n"
    assert await box.take("out.txt", most=2) == b"pu"
    assert await box.take("in/deep", most=10) is None
    assert await box.take("absent", most=10) is None


async def test_warm_programs_end_like_programs(box: LinuxBox) -> None:
    """Exit codes, tracebacks, output and environment of a preloaded entry point are those of a program."""
    run = "warm_entries:work"
    left = await box.run(Command(warm=run, channel=b"import sys; print('out'); sys.exit(5)"))
    assert (left.exit_code, left.stdout) == (5, b"out\n")
    failed = await box.run(Command(warm=run, channel=b"1/0"))
    assert failed.exit_code == 1
    assert b"ZeroDivisionError" in failed.stderr
    killed = await box.run(Command(warm=run, channel=b"import os; os._exit(9)"))
    assert killed.exit_code == 9
    crashed = await box.run(Command(warm=run, channel=b"import ctypes; ctypes.string_at(0)"))
    assert crashed.signal == signal.SIGSEGV
    asked = await box.run(Command(warm=run, env={"A": "b"}, channel=b"import os; reply(dict(os.environ))"))
    assert asked.channel == b"{'A': 'b'}"


async def test_warm_programs_share_nothing(box: LinuxBox) -> None:
    """What one fork changes in the interpreter, the next does not see."""
    await box.run(Command(warm="warm_entries:work", channel=b"import json, builtins; json.evil = 1; builtins.evil = 1"))
    done = await box.run(
        Command(
            warm="warm_entries:work",
            channel=b"import json; reply([hasattr(json, 'evil'), 'evil' in dir(__builtins__)])",
        )
    )
    assert done.channel == b"[False, False]"


HOSTILE_TREES = {
    "a link to a file": "ln -s /etc/passwd t",
    "a link to a folder": "mkdir d; echo x > d/f; ln -s d t",
    "a pipe": "mkfifo t",
    "a folder": "mkdir t",
    "a folder without a bottom": (
        "python3 -S -c \"import os; os.mkdir('t'); os.chdir('t')\nfor n in range(1200): os.mkdir('t'); os.chdir('t')\""
    ),
    "a socket": "python3 -S -c \"import socket; socket.socket(socket.AF_UNIX).bind('t')\"",
    "a loop": "ln -s t t",
    "a proc link": "ln -s /proc/self/exe t",
}


@pytest.mark.parametrize("name", HOSTILE_TREES)
async def test_only_plain_files_are_taken_and_links_are_replaced(name: str, box: LinuxBox) -> None:
    """What an answer leaves in the place of a file is neither followed nor waited for, and gives way."""
    assert (await box.run(Command(argv=("sh", "-c", HOSTILE_TREES[name])))).exit_code == 0
    assert await box.take("t", most=100) is None
    assert await box.take("t/f", most=100) is None
    await box.put({"t": b"mine"})
    assert await box.take("t", most=100) == b"mine"
    await box.put({"t/below": b"too"})
    assert await box.take("t/below", most=100) == b"too"
    done = await box.run(Command(argv=("sh", "-c", "head -1 /etc/passwd; cat d/f")))
    assert b"mine" not in done.stdout


async def test_rights_taken_away_hold_nobody_up(box: LinuxBox) -> None:
    """A folder without rights is written to and read from all the same."""
    await box.run(Command(argv=("sh", "-c", "mkdir d; echo x > d/f; chmod 000 d/f d; chmod 500 .")))
    assert await box.take("d/f", most=10) == b"x\n"
    await box.put({"d/g": b"y"})
    assert await box.take("d/g", most=10) == b"y"


async def test_each_command_has_its_own_room(box: LinuxBox) -> None:
    """What an earlier command wrote under a larger limit does not count against a later one."""
    fill = Command(argv=("sh", "-c", "head -c 20m /dev/zero > a"), limits=Limits(disk=32))
    assert (await box.run(fill)).limit == ""
    more = Command(argv=("sh", "-c", "head -c 2m /dev/zero > b"), limits=Limits(disk=4))
    assert (await box.run(more)).limit == ""
    too_much = Command(argv=("sh", "-c", "head -c 5m /dev/zero > c"), limits=Limits(disk=4))
    assert (await box.run(too_much)).limit == "disk"


async def test_a_full_disk_is_the_answers(box: LinuxBox) -> None:
    """Files that no longer fit make the next command exceed its disk, and break nothing."""
    limits = Limits(disk=4)
    await box.put({"big": bytes(8 << 20)})
    done = await box.run(Command(argv=("true",), limits=limits))
    assert done.limit == "disk"


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../up", "", ".", "nul\0l"])
async def test_paths_that_leave_are_refused(path: str, box: LinuxBox) -> None:
    """A path that is not below the working folder is the caller's mistake, said at once."""
    with pytest.raises(SandboxError, match="below the working folder"):
        await box.put({path: b""})
    with pytest.raises(SandboxError, match="below the working folder"):
        await box.take(path, most=1)


@given(st.text(alphabet=st.sampled_from("ab./\0"), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_checked_path_stays_below(path: str) -> None:
    """Whatever is let through is relative, plain, and has no step upwards."""
    try:
        clean = checked(path)
    except SandboxError:
        return
    assert not clean.startswith("/")
    assert not {"..", ""} & set(clean.split("/"))
