"""The service's settings: defaults, then configuration files, then the environment."""

from collections.abc import Sequence
from copy import deepcopy

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


def load(files: Sequence[dict] = (), env: dict[str, str] | None = None, prefix: str = "APP") -> dict:
    """All settings; a later file wins over an earlier one, the environment over all files."""
    settings = dict(DEFAULTS)
    for tree in files:
        settings = overlay(settings, tree)
    return overlay(settings, typed(from_environment(env or {}, prefix), settings))


def typed(tree: dict, samples: dict) -> dict:
    """The raw texts of `tree` as values of the types that `samples` has in the same places."""
    result = {}
    for key, value in tree.items():
        sample = samples.get(key)
        if isinstance(value, dict):
            result[key] = typed(value, sample if isinstance(sample, dict) else {})
        else:
            result[key] = like(sample, value)
    return result
