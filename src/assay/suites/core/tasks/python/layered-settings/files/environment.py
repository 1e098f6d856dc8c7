"""Settings from environment variables: APP_DB__PORT=5432 is {"db": {"port": …}}."""


def from_environment(env: dict[str, str], prefix: str) -> dict:
    """The tree of raw texts that the variables beginning with `prefix` and `_` describe."""
    tree: dict = {}
    for name in sorted(env):
        if not name.startswith(prefix):
            continue
        path = name.lstrip(prefix + "_").lower().split("_")
        node = tree
        for part in path[:-1]:
            node = node.setdefault(part, {})
        node[path[-1]] = env[name]
    return tree


def like(sample: object, text: str) -> object:
    """`text` as a value of the same type as `sample`."""
    if isinstance(sample, int):
        return int(text)
    if isinstance(sample, bool):
        return bool(text)
    if isinstance(sample, float):
        return float(text)
    if isinstance(sample, list):
        return text.split(",")
    return text
