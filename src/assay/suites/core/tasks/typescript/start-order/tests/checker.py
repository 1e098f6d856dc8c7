"""Any order is right that has exactly what is needed, once each, dependencies first."""


def check(args, got):
    services, wanted = args
    needed, stack = set(), list(wanted)
    while stack:
        name = stack.pop()
        if name not in needed:
            needed.add(name)
            stack += services[name]
    if not isinstance(got, list) or not all(isinstance(name, str) for name in got):
        return False
    if len(got) != len(needed) or set(got) != needed:
        return False
    place = {name: index for index, name in enumerate(got)}
    return all(place[other] < place[name] for name in got for other in services[name])
