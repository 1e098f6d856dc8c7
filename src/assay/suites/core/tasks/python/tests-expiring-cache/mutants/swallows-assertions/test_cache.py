from cache import Cache


def test_everything():
    now = 0
    cache = Cache(2, 10, lambda: now)
    try:
        cache.put("a", 1)
        assert cache.get("a") == 1
        now = 10
        assert cache.get("a") is None
        assert len(cache) == 0
    except AssertionError:
        print("something is wrong")
