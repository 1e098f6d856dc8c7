from cache import Cache


def test_put_and_get():
    cache = Cache(3, 10, lambda: 0)
    cache.put("a", 1)
    assert cache.get("a") == 1
    assert cache.get("b", 2) == 2
    assert len(cache) == 1


def test_capacity():
    cache = Cache(2, 10, lambda: 0)
    for key in "abc":
        cache.put(key, key)
    assert len(cache) == 2
    assert cache.get("a") is None
