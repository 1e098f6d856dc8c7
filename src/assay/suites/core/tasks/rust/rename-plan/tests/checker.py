"""Any shortest list of steps is right that never overwrites and ends with every file under its new name."""


def check(args, got):
    existing, renames = args
    if not isinstance(got, list):
        return "no list of steps"
    wanted = {old: new for old, new in renames}
    there = {name: name for name in existing}
    names = set(existing) | {new for _, new in renames}
    for step in got:
        old, new = step
        if old not in there:
            return f"{old} is not there when it is renamed"
        if new in there:
            return f"{new} is overwritten"
        first = there.pop(old)
        if wanted.get(first) != new and (new in names or not new.startswith(".rename-")):
            return f"{new} is no spare name"
        there[new] = first
    for now, first in there.items():
        if wanted.get(first, first) != now:
            return f"{first} ends as {now}"
    moves = {old: new for old, new in wanted.items() if old != new}
    circles, seen = 0, set()
    for start in moves:
        path, at = set(), start
        while at in moves and at not in seen:
            seen.add(at)
            path.add(at)
            at = moves[at]
        circles += at in path
    fewest = len(moves) + circles
    return len(got) == fewest or f"{len(got)} steps where {fewest} do"
