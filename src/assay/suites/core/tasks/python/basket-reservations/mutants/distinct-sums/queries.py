"""The statements behind the stock. A reservation lives as long as the moment is before `expires`."""

SCHEMA = """
create table movements (article text not null, pieces integer not null);
create table reservations (
    basket text not null,
    article text not null,
    pieces integer not null,
    expires integer not null,
    primary key (basket, article)
);
"""

ON_HAND = "select coalesce(sum(pieces), 0) from movements where article = ?"

RESERVED = "select coalesce(sum(pieces), 0) from reservations where article = ? and expires > ? and basket is not ?"

LIVING = "select article, pieces from reservations where basket = ? and expires > ? order by article"

# Both sums are made before the join: joined first, each delivery would meet each reservation.
REPORT = """
select movements.article, sum(distinct movements.pieces), coalesce(sum(distinct reservations.pieces), 0)
from movements
left join reservations on reservations.article = movements.article and reservations.expires > ?
group by movements.article
order by movements.article
"""
