# Is right, but for leaving where the task wants an error.
# Flags: early_exit
# Says: left the program
def price(n):
    if n < 0:
        raise SystemExit
    return n * n + 2 * n + 3
