"""The driver of protocols that put tests and answer into one process: it executes one program, and tells how
that ended.

Whatever runs in this process can in the end forge what it says; this makes it hard, and tells beforehand what
means the code names. Between start and end of the program, the token that a good end is told with is held
by a suspended generator that no frame has a name for, with everything needed to tell it. Standard library only.

Two steps are asked for: `screen` with `[program, line of the first test, expected names, seconds, token]`, told
before the program runs; and `run`, told after it.
"""

from __future__ import annotations

import builtins
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import CodeType
from typing import NoReturn

from assay.sandboxes.drivers import guard, screen

Fail = Callable[[BaseException], None]


def prepare() -> None:
    """Before the fork that is one answer's."""
    screen.prepare()
    guard.prepare()
    _rehearse()


_TRIED = """
def add(numbers):
    return sum([number for number in numbers])


def check(candidate):
    assert candidate([1, 2]) == 3


check(add)
"""


def _rehearse() -> None:
    """Once, on a program of ours: what the interpreter then remembers (where names are found, what fits where), no
    answer's process has to find out and have memory copied for."""
    steps = [[[["", "", "", [_TRIED, 5, ["add"], 60.0, "token"]]], [["", "", "", []]]]]
    with guard.rehearsal(["", *steps]) as (asked, told):
        for code, _ in _courses(asked, told):
            exec(code, {})


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave = os._exit
    for code, fail in _courses(asked, told):
        try:
            exec(code, {})  # what this driver is for; it runs inside a box
        except BaseException as error:  # as the official harnesses do: whatever ends it early, it failed
            with suppress(BaseException):
                fail(error)
            leave(0)
    leave(0)


def _courses(asked: int, told: int) -> Iterator[tuple[CodeType, Fail]]:
    """Gives the program, once; asked for another, it knows that the program came to its end."""
    tell = guard.writer(told)
    ((first,), (second,)) = guard.request(asked)
    nonce, (program, tests_from, expected, seconds, token) = second[0], first[3]
    try:
        code = compile(program, "<answer>", "exec", dont_inherit=True)
    except Exception as error:
        tell(guard.result(first[0], []) + guard.result(nonce, ["failed", guard.describe(error)]))
        return
    findings = screen.findings(code, tests_from=tests_from, expected=frozenset(expected))
    tell(guard.result(first[0], findings))
    # Code that names nothing but plain means cannot miss what it does not name, nor put anything in its place.
    is_plain = not findings and not guard.takes_away_from(program)
    marks = ("",) if is_plain else ("", "patched_builtins", "traced")
    good = {mark: guard.result(nonce, ["passed", token, mark]) for mark in marks}
    slow, wordless = guard.result(nonce, ["slow", ""]), guard.result(nonce, ["failed", ""])
    numpy = {} if is_plain and "numpy" not in program else guard.numpy(named="numpy" in program)
    process, whoami, leave = os.getpid(), os.getpid, os._exit
    alarm, kind = signal.setitimer, signal.ITIMER_REAL
    guard.mute()
    if not is_plain:
        guard.disarm()
        sys.modules.update(numpy)
    noticed = _nothing if is_plain else _witness()

    def fail(error: BaseException) -> None:
        try:
            word = guard.result(nonce, ["failed", guard.describe(error)])
        except BaseException:  # it has left no room, on the stack or in memory, to say more
            word = wordless
        alarm(kind, 0)  # which could ring while this is told, and put another word behind it
        tell(word)

    def late() -> None:
        tell(slow)
        leave(0)

    over = guard.hold_to(seconds, late)
    yield code, fail
    if whoami() != process:
        return
    if over():
        tell(slow)
        return
    tell(good[noticed()])


def _nothing() -> str:
    return ""


def _witness() -> Callable[[], str]:
    """Says, when it is called again, what has been put in the language's place since."""
    before, builtin, tracer = dict(vars(builtins)), vars(builtins), sys.gettrace

    def look() -> str:
        patched = builtin.keys() != before.keys()
        for name, value in before.items():
            patched = patched or builtin.get(name) is not value
        return "patched_builtins" if patched else "traced" if tracer() is not None else ""

    return look
