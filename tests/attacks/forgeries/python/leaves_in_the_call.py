# Leaves with code 0 from inside the call, past every handler.
# Flags: early_exit
# Says: it crashed
# Quick
import os


def price(n):
    os._exit(0)
