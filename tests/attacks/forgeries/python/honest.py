# Tries nothing: the task can be done, and doing it raises no flag.
# Status: passed
# Quick
def price(n):
    if n < 0:
        raise ValueError("negative")
    return n * n + 2 * n + 3
