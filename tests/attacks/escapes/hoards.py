"""Taking what all programs of a user, or of the machine, have together, so that others find nothing left of it."""

from __future__ import annotations

from assay.core.task import Limits
from attacks.escapes.escape import Escape

_LASTS = Limits(cpu=2.0, wall=6.0, memory=256, processes=16, disk=8, output=64)

HOARDS = {
    "descriptors under way": Escape(
        "sends so many descriptors to nobody that no program of the same user is let send one",
        """
hoard, sent = [], 0
try:
    while sent < 10**6:
        a, b = socket.socketpair(); hoard += [a, b]; a.setblocking(False)
        for _ in range(4): socket.send_fds(a, [b"x"], [0] * 250); sent += 250
except OSError as error: print("hoarded", sent, error)
time.sleep(1)
""",
        limits=_LASTS,
    ),
    "queued signals": Escape(
        "queues itself signals until no program of the user may queue one more, or make a timer",
        """
signal.pthread_sigmask(signal.SIG_BLOCK, {40})
word, queued = struct.pack("iiii", 40, 0, -1, 0) + bytes(112), 0
while libc.syscall(ctypes.c_long(NUMBERS["rt_sigqueueinfo"]), os.getpid(), 40, word) == 0: queued += 1
print("hoarded", queued)
time.sleep(1)
""",
        limits=_LASTS,
    ),
}
ONE_USERS = {
    "pages of pipes": Escape(
        "makes pipes until those of all other programs of the user are the smallest there are",
        """
import fcntl
hoard, room = [], 1 << 16
while room == 1 << 16 and len(hoard) < 500:
    hoard.append(os.pipe())
    room = fcntl.fcntl(hoard[-1][1], 1032)
    try: fcntl.fcntl(hoard[-1][1], 1031, 1 << 20)
    except OSError: pass
print("hoarded", len(hoard), room)
time.sleep(1)
""",
        limits=_LASTS,
    ),
}
"""What the kernel counts by user alone: it takes a user for each worker to keep that apart."""
