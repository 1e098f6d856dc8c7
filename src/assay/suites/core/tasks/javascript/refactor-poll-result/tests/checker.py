"""`countVotes` may say more of a name than how many votes it has."""

from collections import Counter


def check(args, got):
    votes, seconds = (Counter(one[place] for one in args[0] if len(one) > place) for place in (0, 1))
    names = sorted(votes | seconds, key=lambda name: (-votes[name], -seconds[name], name))
    if [(one.get("name"), one.get("votes")) for one in got] != [(name, votes[name]) for name in names]:
        return f"expected {[(name, votes[name]) for name in names]} as name and votes"
    return True
