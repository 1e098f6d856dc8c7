"""Settings from environment variables: APP_DB__PORT=5432 is {"db": {"port": …}}."""

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


def from_environment(env: dict[str, str], prefix: str) -> dict:
    """The tree of raw texts that the variables beginning with `prefix` and `_` describe."""
    start = prefix + "_"
    tree: dict = {}
    for name in sorted(env):
        if not name.startswith(start):
            continue
        path = name.removeprefix(start).lower().split("__")
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
        word = text.strip().lower()
        if word not in TRUE + FALSE:
            raise ValueError(f"neither true nor false: {text!r}")
        return word in TRUE
    if isinstance(sample, float):
        return float(text)
    if isinstance(sample, list):
        return [item.strip() for item in text.split(",") if item.strip()]
    return text
