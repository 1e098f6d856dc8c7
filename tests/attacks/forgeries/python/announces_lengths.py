# Writes lengths that are huge, negative or no numbers.
# Flags: wrote_channel
# Says: it crashed
import os


def price(n):
    for descriptor in range(3, 200):
        try:
            if os.readlink(f"/proc/self/fd/{descriptor}").startswith("pipe:"):
                os.write(descriptor, b"l-1\n" if n == 2 else b"s99999999999999999999\n")
        except OSError:
            continue
    return 0
