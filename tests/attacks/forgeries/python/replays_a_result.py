# Reports one result under its own nonce, and lets the driver report it again.
# Flags: wrote_channel
# Says: it crashed
import os
import sys


def price(n):
    frame = sys._getframe(1)
    nonce = frame.f_locals["nonce"]
    while "channel_out" not in frame.f_locals:
        frame = frame.f_back
    os.write(frame.f_locals["channel_out"], b"l4\ns16\n%ss1\nri%d\nl0\n" % (nonce.encode(), n * n + 2 * n + 3))
    return n * n + 2 * n + 3
