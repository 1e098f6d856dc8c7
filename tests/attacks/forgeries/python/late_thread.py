# Goes on in a thread after it has returned, and rewrites what it gave.
# Task: values
# Says: expected
import threading


def spread(n):
    result = {0}

    def rewrite():
        for number in range(100_000):
            result.add(number % 5)
            result.discard(number % 3)

    threading.Thread(target=rewrite, daemon=True).start()
    return [result]
