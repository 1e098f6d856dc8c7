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

OWN = "select article, pieces from reservations where basket = ?"

LIVING = "select article, pieces from reservations where basket = ? and expires > ? order by article"

# Both sums are made before the join: joined first, each delivery would meet each reservation.
REPORT = """
select on_hand.article, on_hand.pieces, coalesce(reserved.pieces, 0)
from (select article, sum(pieces) as pieces from movements group by article) as on_hand
left join (
    select article, sum(pieces) as pieces from reservations where expires > ? group by article
) as reserved on reserved.article = on_hand.article
order by on_hand.article
"""
