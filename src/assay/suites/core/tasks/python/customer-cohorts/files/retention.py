"""How many customers of a shop come back, by the month of their first order."""

import sqlite3


def load(orders: list[dict]) -> sqlite3.Connection:
    """A database with the table `orders`; days are texts such as 2025-03-01."""
    db = sqlite3.connect(":memory:")
    db.execute("create table orders (customer text not null, day text not null, state text not null)")
    db.executemany("insert into orders values (:customer, :day, :state)", orders)
    return db


def cohorts(db: sqlite3.Connection, months: int) -> list[dict]:
    """For each month: how many ordered for the first time, and how many of them came back in the months after it."""
    # <-- to be written


def retention(orders: list[dict], months: int) -> list[dict]:
    """The same, for orders that are in no database yet."""
    db = load(orders)
    try:
        return cohorts(db, months)
    finally:
        db.close()
