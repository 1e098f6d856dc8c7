import time

from cache import Cache


def test_expiry():
    cache = Cache(2, 0.05, time.monotonic)
    cache.put("a", 1)
    assert cache.get("a") == 1
    time.sleep(0.1)
    assert cache.get("a") is None
    assert len(cache) == 0
