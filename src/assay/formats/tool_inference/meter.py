"""How much a template may do: steps and texts are counted before they are made, and too many end it.

Knows numbers only, nothing of templates; whoever asks it goes on only if it does not raise.
"""

from __future__ import annotations

from typing import Any

from jinja2.exceptions import SecurityError

LARGEST_TEXT = 256 * 1024
MOST_STEPS = 100_000
"""Turns of loops, calls and texts, over all renderings of one template; real ones take some thousands."""


class Meter:
    """What the renderings of one template have used up."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > MOST_STEPS:
            raise SecurityError("the template runs on and on")

    def text(self, size: int) -> None:
        """Asked before a text of that size is made."""
        self.step(1 + size // 256)
        if size > LARGEST_TEXT:
            raise SecurityError("the template builds a text too large")

    def value(self, value: Any) -> Any:
        """Asked before a value is written out: one that holds itself many times over is long."""
        if isinstance(value, str):
            self.text(len(value))
            return value
        waiting = [value]
        while waiting:
            one = waiting.pop()
            self.step()
            if isinstance(one, dict):
                waiting += [*one.keys(), *one.values()]
            elif isinstance(one, list | tuple):
                waiting += one
            elif isinstance(one, str):
                self.text(len(one))
        return value
