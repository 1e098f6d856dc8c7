"""What the tests run as entry points: `work` executes the code that it reads on the channel."""

from __future__ import annotations

import os


def work(asked: int = 3, told: int = 4) -> None:
    with os.fdopen(asked, "rb") as channel:
        code = channel.read().decode()

    def reply(value: object) -> None:
        os.write(told, repr(value).encode())

    exec(code, {"reply": reply})
