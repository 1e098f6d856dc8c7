"""A workspace: commands come and go, files stay, changes can be told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from assay.core.errors import SandboxError, Unsupported
from assay.core.task import Limits
from assay.sandboxes.linux.workspace import LinuxWorkspace, LinuxWorkspaces


@pytest.fixture
async def workspace(allowed: None) -> AsyncIterator[LinuxWorkspace]:
    opened = await LinuxWorkspaces().open({"a.txt": b"a\n", "d/b.txt": b"b\n"}, limits=Limits(wall=5, cpu=3))
    yield opened
    await opened.close()


async def test_changes_since_a_snapshot(workspace: LinuxWorkspace) -> None:
    """New, changed and removed files are told with their content; links and touched files are not."""
    first = await workspace.snapshot()
    await workspace.exec(["sh", "-c", "echo more >> a.txt; rm d/b.txt; mkdir e; echo n > e/new; ln -s a.txt l"])
    second = await workspace.snapshot()
    await workspace.write("e/new", b"mine")
    await workspace.exec(["touch", "a.txt"])
    assert await workspace.diff(first) == {"a.txt": b"a\nmore\n", "d/b.txt": None, "e/new": b"mine"}
    assert await workspace.diff(second) == {"e/new": b"mine"}
    assert await workspace.read("a.txt") == b"a\nmore\n"


async def test_a_folder_without_a_bottom_is_no_trap(workspace: LinuxWorkspace) -> None:
    """Folders nested deeper than any path can name, and those without rights, stop no snapshot."""
    first = await workspace.snapshot()
    code = "import os\nfor n in range(1200): os.mkdir('t'); os.chdir('t')\nos.chmod('/box/d', 0)"
    await workspace.exec(["python3", "-S", "-c", code])
    await workspace.write("x", b"x")
    assert await workspace.diff(first) == {"x": b"x"}


async def test_output_is_heard_as_it_comes(workspace: LinuxWorkspace) -> None:
    """The listener has the first words long before the command ends."""
    heard: list[tuple[str, bytes]] = []
    first = asyncio.Event()

    def listen(name: str, piece: bytes) -> None:
        heard.append((name, piece))
        first.set()

    script = "echo one; while [ ! -e go ]; do sleep 0.01; done; echo two >&2; exit 3"
    running = asyncio.create_task(workspace.exec(["sh", "-c", script], on_output=listen))
    await asyncio.wait_for(first.wait(), 3)
    assert heard == [("stdout", b"one\n")]
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    done = await workspace.exec(["sh", "-c", f"touch go; {script}"], on_output=listen)
    assert (done.exit_code, done.stdout, done.stderr) == (3, b"one\n", b"two\n")


async def test_a_time_limit_ends_the_whole_tree(workspace: LinuxWorkspace) -> None:
    """What runs too long is stopped with all its children, and the workspace goes on."""
    done = await workspace.exec(["sh", "-c", "sleep 60 & sleep 60"], limits=Limits(wall=0.3))
    assert (done.exit_code, done.limit) == (None, "wall")
    # Its first process, the shell, `ls`, and `grep` if it has begun by then.
    assert int((await workspace.exec(["sh", "-c", "ls /proc | grep -c '^[0-9]'"])).stdout) <= 4


async def test_its_network_is_its_own(workspace: LinuxWorkspace) -> None:
    """Loopback works inside; the world does not answer."""
    code = """
import socket
server = socket.create_server(('127.0.0.1', 0))
socket.create_connection(server.getsockname()).close()
try:
    socket.create_connection(('192.0.2.1', 80), 1)
except OSError:
    print('alone')
"""
    done = await workspace.exec(["python3", "-S", "-c", code])
    assert (done.stdout, done.stderr) == (b"alone\n", b"")


async def test_signals_are_told_as_a_shell_tells_them(workspace: LinuxWorkspace) -> None:
    """A command ended by a signal has 128 and its number."""
    assert (await workspace.exec(["sh", "-c", "kill -TERM $$"])).exit_code == 143


async def test_what_is_not_there(workspace: LinuxWorkspace) -> None:
    """An absent file, a path outside and an image are each refused in their own way."""
    with pytest.raises(FileNotFoundError):
        await workspace.read("none")
    with pytest.raises(SandboxError, match="below the working folder"):
        await workspace.write("../x", b"")
    with pytest.raises(Unsupported, match="container"):
        await LinuxWorkspaces().open({}, image="debian")


async def test_closing_twice_is_closing_once(workspace: LinuxWorkspace) -> None:
    """A closed workspace answers with an error, and may be closed again."""
    await workspace.close()
    with pytest.raises(SandboxError):
        await workspace.exec(["true"])
    await workspace.close()
