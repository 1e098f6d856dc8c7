"""The watch over an answer's inputs, with nothing between the driver and who reads what it tells."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

from assay.sandboxes.drivers import plain

_DRIVER = "import sys; from assay.sandboxes.drivers import evalplus; evalplus.main(*map(int, sys.argv[1:]))"
_LONG = 1 << 20
"""More than a pipe holds."""
_DEEP = """
import time

def deep(frames, until):
    if frames:
        return deep(frames - 1, until)
    while time.monotonic() < until:
        pass

def f():
    frames = 0
    try:
        while True:
            deep(frames + 1, 0)
            frames += 1
    except RecursionError:
        deep(frames, time.monotonic() + 0.4)
"""


def told_of(program: str, *, inputs: bytes, seconds: float, in_all: float, reads_after: float) -> list[Any]:
    """What the driver says of an answer to somebody who is in no hurry to hear it."""
    args = [program, "f", inputs, "", "", seconds, [], in_all, 8 << 30, [inputs.count(b"[") - 2]]
    (asked, asking), (telling, told) = os.pipe(), os.pipe()
    os.write(asking, plain.pack(["", [[["nonce", "call", "answer", args]]]]))
    os.close(asking)
    driver = subprocess.Popen([sys.executable, "-c", _DRIVER, str(asked), str(told)], pass_fds=(asked, told))
    for descriptor in (asked, told):
        os.close(descriptor)
    time.sleep(reads_after)
    with os.fdopen(telling, "rb") as words:
        nonce, _, said, _ = plain.unpack(words.read())
    assert (nonce, driver.wait(10)) == ("nonce", 0)
    assert isinstance(said, list)
    return said


def test_a_word_that_is_begun_in_time_is_told_whole() -> None:
    """However long its reader takes: the time for all inputs may be over by then."""
    program = f"def f(): return 'a' * {_LONG}"
    how, _, (result,), _ = told_of(program, inputs=b"[[]]", seconds=4.0, in_all=1.0, reads_after=1.5)
    assert (how, len(result) > _LONG) == ("done", True)


def test_short_calls_are_not_looked_at() -> None:
    """Nothing of ours runs in the middle of one that has used up its frames."""
    how, _, _, word = told_of(_DEEP, inputs=b"[[], [], [], [], [], []]", seconds=2.0, in_all=9.0, reads_after=0.0)
    assert (how, word) == ("done", "")
