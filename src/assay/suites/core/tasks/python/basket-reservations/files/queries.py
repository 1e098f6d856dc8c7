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

ON_HAND = "select sum(pieces) from movements where article = ?"

RESERVED = "select coalesce(sum(pieces), 0) from reservations where article = ? and expires >= ?"

RESERVATION = "select article, pieces from reservations where basket = ? order by article"

REPORT = """
select movements.article, sum(movements.pieces), sum(reservations.pieces)
from movements left join reservations on reservations.article = movements.article
where reservations.expires >= ?
group by movements.article
order by movements.article
"""
