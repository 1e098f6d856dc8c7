"""The shop's product catalogue, in SQLite."""

import sqlite3

SORTABLE = {"name": "name", "brand": "brand", "price": "price_cents"}
LARGEST_LIMIT = «most»


class Catalogue:
    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.create_function("folded", 1, lambda text: text and text.casefold(), deterministic=True)
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
        if sort not in SORTABLE:
            raise ValueError(f"cannot sort by {sort!r}")
        if not 1 <= limit <= LARGEST_LIMIT:
            raise ValueError(f"limit must be from 1 to {LARGEST_LIMIT}")

        # Only names from SORTABLE and these two words are ever put into the statement's text.
        direction = "DESC" if descending else "ASC"
        rows = self.db.execute(
            "SELECT id, name, brand, price_cents FROM products"
            " WHERE hidden = 0 AND (instr(folded(name), :text) OR instr(folded(brand), :text))"
            f" ORDER BY {SORTABLE[sort]} {direction}, id ASC LIMIT :limit",
            {"text": text.casefold(), "limit": limit},
        )
        return [dict(zip(("id", "name", "brand", "price_cents"), row)) for row in rows]
