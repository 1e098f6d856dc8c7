"""The shop's product catalogue, in SQLite."""

import sqlite3


class Catalogue:
    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, brand TEXT,"
            " price_cents INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0)"
        )

    def add(self, name: str, brand: str | None, price_cents: int, hidden: bool = False) -> int:
        """Store a product and return its id (1, 2, 3 …)."""
        cursor = self.db.execute(
            "INSERT INTO products (name, brand, price_cents, hidden) VALUES (?, ?, ?, ?)",
            (name, brand, price_cents, int(hidden)),
        )
        return cursor.lastrowid

    def search(
        self, text: str = "", sort: str = "name", descending: bool = False, limit: int = 20
    ) -> list[dict]:
        """Visible products whose name or brand contains `text`."""
        direction = "DESC" if descending else "ASC"
        rows = self.db.execute(
            f"SELECT id, name, brand, price_cents FROM products"
            f" WHERE hidden = 0 AND name LIKE '%{text}%' OR brand LIKE '%{text}%'"
            f" ORDER BY {sort} {direction}, id {direction} LIMIT {limit}"
        )
        return [dict(zip(("id", "name", "brand", "price_cents"), row)) for row in rows]
