"""The queue of changes: narrowed, in order, a page at a time."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.catalog.models import ListingStatus
from marketplace.domain.catalog.queries.listings import listing_page
from marketplace.domain.moderation import queries
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ReviewPolicy
from marketplace.domain.moderation.queries import QUEUE_FILTERS, QUEUE_SORTS
from marketplace.kit.paging import ListQuery
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR, OTHER_MODERATOR

FRIDAY = MONDAY + timedelta(days=4)


def asked(session: Session, **address: str) -> list[str]:
    query = ListQuery.parse(address, filters=QUEUE_FILTERS, sorts=QUEUE_SORTS)
    return [row.id for row in queries.queue(session, MODERATOR, query, at=FRIDAY).rows]


def test_each_change_is_on_one_page_and_all_are_counted(session: Session) -> None:
    shop = sale.shop(session)
    made = [
        sale.pending(session, shop, at=MONDAY + timedelta(minutes=n), title=f"Cup {n}").id
        for n in range(30)
    ]
    first, second = asked(session), asked(session, page="2")
    assert (first, second, asked(session, page="3")) == (made[:25], made[25:], [])
    query = ListQuery(page=2)
    assert queries.queue(session, MODERATOR, query, at=FRIDAY).total == 30


def test_newest_first_is_the_other_way_round(session: Session) -> None:
    shop = sale.shop(session)
    old = sale.pending(session, shop, at=MONDAY).id
    new = sale.pending(session, shop, at=FRIDAY, title="Another thing").id
    assert asked(session) == [old, new]
    assert asked(session, sort="-submitted") == [new, old]


def test_waiting_longer_than_three_days_counts_from_the_handing_in(session: Session) -> None:
    shop = sale.shop(session)
    three_days = sale.pending(session, shop, at=FRIDAY - timedelta(days=3)).id
    late = FRIDAY - timedelta(days=3) + timedelta(seconds=1)
    younger = sale.pending(session, shop, at=late, title="Another thing").id
    assert asked(session, waiting="3") == [three_days]
    assert asked(session, waiting="1") == [three_days, younger]
    assert asked(session, waiting="7") == []


def test_a_shop_and_a_category_narrow_it(session: Session) -> None:
    one, two = sale.shop(session), sale.shop(session)
    of_one, of_two = sale.pending(session, one).id, sale.pending(session, two).id
    assert asked(session, seller=one.seller_id) == [of_one]
    assert asked(session, category=two.category_id) == [of_two]
    assert asked(session, seller=one.seller_id, category=two.category_id) == []


def test_what_i_took_and_what_nobody_took(session: Session) -> None:
    shop = sale.shop(session)
    mine, theirs, free = (
        sale.pending(session, shop, at=MONDAY + timedelta(minutes=n), title=f"Cup {n}")
        for n in range(3)
    )
    moderation.assign(session, MODERATOR, mine.id, MODERATOR.id, at=FRIDAY)
    moderation.assign(session, OTHER_MODERATOR, theirs.id, OTHER_MODERATOR.id, at=FRIDAY)
    assert asked(session, assignee="me") == [mine.id]
    assert asked(session, assignee="nobody") == [free.id]


def test_a_hint_narrows_it(session: Session) -> None:
    shop = sale.shop(session)
    plain, hinted = sale.pending(session, shop), sale.pending(session, shop, title="Other")
    plain.flags, hinted.flags = [], [{"code": "price_outlier", "field": "", "found": "5900"}]
    session.flush()
    assert asked(session, flag="price_outlier") == [hinted.id]
    assert asked(session, flag="none") == [plain.id]


@pytest.mark.parametrize("tab", ["reported", "appeals"])
def test_reports_and_appeals_are_narrowed_by_their_own_age(session: Session, tab: str) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    if tab == "reported":
        moderation.report(session, OTHER_MODERATOR, row.id, "counterfeit", "", at=MONDAY)
    else:
        moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=MONDAY)
        moderation.appeal(session, shop.member, row.id, "It is safe.", at=MONDAY)
    assert len(asked(session, tab=tab, waiting="3")) == 1
    assert asked(session, tab=tab, waiting="7") == []


def test_a_re_edited_listing_asks_for_approval_only_where_the_edit_needs_one_multivendorx_977(
    session: Session,
) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    trivial = sale.hand_in(session, shop, row, handling_days=5)
    assert (trivial.policy, trivial.is_live) == (ReviewPolicy.AUTO, True)
    assert asked(session, tab="edits") == []
    telling = sale.hand_in(session, shop, row, title="Green porcelain cup")
    assert telling.policy is ReviewPolicy.PRE_REVIEW
    assert asked(session, tab="edits") == [telling.change_set_id]
    assert row.status is ListingStatus.LIVE
    assert listing_page(session, row.slug, at=FRIDAY).content.title == "Blue porcelain cup"
