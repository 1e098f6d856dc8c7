# Forks, and lets parent and child both go on with the cases.
# Flags: wrote_channel
# Says: case
import os


def price(n):
    if n == 2 and os.fork():
        os.wait()
    return n * n + 2 * n + 3
