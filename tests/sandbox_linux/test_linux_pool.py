"""Stays: none finds anything of another, and the pool leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from assay.core.errors import SandboxError
from assay.core.ports import Workspaces
from assay.core.task import Limits
from assay.sandboxes.box import Boxes, Command, Mount
from assay.sandboxes.containers import owners
from assay.sandboxes.linux import cgroups, landlock, native
from assay.sandboxes.linux.mounts import everyday_mounts, python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.workspace import LinuxWorkspaces

_OURS = 3 if native.library() else 2
"""A worker's processes: the starter, the worker and, with compiled code, the one that forks for it."""


def _descendants() -> set[int]:
    found, pending = set(), [os.getpid()]
    while pending:
        try:
            children = Path(f"/proc/{pending[0]}/task/{pending.pop(0)}/children").read_text().split()
        except OSError:
            continue
        pending += map(int, children)
        found |= set(map(int, children))
    return found


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _groups() -> set[str]:
    try:
        home = cgroups.find()
    except cgroups.Unavailable:
        return set()
    mine = f"assay-{os.getpid()}-*"
    return {str(group) for folder in set(home.folders.values()) for group in Path(folder).glob(mine)}


async def _python(pool: LinuxBoxes, code: str, limits: Limits | None = None) -> bytes:
    async with pool.enter() as box:
        done = await box.run(Command(argv=(python_command(), "-S", "-c", code), limits=limits or Limits()))
        return done.stdout + done.stderr


def test_the_seam_is_kept() -> None:
    """The pool and the workspaces are what the judge and the engine were promised; mypy reads this too."""
    kept: tuple[type[Boxes], type[Workspaces]] = (LinuxBoxes, LinuxWorkspaces)
    assert all(hasattr(one, "__init__") for one in kept)


@pytest.fixture
async def single(allowed: None):  # type: ignore[no-untyped-def]
    """One worker, so that the next stay is in the same one."""
    pool = LinuxBoxes(1, everyday_mounts())
    yield pool
    await pool.close()


LEAVINGS = {
    "files": "import os\nfor p in ('/box/f', '/tmp/f', '/dev/shm/f'): open(p, 'w').write('x')",
    "deep and locked folders": "import os\nfor n in range(300): os.mkdir('d'); os.chdir('d')\nos.chmod('.', 0)",
    "rights on the folders themselves": "import os; os.chmod('/box', 0o000); os.chmod('/tmp', 0o700)",
    "a file made and removed": "import os; open('/tmp/f', 'w').close(); os.unlink('/tmp/f')",
    "a daemon": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(600)",
    "a daemon with a bound socket": (
        "import os, socket, time\nif os.fork() == 0:\n    os.setsid(); s = socket.socket(socket.AF_UNIX)\n"
        "    s.bind('\\0left'); s.listen(); time.sleep(600)\ntime.sleep(0.1)"
    ),
    "zombies": "import os\nfor _ in range(5):\n    if os.fork() == 0: os._exit(0)",
    "a full disk": "f = open('/tmp/f', 'wb')\nwhile True: f.write(bytes(1 << 20))",
}
LOOK = """
import os, socket
print(sorted(p for d in ('/box', '/tmp', '/dev/shm') for p in os.listdir(d)), end=' ')
print([oct(os.stat(d).st_mode & 0o7777) for d in ('/box', '/tmp', '/dev/shm')], end=' ')
print(sorted(p for p in os.listdir('/proc') if p.isdigit()), end=' ')
try:
    socket.socket(socket.AF_UNIX).connect('\\0left')
    print('connected')
except OSError:
    print('alone')
"""


@pytest.mark.parametrize("name", LEAVINGS)
async def test_a_stay_finds_nothing_of_the_last(name: str, single: LinuxBoxes) -> None:
    """After any stay the next one finds empty folders with their own rights, no process and no socket."""
    blank = await _python(single, LOOK)
    assert b"[] ['0o755', '0o777', '0o777'] ['1', '2'] alone" in blank
    await _python(single, LEAVINGS[name], Limits(disk=8))
    assert await _python(single, LOOK) == blank


async def test_survivors_do_not_survive(single: LinuxBoxes) -> None:
    """A process that daemonised twice in a session of its own is dead when the command has ended."""
    before = _descendants()
    async with single.enter() as box:
        code = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(600)"
        await box.run(Command(argv=(python_command(), "-S", "-c", code)))
        workers = _descendants() - before
    assert len(workers) == _OURS


async def test_many_stays_at_once(boxes: LinuxBoxes) -> None:
    """Forty stays over two workers each see their own files only."""

    async def stay(number: int) -> bytes:
        async with boxes.enter() as box:
            await box.put({"n": str(number).encode()})
            done = await box.run(Command(argv=("sh", "-c", "cat n; ls | wc -l")))
            return done.stdout

    came = await asyncio.gather(*(stay(n) for n in range(40)))
    assert came == [f"{n}1\n".encode() for n in range(40)]


async def test_alone_means_alone(boxes: LinuxBoxes) -> None:
    """A stay that is to be alone waits for the others, and they wait for it."""
    inside, most = 0, []

    async def stay(alone: bool) -> None:
        nonlocal inside
        async with boxes.enter(alone=alone) as box:
            inside += 1
            await box.run(Command(argv=("sleep", "0.02")))
            most.append((alone, inside))
            inside -= 1

    await asyncio.gather(*(stay(n % 3 == 1) for n in range(9)))
    assert {count for alone, count in most if alone} == {1}
    assert max(count for _, count in most) == 2


async def test_a_killed_worker_is_replaced(boxes: LinuxBoxes) -> None:
    """A worker's death is the apparatus's fault, and the next stay has a new one."""
    before = _descendants()
    async with boxes.enter() as box:
        await box.run(Command(argv=("true",)))
        running = asyncio.create_task(box.run(Command(argv=("sleep", "20"))))
        await asyncio.sleep(0.2)
        for pid in _descendants() - before:
            with suppress(ProcessLookupError):  # one takes others along
                os.kill(pid, signal.SIGKILL)
        with pytest.raises(SandboxError, match="died"):
            await running
    async with boxes.enter() as box:
        assert (await box.run(Command(argv=("true",)))).exit_code == 0


async def test_cancelling_stops_the_command(boxes: LinuxBoxes) -> None:
    """Who stops waiting leaves nothing running, and the pool goes on."""
    before = _descendants()

    async def stay() -> None:
        async with boxes.enter() as box:
            await box.run(Command(argv=("sh", "-c", "sleep 20 & sleep 20")))

    task = asyncio.create_task(stay())
    await asyncio.sleep(0.4)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 15)
    assert len(_descendants() - before) <= _OURS
    async with boxes.enter() as box:
        assert (await box.run(Command(argv=("true",)))).exit_code == 0


async def test_closing_leaves_nothing(allowed: None) -> None:
    """After close there is no process, no cgroup, no mount and no descriptor of the pool's."""
    before = (_descendants(), Path("/proc/self/mountinfo").read_text(), _descriptors(), _groups())
    pool = LinuxBoxes(2)
    async with pool.enter() as one, pool.enter() as two:
        await asyncio.gather(*(box.run(Command(argv=(python_command(), "-S", "-c", "1"))) for box in (one, two)))
    await pool.close()
    assert (_descendants(), Path("/proc/self/mountinfo").read_text(), _descriptors(), _groups()) == before
    with pytest.raises(SandboxError, match="closed"):
        async with pool.enter():
            pass


async def test_a_hundred_stays_grow_nothing(single: LinuxBoxes) -> None:
    """Descriptors and processes are as many after a hundred stays as after one."""
    await _python(single, "1")
    before = (_descriptors(), len(_descendants()))
    for _ in range(100):
        async with single.enter() as box:
            await box.run(Command(argv=("true",)))
    assert (_descriptors(), len(_descendants())) == before


def test_workers_die_with_their_maker(allowed: None) -> None:
    """A maker that is killed outright leaves no process, and its groups are swept by the next."""
    code = """
import asyncio, os
from assay.sandboxes.box import Command
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBoxes
async def main():
    pool = LinuxBoxes(1, everyday_mounts())
    async with pool.enter() as box:
        running = asyncio.create_task(box.run(Command(argv=("sleep", "77.125"))))
        await asyncio.sleep(0.5)
        os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code]) as maker:
        maker.wait()
    for _ in range(100):
        alive = [p for p in Path("/proc").glob("[0-9]*/cmdline") if _read(p) == b"sleep\x0077.125\x00"]
        if not alive:
            break
        time.sleep(0.02)
    assert alive == []
    try:
        home = cgroups.find()
    except cgroups.Unavailable:
        return
    time.sleep(0.1)
    cgroups.sweep(home)
    assert [group for folder in home.folders.values() for group in Path(folder).glob(f"assay-{maker.pid}-*")] == []


async def test_nobody_outlives_a_fence_whose_starter_is_killed(allowed: None, counted: bool) -> None:
    """Where a cgroup says who is left, they are killed with it, whoever was to do that before."""
    if not counted or landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("no cgroup here, or Landlock is too old to stand in")
    before, pool = _descendants(), LinuxBoxes(1, everyday_mounts(), fenced=True)
    script = "setsid sleep 77.375 & (trap '' TERM; sleep 77.375) & sleep 77.375"
    async with pool.enter() as box:
        running = asyncio.create_task(box.run(Command(argv=("sh", "-c", script))))
        await asyncio.sleep(0.5)
        os.kill(min(_descendants() - before), signal.SIGKILL)
        with pytest.raises(SandboxError, match="died"):
            await asyncio.wait_for(running, 10)
    await pool.close()
    assert [p for p in Path("/proc").glob("[0-9]*/cmdline") if b"77.375" in _read(p)] == []


def test_who_is_dead_is_dead_before_he_is_buried() -> None:
    """What a killed process left is swept also while its parent has not waited for it."""
    with subprocess.Popen(["sleep", "77.5"]) as child:
        since = cgroups.start_time(child.pid)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert (bool(since), cgroups.start_time(child.pid), owners.started(child.pid)) == (True, "", "")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def test_mounts_are_shown_where_asked(allowed: None, tmp_path: Path) -> None:
    """A folder appears at its own or another path, links on the way work, and nothing of it can be changed."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "tool").write_text("tool")
    (tmp_path / "link").symlink_to("real")
    pool = LinuxBoxes(1, [*everyday_mounts(), Mount(str(tmp_path / "link")), Mount(str(tmp_path / "real"), "/opt/x")])
    try:
        script = f"cat {tmp_path}/link/tool /opt/x/tool; echo x > /opt/x/tool || echo kept; rm -rf {tmp_path}"
        async with pool.enter() as box:
            done = await box.run(Command(argv=("sh", "-c", script)))
        assert done.stdout == b"tooltoolkept\n"
        assert (tmp_path / "real" / "tool").read_text() == "tool"
    finally:
        await pool.close()


async def test_what_cannot_be_shown_is_named(allowed: None) -> None:
    """A mount that is not there is one clear line, and leaves nothing."""
    before = _descendants()
    pool = LinuxBoxes(1, [Mount("/no/such/folder")])
    with pytest.raises(SandboxError, match="/no/such/folder"):
        async with pool.enter():
            pass
    await pool.close()
    assert _descendants() == before


async def test_a_worker_whose_process_that_forks_is_gone_is_replaced(single: LinuxBoxes) -> None:
    """The command that it forked ends with an error of the sandbox's, soon; the next one is run."""
    if _OURS < 3:
        pytest.skip("no compiled code here: the worker forks by itself")
    before = _descendants()
    async with single.enter() as box:
        await box.run(Command(argv=("true",)))
        forker = max(_descendants() - before)
        running = asyncio.create_task(box.run(Command(argv=("sleep", "30"))))
        await asyncio.sleep(0.3)
        os.kill(forker, signal.SIGKILL)
        with pytest.raises(SandboxError):
            await asyncio.wait_for(running, 10)
    async with single.enter() as box:
        assert (await box.run(Command(argv=("true",)))).exit_code == 0
