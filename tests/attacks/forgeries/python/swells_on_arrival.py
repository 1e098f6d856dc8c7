# Sends a few MiB that would become a GiB in the judge's memory.
# Status: exceeded
# Says: output
import os
import sys


def price(n):
    frame = sys._getframe(1)
    nonce = frame.f_locals["nonce"].encode()
    while "channel_out" not in frame.f_locals:
        frame = frame.f_back
    data = memoryview(b"l4\ns16\n%ss1\nrl5000000\n%sl0\n" % (nonce, b"S0\n" * 5_000_000))
    while data:
        data = data[os.write(frame.f_locals["channel_out"], data) :]
    os._exit(0)
