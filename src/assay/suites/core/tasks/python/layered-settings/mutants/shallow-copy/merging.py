"""Laying one tree of settings over another."""

from copy import deepcopy


def overlay(lower: dict, upper: dict) -> dict:
    """`lower` with everything that `upper` says on top, as a tree of its own."""
    result = dict(lower)
    for key, value in upper.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            below = result.get(key)
            result[key] = overlay(below, value) if isinstance(below, dict) else value
        else:
            result[key] = deepcopy(value)
    return result
