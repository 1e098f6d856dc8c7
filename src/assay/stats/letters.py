"""Letters for a board: two entrants share one exactly where they cannot be told apart.

"As good as" does not carry over: A may be as good as B, and B as C, while A is better than C. Hence several
letters for one entrant, and no hard groups."""

from __future__ import annotations

from string import ascii_lowercase

import numpy as np
from numpy.typing import ArrayLike, NDArray


def groups(differ: ArrayLike) -> tuple[tuple[int, ...], ...]:
    """Sets of entrants none of which differ, such that each pair that does not differ is in one, and none
    is there in vain. `differ` says for each pair whether it is told apart; entrants come best first."""
    same = ~np.asarray(differ, np.bool_)
    if same.ndim != 2 or same.shape[0] != same.shape[1] or np.any(same != same.T):
        raise ValueError("who differs from whom is a square, the same from both sides")
    np.fill_diagonal(same, True)
    shared = np.zeros(same.shape, np.int64)
    found = []
    for one in range(same.shape[0]):
        for other in np.flatnonzero(same[one])[::-1]:
            if other >= one and not shared[one, other]:
                members = _grown(same, one, int(other))
                shared[np.ix_(members, members)] += 1
                found.append(members)
    needed = []
    for members in reversed(found):
        if np.all(shared[np.ix_(members, members)] > 1):
            shared[np.ix_(members, members)] -= 1
        else:
            needed.append(tuple(members))
    return tuple(sorted(needed))


def letters(differ: ArrayLike) -> tuple[str, ...]:
    """Each entrant's letters: a is the group of the best. After z come a2, b2 and so on."""
    found = groups(differ)
    marks = [""] * np.asarray(differ).shape[0]
    for number, members in enumerate(found):
        lap, place = divmod(number, len(ascii_lowercase))
        for member in members:
            marks[member] += ascii_lowercase[place] + (str(lap + 1) if lap else "")
    return tuple(marks)


def _grown(same: NDArray[np.bool_], one: int, other: int) -> list[int]:
    """All that may join the pair, first come, first served."""
    fits = same[one] & same[other]
    members = {one, other}
    for candidate in np.flatnonzero(fits):
        if fits[candidate]:
            members.add(int(candidate))
            fits &= same[candidate]
    return sorted(members)
