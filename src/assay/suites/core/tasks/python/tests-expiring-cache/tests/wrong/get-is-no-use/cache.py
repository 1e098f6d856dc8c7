"""A cache whose entries expire, and whose least recently used entry gives way."""


class Cache:
    def __init__(self, capacity, lifetime, clock):
        if capacity < 1:
            raise ValueError("a cache holds one entry at least")
        self._capacity = capacity
        self._lifetime = lifetime
        self._clock = clock
        self._entries = {}  # key -> (value, when it dies); the least recently used first

    def put(self, key, value):
        now = self._clock()
        self._drop_dead(now)
        self._entries.pop(key, None)
        if len(self._entries) >= self._capacity:
            del self._entries[next(iter(self._entries))]
        self._entries[key] = (value, now + self._lifetime)

    def get(self, key, default=None):
        self._drop_dead(self._clock())
        if key not in self._entries:
            return default
        return self._entries[key][0]

    def __len__(self):
        self._drop_dead(self._clock())
        return len(self._entries)

    def _drop_dead(self, now):
        for key, (_, dies) in list(self._entries.items()):
            if now >= dies:
                del self._entries[key]
