"""No escape gets anything, none changes anything, and the next stay is as clean as the first."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import pytest
import pytest_asyncio

from assay.sandboxes.box import Command, Finished
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBox, LinuxBoxes
from attacks.conftest import open_boxes
from attacks.escapes.escape import PRELUDE, Escape
from attacks.escapes.files import FILES
from attacks.escapes.floods import FLOODS
from attacks.escapes.kernel import KERNEL
from attacks.escapes.leftovers import LEFTOVERS
from attacks.escapes.network import NETWORK
from attacks.escapes.processes import PROCESSES
from attacks.escapes.secrets import SECRETS
from attacks.escapes.sideways import SIDEWAYS
from attacks.escapes.world import Machine, World

ESCAPES = {
    f"{family}: {name}": escape
    for family, table in (
        ("network", NETWORK), ("secrets", SECRETS), ("processes", PROCESSES), ("kernel", KERNEL), ("files", FILES),
        ("floods", FLOODS), ("leftovers", LEFTOVERS), ("sideways", SIDEWAYS),
    )
    for name, escape in table.items()
}  # fmt: skip
_SHELL_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
_EARLIER = "EARLIER-STAY-"
_LINKS = ("takeme", "takeme2", "take.txt", "pipe", "up/etc/passwd")

LOOK = """
import os, random, json, resource, signal, socket, sys
places = (os.getcwd(), os.environ['T'], '/dev/shm')
def say(*questions):
    for question in questions:
        try: print(question())
        except OSError as error: print(error.errno)
say(*(lambda place=place: (os.listdir(place), oct(os.stat(place).st_mode), os.stat(place).st_nlink) for place in places))
say(lambda: oct(os.stat('/dev/null').st_mode), lambda: len([p for p in os.listdir('/proc') if p.isdigit()]))
say(lambda: sorted(int(d) for d in os.listdir('/proc/self/fd') if int(d) < 6), os.getuid, lambda: os.umask(0o22))
say(lambda: dict(os.environ), lambda: [p for p in sys.path if 'python' not in p], lambda: json.dumps([1]))
say(lambda: random.random() != 4, lambda: hasattr(os, 'trap'), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, []))
say(lambda: signal.getsignal(signal.SIGTERM), socket.gethostname, lambda: os.nice(0), os.getcwd)
say(lambda: [resource.getrlimit(w) for w in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)])
say(lambda: open('/proc/self/oom_score_adj').read(), lambda: len(open('/proc/self/mountinfo').readlines()))
say(lambda: [line for line in open('/proc/net/unix') if '@' in line or '/' in line], lambda: open('/proc/sysvipc/shm').read().count('\\n'))
say(lambda: open('/proc/net/ip6_flowlabel').read())
"""


class Arena(NamedTuple):
    boxes: LinuxBoxes
    fenced: bool
    clean: list[bytes]
    """What a stay finds around it before any attack."""
    machine: Machine


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    one = World()
    yield one
    one.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["namespaces", "fence"])
async def arena(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Arena]:
    """One pool for all escapes; when it is closed, the machine is as it was before."""
    before = Machine.now()
    fenced = request.param == "fence"
    # By the compiled locks here, and step by step where the corpus runs once more as an ordinary user.
    boxes = open_boxes(fenced=fenced, native=os.geteuid() == 0)
    try:
        clean = await _look(boxes)
        assert [line for line in clean if b"EARLIER" in line] == []
        yield Arena(boxes, fenced, clean, Machine.now())
    finally:
        await boxes.close()
    assert Machine.now() == before


async def _look(boxes: LinuxBoxes) -> list[bytes]:
    """What a new stay finds around it, as a program and as a fork of the worker."""
    async with boxes.enter() as box:
        program = await box.run(Command(argv=(python_command(), "-S", "-c", LOOK), env={"T": "/tmp"}))
        fork = await box.run(Command(warm="entries:run", channel=LOOK.encode(), env={"T": "/tmp"}))
        assert program.stderr == fork.stderr == b""
        words = re.sub(rb"assay-box-[\w-]+", b"box", program.stdout + fork.stdout)  # another worker has another folder
        return words.splitlines()


async def _earlier(boxes: LinuxBoxes) -> None:
    """A stay that carries something which a later one must not find."""
    word = _EARLIER + "abcdef0123456789"
    async with boxes.enter() as box:
        await box.put({f"{word}.txt": word.encode() * 10})
        command = Command(
            warm="entries:run",
            channel=f"held = ['{word}' * 3]; print({word!r})".encode(),
            stdin=word.encode(),
            env={"WORD": word},
        )
        await box.run(command)


async def _where_it_is(box: LinuxBox, code: str) -> str:
    """Without namespaces the box's folders are elsewhere, and an attacker can find out where."""
    done = await box.run(Command(argv=("/bin/sh", "-c", "pwd; echo $T"), env={"T": "/tmp"}))
    work, temporary = done.stdout.decode().split()
    return code if work == "/box" else code.replace('"/box', f'"{work}').replace('"/tmp', f'"{temporary}')


async def _attack(box: LinuxBox, escape: Escape, mode: str, world: World) -> list[Finished]:
    code, limits = await _where_it_is(box, escape.code), escape.limits
    if escape.language == "c":
        await box.put({"attack.c": escape.code.encode()})
        built = await box.run(
            Command(argv=("gcc", "-O1", "-pthread", "-o", "attack", "attack.c"), env=_SHELL_ENVIRONMENT)
        )
        if built.exit_code:
            return [built]  # a fence may be too narrow for a compiler; then there is nothing to attack with
        return [await box.run(Command(argv=("./attack",), limits=limits))]
    if escape.language == "shell":
        return [await box.run(Command(argv=("/bin/sh", "-c", code), env=_SHELL_ENVIRONMENT, limits=limits))]
    code = f"{world.constants()}\n{PRELUDE}\n{code}"
    if mode == "warm":
        return [await box.run(Command(warm="entries:run", channel=code.encode(), limits=limits))]
    channel = b"" if "number in (0, 3" in code else None
    await box.put({"attack.py": code.encode()})
    return [await box.run(Command(argv=(python_command(), "-S", "attack.py"), limits=limits, channel=channel))]


CASES = [pytest.param(escape, mode, id=f"{name} ({mode})") for name, escape in ESCAPES.items() for mode in escape.modes]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("escape", "mode"), CASES)
async def test_an_escape_has_no_effect(escape: Escape, mode: str, world: World, arena: Arena, counted: bool) -> None:
    """Whatever an escape tries: it gets nothing, what waits outside is untouched, the box can be used further,
    the next stay finds what the first one found, and the machine is as it was."""
    if escape.language == "c" and shutil.which("gcc") is None:
        pytest.skip("no C compiler here")
    boxes = arena.boxes
    await _earlier(boxes)
    async with boxes.enter() as box:
        came = await _attack(box, escape, mode, world)
        # The same box goes on: what the first program left must not break the apparatus.
        await box.put({"put.txt": b"ours", "folder/put.txt": b"ours", "was-a-file": b"ours"})
        came.append(await box.run(Command(argv=("/bin/true",))))
        taken = [await box.take(name, most=1 << 16) for name in _LINKS]
    assert await _look(boxes) == arena.clean
    assert Machine.now().alike(arena.machine)
    _nothing_came(came, taken, world)
    done = came[0]
    if (counted and not arena.fenced) or escape.flag not in ("fork_limit", "mount"):
        assert escape.flag in ("", *done.flags), done
    if not arena.fenced and (counted or escape.limit != "cpu"):
        assert done.limit == escape.limit or not escape.limit, done
    assert done.wall_seconds < escape.limits.wall + 5.0
    assert world.faults() == []


def _nothing_came(came: list[Finished], taken: list[bytes | None], world: World) -> None:
    words = b"\n".join(part for done in came for part in (done.stdout, done.stderr, done.channel))
    assert b"GOT" not in words, words.decode(errors="replace")[:2000]
    assert world.secret.encode() not in words
    assert taken == [None] * len(taken)
    assert b"linux/worker.py" not in came[0].stderr  # what was forked to run a command never goes on as a worker


def test_there_are_enough() -> None:
    """The corpus has the size that was promised, and each escape says what it tries."""
    assert len(ESCAPES) >= 60
    assert all(escape.tries for escape in ESCAPES.values())
    assert len({escape.tries for escape in ESCAPES.values()}) == len(ESCAPES)
