"""How long to wait before a supplier is asked again."""

LONGEST = 30


def pause_after(attempt: int) -> int:
    """Seconds after failed attempt number `attempt` (1, 2, 3 …): 1, 2, 4, 8, 16, 30, 30 …"""
    return min(2 ** attempt, LONGEST)
