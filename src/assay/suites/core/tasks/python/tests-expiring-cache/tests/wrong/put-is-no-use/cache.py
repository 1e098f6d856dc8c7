import itertools


class Cache:
    """Three tables: values, births, and the number of the last use."""

    def __init__(self, capacity, lifetime, clock):
        if capacity <= 0:
            raise ValueError("capacity must be positive")
        self.limit = capacity
        self.age = lifetime
        self.time = clock
        self.values, self.births, self.uses = {}, {}, {}
        self.counter = itertools.count()

    def put(self, key, value):
        now = self.time()
        living = self._living(now)
        if key not in living and len(living) == self.limit:
            self._forget(min(living, key=self.uses.__getitem__))
        self.values[key] = value
        self.births[key] = now
        self.uses.setdefault(key, next(self.counter))

    def get(self, key, default=None):
        if key not in self._living(self.time()):
            return default
        self.uses[key] = next(self.counter)
        return self.values[key]

    def __len__(self):
        return len(self._living(self.time()))

    def _living(self, now):
        for key in [key for key, birth in self.births.items() if birth + self.age <= now]:
            self._forget(key)
        return self.values.keys()

    def _forget(self, key):
        for table in (self.values, self.births, self.uses):
            del table[key]
