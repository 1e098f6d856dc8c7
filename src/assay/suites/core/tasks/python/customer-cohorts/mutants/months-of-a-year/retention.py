"""How many customers of a shop come back, by the month of their first order."""

import sqlite3

# Months are counted from the year 0, so that they can be subtracted.
COHORTS = """
with recursive
bought as (
    select distinct customer, cast(substr(day, 6, 2) as integer) - 1 + 12 * 2025 as month
    from orders where state <> 'cancelled'
),
joined as (select customer, min(month) as month from bought group by customer),
span as (select min(month) as first, max(month) as last from bought),
months (month, last) as (
    select first, last from span where first is not null
    union all
    select month + 1, last from months where month < last
)
select months.month, months.last, bought.month - months.month, count(bought.customer)
from months
left join joined on joined.month = months.month
left join bought on bought.customer = joined.customer
group by months.month, bought.month - months.month
order by months.month
"""


def load(orders: list[dict]) -> sqlite3.Connection:
    """A database with the table `orders`; days are texts such as 2025-03-01."""
    db = sqlite3.connect(":memory:")
    db.execute("create table orders (customer text not null, day text not null, state text not null)")
    db.executemany("insert into orders values (:customer, :day, :state)", orders)
    return db


def cohorts(db: sqlite3.Connection, months: int) -> list[dict]:
    """For each month: how many ordered for the first time, and how many of them came back in the months after it."""
    result: dict[int, dict] = {}
    for month, last, later, customers in db.execute(COHORTS):
        if month not in result:
            back = [0 if month + step <= last else None for step in range(1, months + 1)]
            result[month] = {"month": f"{month // 12:04}-{month % 12 + 1:02}", "customers": 0, "back": back}
        if later == 0:
            result[month]["customers"] = customers
        elif later is not None and later <= months:
            result[month]["back"][later - 1] = customers
    return list(result.values())


def retention(orders: list[dict], months: int) -> list[dict]:
    """The same, for orders that are in no database yet."""
    db = load(orders)
    try:
        return cohorts(db, months)
    finally:
        db.close()
