"""The stock of a shop, and what lies in its customers' baskets."""

import sqlite3

import queries


class Stock:
    """Pieces on hand, and reservations that lapse. All moments (`now`) are whole seconds."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(queries.SCHEMA)

    def receive(self, article: str, pieces: int) -> None:
        """A delivery."""
        if pieces < 1:
            raise ValueError(f"{pieces} pieces of {article}")
        with self._db:
            self._db.execute("insert into movements values (?, ?)", (article, pieces))

    def available(self, article: str, now: int) -> int:
        """How many pieces can still be reserved."""
        return self._free(article, now, but_for=None)

    def reserve(self, basket: str, items: dict[str, int], now: int, minutes: int = 15) -> bool:
        """Reserves all that lies in the basket, or nothing; False if something is lacking."""
        for article, pieces in items.items():
            if pieces < 0:
                raise ValueError(f"{pieces} pieces of {article}")
        own = dict(self._db.execute(queries.OWN, (basket,)))
        if any(pieces > self.available(article, now) + own.get(article, 0) for article, pieces in items.items() if pieces):
            return False
        rows = [(basket, article, pieces, now + minutes * 60) for article, pieces in items.items() if pieces]
        with self._db:
            self._db.execute("delete from reservations where basket = ?", (basket,))
            self._db.executemany("insert into reservations values (?, ?, ?, ?)", rows)
        return True

    def sell(self, basket: str, now: int) -> dict[str, int]:
        """The basket is paid: its goods leave the stock. Returns them."""
        sold = dict(self._db.execute(queries.LIVING, (basket, now)))
        if not sold:
            raise KeyError(basket)
        with self._db:
            self._db.executemany(
                "insert into movements values (?, ?)", [(article, -pieces) for article, pieces in sold.items()]
            )
            self._db.execute("delete from reservations where basket = ?", (basket,))
        return sold

    def report(self, now: int) -> list[dict]:
        """Every article that was ever delivered, by name."""
        return [
            {"article": article, "on_hand": on_hand, "reserved": reserved, "available": on_hand - reserved}
            for article, on_hand, reserved in self._db.execute(queries.REPORT, (now,))
        ]

    def _free(self, article: str, now: int, *, but_for: str | None) -> int:
        """On hand, without what other baskets than `but_for` have reserved."""
        (on_hand,) = self._db.execute(queries.ON_HAND, (article,)).fetchone()
        (reserved,) = self._db.execute(queries.RESERVED, (article, now, but_for)).fetchone()
        return on_hand - reserved
