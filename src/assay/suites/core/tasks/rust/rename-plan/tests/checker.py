"""Any shortest list of steps is right that never overwrites and ends with every file under its new name."""


def check(args, got):
    existing, renames = args
    if not isinstance(got, list):
        return "no list of steps"
    wanted = {old: new for old, new in renames}
    there = {name: name for name in existing}
    for step in got:
        old, new = step
        if old not in there:
            return f"{old} is not there when it is renamed"
        if new in there:
            return f"{new} is overwritten"
        there[new] = there.pop(old)
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
    if len(got) != fewest:
        return f"{len(got)} steps where {fewest} do"
    names = set(existing) | {new for _, new in renames}
    strange = [new for _, new in got if new not in names and not new.startswith(".rename-")]
    return not strange or f"{strange[0]} is no spare name"
