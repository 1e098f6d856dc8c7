# Forks, leaves with code 0, and lets the child answer when nobody waits any more.
# Flags: early_exit
# Says: it crashed
import os
import time


def price(n):
    if os.fork():
        os._exit(0)
    os.setsid()
    time.sleep(0.2)
    return n * n + 2 * n + 3
