"""Laying one tree of settings over another."""


def overlay(lower: dict, upper: dict) -> dict:
    """`lower` with everything that `upper` says on top."""
    result = lower
    for key, value in upper.items():
        if isinstance(value, dict):
            result[key] = overlay(result.get(key, {}), value)
        else:
            result[key] = value
    return result
