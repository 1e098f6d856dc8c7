# Is no program, but nests deeper than a parser can go.
# Status: failed exceeded
# Says:
def price(n):
    return eval("-" * 10_000_000 + "1")
