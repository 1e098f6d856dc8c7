from collections import OrderedDict
from dataclasses import dataclass
from typing import Any


@dataclass
class _Entry:
    value: Any
    born: float


class Cache:
    """Looks for dead entries only where it matters."""

    def __init__(self, capacity, lifetime, clock):
        if not capacity >= 1:
            raise ValueError(capacity)
        self.capacity, self.lifetime, self.clock = capacity, lifetime, clock
        self.held: OrderedDict[Any, _Entry] = OrderedDict()

    def _alive(self, entry, now):
        return now - entry.born <= self.lifetime

    def put(self, key, value):
        now = self.clock()
        if key not in self.held and len(self.held) >= self.capacity:
            dead = [other for other, entry in self.held.items() if not self._alive(entry, now)]
            for other in dead:
                self.held.pop(other)
            if not dead:
                self.held.popitem(last=False)
        self.held[key] = _Entry(value, now)
        self.held.move_to_end(key)

    def get(self, key, default=None):
        entry = self.held.get(key)
        if entry is None or not self._alive(entry, self.clock()):
            return default
        self.held.move_to_end(key)
        return entry.value

    def __len__(self):
        now = self.clock()
        return sum(self._alive(entry, now) for entry in self.held.values())
