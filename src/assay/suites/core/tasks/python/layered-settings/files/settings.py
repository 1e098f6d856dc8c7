"""The service's settings: defaults, then configuration files, then the environment."""

from environment import from_environment, like
from merging import overlay

DEFAULTS = {
    "debug": False,
    "name": "service",
    "workers": «crew»,
    "timeout": 2.5,
    "origins": ["localhost"],
    "db": {"host": "127.0.0.1", "port": 5432, "pool": {"size": 5, "recycle": True}},
    "cache": {"url": "memory:", "max_items": «room»},
}


def load(files: list[dict] = [], env: dict[str, str] = {}, prefix: str = "APP") -> dict:
    """All settings; a later file wins over an earlier one, the environment over all files."""
    settings = DEFAULTS
    for tree in files:
        settings = overlay(settings, tree)
    return overlay(settings, typed(from_environment(env, prefix), settings))


def typed(tree: dict, samples: dict) -> dict:
    """The raw texts of `tree` as values of the types that `samples` has in the same places."""
    result = {}
    for key, value in tree.items():
        sample = samples.get(key)
        result[key] = typed(value, sample) if isinstance(value, dict) else like(sample, value)
    return result
