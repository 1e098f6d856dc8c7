"""What every sandbox owes to a workspace."""

from __future__ import annotations

import asyncio
import os

import pytest

from assay.core.errors import SandboxError
from assay.core.ports import Workspace, Workspaces
from assay.core.task import Limits


async def test_changes_since_a_snapshot(workspace: Workspace) -> None:
    """New, changed and removed files are told with their content; links and touched files are not."""
    first = await workspace.snapshot()
    script = "echo more >> a.txt; rm d/b.txt; mkdir e; echo n > e/new; ln -s a.txt l; echo o > 'e/o d\nd'"
    await workspace.exec(["sh", "-c", script])
    second = await workspace.snapshot()
    await workspace.write("e/new", b"mine")
    await workspace.exec(["touch", "a.txt"])
    changed = {"a.txt": b"a\nmore\n", "d/b.txt": None, "e/new": b"mine", "e/o d\nd": b"o\n"}
    assert await workspace.diff(first) == changed
    assert await workspace.diff(second) == {"e/new": b"mine"}
    assert await workspace.read("a.txt") == b"a\nmore\n"
    third = await workspace.snapshot()
    await workspace.exec(["chmod", "+x", "a.txt"])
    assert list(await workspace.diff(third)) == ["a.txt"]


async def test_a_folder_without_a_bottom_is_no_trap(workspace: Workspace) -> None:
    """Folders nested deeper than any path can name, and those without rights, stop no snapshot."""
    first = await workspace.snapshot()
    code = "import os\nos.chmod('d', 0)\nfor n in range(1200): os.mkdir('t'); os.chdir('t')"
    await workspace.exec(["python3", "-S", "-c", code])
    await workspace.write("x", b"x")
    assert await workspace.diff(first) == {"x": b"x"}


STRANGE = (b"\xff\xfe", b"a\nb", b"\xed\xa0\x80", b"-rf", b"cr\rx", b"back\\slash", b" lead", b"*", b"\x1b[2J", b"'\"")


async def test_names_that_are_no_text(workspace: Workspace) -> None:
    """Whatever bytes a file's name is made of, its change is told under that name, and it can be read and written."""
    first = await workspace.snapshot()
    code = f"for name in {STRANGE}: open(name, 'wb').write(name)"
    await workspace.exec(["python3", "-S", "-c", code])
    wanted = {os.fsdecode(name): name for name in STRANGE}
    assert await workspace.diff(first) == wanted
    for name in wanted:
        await workspace.write(name, b"new")
        assert await workspace.read(name) == b"new"


async def test_many_changes(workspace: Workspace) -> None:
    """However many files have changed, each is told with its content, empty ones and what looks like a size too."""
    first = await workspace.snapshot()
    code = "import os\nos.mkdir('n')\nfor n in range(450): open(f'n/{n}', 'w').write(f'{n}\\n' * (n % 3))"
    await workspace.exec(["python3", "-S", "-c", code])
    assert await workspace.diff(first) == {f"n/{n}": b"%d\n" % n * (n % 3) for n in range(450)}


async def test_a_change_as_large_as_can_be_read(workspace: Workspace) -> None:
    """Large files are told with all their bytes, alone and together."""
    first = await workspace.snapshot()
    code = "for name, mib in (('a.txt', 20), ('large', 44)): open(name, 'wb').write(name[:1].encode() * (mib << 20))"
    done = await workspace.exec(["python3", "-S", "-c", code])
    assert done.exit_code == 0, done
    changed = {name: data or b"" for name, data in (await workspace.diff(first)).items()}
    told = {name: (len(data), set(data)) for name, data in changed.items()}
    assert told == {"a.txt": (20 << 20, set(b"a")), "large": (44 << 20, set(b"l"))}


async def test_output_is_heard_as_it_comes(workspace: Workspace) -> None:
    """The listener has the first words long before the command ends; who stops waiting stops the command."""
    heard: list[tuple[str, bytes]] = []
    first = asyncio.Event()

    def listen(name: str, piece: bytes) -> None:
        heard.append((name, piece))
        first.set()

    script = "echo one; while [ ! -e go ]; do sleep 0.01; done; echo two >&2; exit 3"
    running = asyncio.create_task(workspace.exec(["sh", "-c", script], on_output=listen))
    await asyncio.wait_for(first.wait(), 8)
    assert heard == [("stdout", b"one\n")]
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    done = await workspace.exec(["sh", "-c", f"touch go; {script}"], on_output=listen)
    assert (done.exit_code, done.stdout, done.stderr) == (3, b"one\n", b"two\n")


async def test_a_time_limit_ends_the_whole_tree(workspace: Workspace) -> None:
    """What runs too long is stopped with all its children, and the workspace goes on."""
    script = "(trap '' TERM HUP; sleep 60 & sleep 60) & setsid sleep 60 & sleep 60"
    done = await workspace.exec(["sh", "-c", script], limits=Limits(wall=0.7))
    assert (done.exit_code, done.limit) == (None, "wall")
    assert (await workspace.exec(["sh", "-c", "ps -eo args | grep '[s]leep 60'"])).stdout == b""


async def test_a_fork_bomb_ends_with_its_limit(workspace: Workspace) -> None:
    """Where every process is used up, the tree is ended all the same."""
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    limits = Limits(wall=30.0, cpu=1.0, processes=30)
    done = await workspace.exec(["python3", "-S", "-c", bomb], limits=limits)
    assert (done.exit_code, done.limit) == (None, "cpu")
    assert (await workspace.exec(["echo", "well"])).stdout == b"well\n"


async def test_stdin_folder_and_environment(workspace: Workspace) -> None:
    """A command gets what it is given, and a usable PATH and HOME besides."""
    script = 'cat; pwd; echo "$GIVEN"; cd && pwd'
    done = await workspace.exec(["sh", "-c", script], cwd="d", stdin=b"in\n", env={"GIVEN": "it"})
    assert (done.stdout, done.stderr) == (b"in\n/box/d\nit\n/box\n", b"")


async def test_its_network_is_its_own(workspace: Workspace) -> None:
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


async def test_output_is_bounded(workspace: Workspace) -> None:
    """A flood ends with the limit's name and no more than the limit is kept."""
    done = await workspace.exec(["yes"], limits=Limits(wall=10, output=16))
    assert (done.exit_code, done.limit) == (None, "output")
    assert len(done.stdout) <= 16 << 10


async def test_signals_are_told_as_a_shell_tells_them(workspace: Workspace) -> None:
    """A command ended by a signal has 128 and its number."""
    assert (await workspace.exec(["sh", "-c", "kill -TERM $$"])).exit_code == 143


async def test_what_is_not_there(workspace: Workspace) -> None:
    """An absent file and a path outside are each refused in their own way, and no link is read."""
    with pytest.raises(FileNotFoundError):
        await workspace.read("none")
    with pytest.raises(SandboxError, match="below the working folder"):
        await workspace.write("../x", b"")
    await workspace.exec(["ln", "-s", "/etc/passwd", "link"])
    with pytest.raises(FileNotFoundError):
        await workspace.read("link")


async def test_calls_at_once_take_turns(workspace: Workspace) -> None:
    """Commands, reads and writes that are asked for at the same time are all done, none in the middle of another."""
    script = 'mkdir busy && sleep 0.2 && rm -r busy && echo "$0"'
    commands = asyncio.gather(*(workspace.exec(["sh", "-c", script, str(number)]) for number in range(3)))
    read, _, _ = await asyncio.gather(workspace.read("a.txt"), workspace.write("w", b"w"), workspace.snapshot())
    assert [done.stdout for done in await commands] == [b"0\n", b"1\n", b"2\n"]
    assert (read, await workspace.read("w")) == (b"a\n", b"w")


async def test_several_at_once_share_nothing(workspaces: Workspaces) -> None:
    """Two workspaces side by side have their own files; closing one twice leaves the other."""
    one, two = await asyncio.gather(workspaces.open({"x": b"1"}), workspaces.open({"x": b"2"}))
    assert [await one.read("x"), await two.read("x")] == [b"1", b"2"]
    await one.close()
    await one.close()
    with pytest.raises(SandboxError):
        await one.exec(["true"])
    assert (await two.exec(["cat", "x"])).stdout == b"2"
    await two.close()
