from cache import Cache


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def made(capacity=3, lifetime=10):
    clock = Clock()
    return Cache(capacity, lifetime, clock), clock


def test_what_is_put_can_be_got():
    cache, _ = made()
    cache.put("a", 1)
    assert cache.get("a") == 1
    assert cache.get("b") is None
    assert cache.get("b", 7) == 7
    assert len(cache) == 1


def test_none_is_a_value():
    cache, _ = made()
    cache.put("a", None)
    assert cache.get("a", 7) is None
    assert len(cache) == 1


def test_a_new_value_replaces_the_old_one():
    cache, _ = made()
    cache.put("a", 1)
    cache.put("a", 2)
    assert cache.get("a") == 2
    assert len(cache) == 1


def test_entries_die():
    cache, clock = made()
    cache.put("a", 1)
    clock.now += 9.5
    assert cache.get("a") == 1
    assert len(cache) == 1
    clock.now += 0.5
    assert cache.get("a", "gone") == "gone"
    assert len(cache) == 0


def test_len_looks_at_the_clock():
    cache, clock = made()
    cache.put("a", 1)
    clock.now += 5
    cache.put("b", 2)
    clock.now += 5
    assert len(cache) == 1
    clock.now += 5
    assert len(cache) == 0


def test_put_renews_and_get_does_not():
    cache, clock = made()
    cache.put("a", 1)
    cache.put("b", 1)
    clock.now += 6
    cache.put("a", 2)
    assert cache.get("b") == 1
    clock.now += 6
    assert cache.get("a") == 2
    assert cache.get("b") is None


def test_the_least_recently_used_gives_way():
    cache, _ = made()
    for key in "abc":
        cache.put(key, key)
    cache.get("a")
    cache.put("b", "B")
    cache.put("d", "d")
    assert cache.get("a") is None
    assert [cache.get(key) for key in "bcd"] == ["B", "c", "d"]
    assert len(cache) == 3


def test_replacing_drops_nothing():
    cache, _ = made(capacity=2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.put("b", 3)
    assert cache.get("a") == 1
    assert cache.get("b") == 3


def test_the_dead_take_no_place():
    cache, clock = made(capacity=2)
    cache.put("old", 1)
    clock.now += 5
    cache.put("young", 2)
    assert cache.get("old") == 1
    clock.now += 5
    cache.put("new", 3)
    assert cache.get("young") == 2
    assert cache.get("new") == 3


def test_a_capacity_below_one():
    for capacity in (0, -1):
        try:
            Cache(capacity, 10, Clock())
        except ValueError:
            continue
        assert False, capacity
