# Sends a set that holds an element twice, to be mended into the right one by its reader.
# Task: values
# Flags: early_exit
# Says: an element twice
import os
import sys


def spread(n):
    frame = sys._getframe(1)
    nonce = frame.f_locals["nonce"].encode()
    while "channel_out" not in frame.f_locals:
        frame = frame.f_back
    os.write(frame.f_locals["channel_out"], b"l4\ns16\n%ss1\nrS4\ni1\ni2\ni3\ni3\nl0\n" % nonce)
    os._exit(0)
