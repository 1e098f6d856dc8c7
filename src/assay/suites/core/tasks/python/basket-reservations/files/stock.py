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
        self._db.execute("insert into movements values (?, ?)", (article, pieces))

    def available(self, article: str, now: int) -> int:
        """How many pieces can still be reserved."""
        (on_hand,) = self._db.execute(queries.ON_HAND, (article,)).fetchone()
        (reserved,) = self._db.execute(queries.RESERVED, (article, now)).fetchone()
        return on_hand - reserved

    def reserve(self, basket: str, items: dict[str, int], now: int, minutes: int = 15) -> bool:
        """Reserves all that lies in the basket, or nothing; False if something is lacking."""
        expires = now + minutes * 60
        for article, pieces in items.items():
            if pieces < 0:
                raise ValueError(f"{pieces} pieces of {article}")
            if pieces > self.available(article, now):
                return False
            self._db.execute("delete from reservations where basket = ? and article = ?", (basket, article))
            self._db.execute("insert into reservations values (?, ?, ?, ?)", (basket, article, pieces, expires))
        self._db.commit()
        return True

    def sell(self, basket: str, now: int) -> dict[str, int]:
        """The basket is paid: its goods leave the stock. Returns them."""
        sold = dict(self._db.execute(queries.RESERVATION, (basket,)).fetchall())
        for article, pieces in sold.items():
            self._db.execute("insert into movements values (?, ?)", (article, -pieces))
        self._db.execute("delete from reservations where basket = ?", (basket,))
        self._db.commit()
        return sold

    def report(self, now: int) -> list[dict]:
        """Every article that was ever delivered, by name."""
        rows = self._db.execute(queries.REPORT, (now,))
        return [
            {"article": article, "on_hand": on_hand, "reserved": reserved, "available": on_hand - reserved}
            for article, on_hand, reserved in rows
        ]
