# Sends more than the channel may carry.
# Status: exceeded
# Says: output
def price(n):
    return bytes(66 << 20)
