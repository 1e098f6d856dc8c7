"""Run inside a container: a few answers are judged by the built-in sandbox, and what they came to is printed."""

from __future__ import annotations

import asyncio
import json
import sys

from assay.core.judging import Job, Program
from assay.core.task import Limits
from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find

ANSWERS = {
    "a crowd": "import os, time\nfor _ in range(13):\n    if not os.fork(): time.sleep(3); os._exit(0)\ntime.sleep(3)",
    "threads beside it": "import threading, time\ntime.sleep(1)\n"
    "for _ in range(10): threading.Thread(target=time.sleep, args=(0.5,)).start()\nprint('well')",
    "right": "print(42)",
    "wrong": "print(41)",
    "endless": "while True: pass",
    "waits": "import time\ntime.sleep(60)",
    "memory": "x = []\nwhile True: x.append(bytearray(b'x') * 4_000_000)",
    "forks": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "fills": "f = open('f', 'wb', 0)\nwhile True: f.write(bytes(1 << 20))",
    "leaves": "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(60)",
    "reads": "for p in ('/proc/1/environ', '/proc/self/../1/cmdline', '/repo/hello.txt', '/etc/passwd'):\n"
    "    try: print(open(p).read())\n    except OSError: print('no')",
    "writes": "for p in ('/tmp/left', '/left', '/dev/shm/left'):\n"
    "    try: open(p, 'w').close(); print('yes')\n    except OSError: print('no')",
    "calls": "import socket\nfor f in (1, 2, 10, 16, 17):\n"
    "    try: socket.socket(f, socket.SOCK_DGRAM); print('yes')\n    except OSError: print('no')",
    "kills": "import os\nfor p in range(1, 400):\n    if p != os.getpid():\n"
    "        try: os.kill(p, 9)\n        except OSError: pass\nprint('alive')",
}
LIMITS = Limits(cpu=0.5, wall=8.0, memory=64, processes=16, disk=4, output=16)


async def main() -> None:
    toolchain = find("python")
    if isinstance(toolchain, str):
        sys.exit(toolchain)
    judge = BoxJudge(LinuxBoxes(2, toolchain.mounts, PRELOADED))
    try:
        outcomes = await asyncio.gather(*(judge.run(job(text)) for text in ANSWERS.values()))
    finally:
        await judge.close()
    told = {
        name: [ran.limit or ran.exit_code, ran.stdout.decode()]
        for name, outcome in zip(ANSWERS, outcomes, strict=True)
        for ran in outcome.programs
    }
    print(json.dumps(told))


def job(text: str) -> Job:
    return Job(language="python", files={"answer.py": text}, entry="answer.py", programs=(Program(),), limits=LIMITS)


if __name__ == "__main__":
    asyncio.run(main())
