"""Tools that stay between answers: what is heard of them, and what becomes of those that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.linux.mounts import everyday_mounts, python_command
from assay.sandboxes.linux.serving import LinuxServices

_HEAD = """
import os, sys, time
def asked():
    size = int.from_bytes(sys.stdin.buffer.read(4), "big")
    return sys.stdin.buffer.read(size) if size else os._exit(0)
def said(data):
    os.write(1, len(data).to_bytes(4, "big") + data)
"""
_ECHO = "number = 0\nwhile True:\n    number += 1\n    said(b'%d %s' % (number, asked()))\n"
_MISBEHAVING = {
    "is not there": None,
    "leaves": "asked()",
    "crashes": "asked(); os.abort()",
    "never replies": "asked(); time.sleep(60)",
    "stops inside its reply": "asked(); os.write(1, b'\\0\\0\\0\\x09half'); os._exit(0)",
    "announces more than it may say": "asked(); os.write(1, b'\\xff\\xff\\xff\\xff')\nwhile True: os.write(1, b'x' * 9999)",
    "says more than it was asked": "asked(); said(b'one'); time.sleep(0.2); said(b'two'); asked()",
    "complains without end": "asked()\nwhile True: os.write(2, b'x' * 9999)",
    "uses up its memory": "asked(); kept = bytearray(1 << 30)",
}


def _tool(code: str | None) -> Command:
    argv = ("/no/such/tool",) if code is None else (python_command(), "-S", "-c", _HEAD + code)
    return Command(argv=argv, limits=Limits(cpu=20.0, wall=60.0, memory=256, output=64))


@pytest.fixture
async def services(allowed: None) -> AsyncIterator[LinuxServices]:
    made = LinuxServices(1, everyday_mounts(), reply_within=1.5)
    yield made
    await made.close()


async def test_a_tool_stays(services: LinuxServices) -> None:
    """One process answers one request after the other, each with its own reply."""
    replies = [await services.ask(_tool(_ECHO), word) for word in (b"a", b"", b"c" * 200_000)]
    assert replies == [b"1 a", None, None]  # an empty request ends this tool, and the last is more than it may say
    assert [await services.ask(_tool(_ECHO), b"d"), await services.ask(_tool(_ECHO), b"e")] == [b"1 d", b"2 e"]


@pytest.mark.parametrize("how", [name for name in _MISBEHAVING if name != "says more than it was asked"])
async def test_a_tool_that_misbehaves_gives_no_reply(services: LinuxServices, how: str) -> None:
    """Whatever it does instead of replying, who asked learns so in time, and another tool is not concerned."""
    assert await services.ask(_tool(_MISBEHAVING[how]), b"x") is None
    assert await services.ask(_tool(_ECHO), b"y") == b"1 y"


async def test_what_was_said_too_much_is_never_the_next_ones_reply(services: LinuxServices) -> None:
    """A tool that said something unasked is not asked again."""
    chatty = _tool(_MISBEHAVING["says more than it was asked"])
    assert await services.ask(chatty, b"x") == b"one"
    await asyncio.sleep(1.0)
    assert await services.ask(chatty, b"z") == b"one"


async def test_a_tool_that_never_worked_is_given_up(services: LinuxServices) -> None:
    """After a few that ended before their first reply, no more are started."""
    gone = _tool("asked()")
    for _ in range(3):
        assert await services.ask(gone, b"x") is None
    assert await services.ask(gone, b"x") is None
    assert not services._idle[gone.argv]


async def test_a_worn_tool_is_replaced(services: LinuxServices) -> None:
    """A tool that has said half of what it may say in its life makes room for a fresh one."""
    replies = [await services.ask(_tool(_ECHO), b"x" * 20_000) for _ in range(4)]
    assert [reply and reply[:2] for reply in replies] == [b"1 ", b"2 ", b"1 ", b"2 "]
