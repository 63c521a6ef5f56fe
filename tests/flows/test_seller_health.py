"""The figures staff judge a shop by are counted, and no other shop's."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission
from marketplace.domain.inventory import service as inventory
from marketplace.domain.moderation import service as moderation
from marketplace.flows.seller_health import SellerHealth, seller_health
from marketplace.kit.errors import NotAllowed, NotFound
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import staff
from tests.make.sale import MODERATOR

READER = staff(Permission.SELLERS_READ, id_="per_reader")
LATER = MONDAY + timedelta(days=2)


def test_each_figure_counts_what_it_says(session: Session) -> None:
    shop, other = sale.shop(session), sale.shop(session)
    stocked = sale.live(session, shop, title="One cup")
    sale.live(session, shop, title="Two cups, sold out")
    down = sale.live(session, shop, title="A bowl")
    moderation.take_down(session, MODERATOR, down.id, code="unsafe", note="", at=MONDAY)
    sale.pending(session, shop, title="A jar that waits")
    change = sale.pending(session, shop, title="A vase that is refused")
    moderation.reject(
        session, MODERATOR, change.id, version=change.version, reason="misleading", note="No",
        at=MONDAY,
    )  # fmt: skip
    [variant] = sale.edited(stocked).variants
    inventory.set_stock(session, shop.member, variant.id, 3, at=MONDAY)
    sale.live(session, other, title="Somebody else's")

    found = seller_health(session, READER, shop.seller_id, at=LATER)
    assert (found.live, found.sold_out, found.taken_down, found.waiting) == (2, 1, 1, 1)
    assert (found.refused, found.points, found.ending) == (1, 12, 0)
    assert found.decided == 4, "three that went on sale, and the refused one"

    month_later = seller_health(session, READER, shop.seller_id, at=MONDAY + timedelta(days=31))
    assert (month_later.decided, month_later.refused) == (0, 0)
    assert seller_health(session, READER, other.seller_id, at=LATER).taken_down == 0


def test_a_new_shop_has_nothing_to_count(session: Session) -> None:
    shop = sale.shop(session)
    assert seller_health(session, READER, shop.seller_id, at=LATER) == SellerHealth()


def test_it_is_told_to_those_who_read_sellers(session: Session) -> None:
    shop = sale.shop(session)
    with pytest.raises(NotAllowed):
        seller_health(session, staff(), shop.seller_id, at=LATER)
    with pytest.raises(NotFound):
        seller_health(session, READER, "sel_none", at=LATER)
