# Returns what the checker's own code stumbles over.
# Task: checker
# Says: the checker could make nothing of it
def roots(n):
    return 5
