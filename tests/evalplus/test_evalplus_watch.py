"""The watch over an answer's inputs, with nothing between the driver and who reads what it tells."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from assay.sandboxes.drivers import plain

_DRIVER = "import sys; from assay.sandboxes.drivers import evalplus; evalplus.main(*map(int, sys.argv[1:]))"
_LONG = 1 << 20
"""More than a pipe holds."""


def test_a_word_that_is_begun_in_time_is_told_whole() -> None:
    """However long its reader takes: the time for all inputs may be over by then."""
    program, in_all = f"def f(): return 'a' * {_LONG}", 1.0
    args = [program, "f", b"[[]]", "", "", 4.0, [], in_all, 8 << 30, [0]]
    (asked, asking), (telling, told) = os.pipe(), os.pipe()
    os.write(asking, plain.pack(["", [[["nonce", "call", "answer", args]]]]))
    os.close(asking)
    driver = subprocess.Popen([sys.executable, "-c", _DRIVER, str(asked), str(told)], pass_fds=(asked, told))
    for descriptor in (asked, told):
        os.close(descriptor)
    time.sleep(1.5 * in_all)
    with os.fdopen(telling, "rb") as words:
        nonce, _, (how, _, (result,), _), _ = plain.unpack(words.read())
    assert driver.wait(10) == 0
    assert (nonce, how, len(result) > _LONG) == ("nonce", "done", True)
