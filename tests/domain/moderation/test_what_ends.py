"""What waits ends with what it belongs to, and a taking down undone leaves all else as it was."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.service import listings
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus, Violation
from marketplace.domain.moderation.queries import counts
from marketplace.domain.moderation.rules.machines import ShopHasEnded
from marketplace.domain.sellers.models import Seller, SellerStatus
from marketplace.flows.reactions import Event, react
from marketplace.kit.states import MoveNotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR

LATER = MONDAY + timedelta(hours=1)


def waiting_edit(session: Session, shop: sale.ShopOfTests) -> tuple[Listing, ChangeSet]:
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, at=LATER, title="A newer cup")
    return row, sale.waiting(session, row.id)


def tab(session: Session, name: str) -> int:
    return counts(session, MODERATOR)[name].count


def test_an_edit_of_an_archived_listing_waits_for_nobody(session: Session) -> None:
    shop = sale.shop(session)
    row, change = waiting_edit(session, shop)
    moderation.archive(session, shop.member, row.id, at=LATER)
    assert (change.status, row.status) == (ChangeStatus.WITHDRAWN, ListingStatus.ARCHIVED)
    assert tab(session, "edits") == 0


def test_nothing_is_approved_into_the_archive(session: Session) -> None:
    """Even where the edit was not withdrawn: by an older row, or in the same second."""
    shop = sale.shop(session)
    row, change = waiting_edit(session, shop)
    listings.archive(session, shop.member, row.id, at=LATER)
    title = row.title
    with pytest.raises(MoveNotAllowed):
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    assert (row.title, change.status) == (title, ChangeStatus.OPEN)


@pytest.mark.parametrize("end", [SellerStatus.CLOSED, SellerStatus.TERMINATED])
def test_nothing_of_a_shop_that_ended_waits_or_goes_on_sale(
    session: Session, end: SellerStatus
) -> None:
    shop, other = sale.shop(session), sale.shop(session)
    row, edit = waiting_edit(session, shop)
    new = sale.pending(session, shop, title="A new bowl")
    kept = sale.pending(session, other, title="Another's bowl")
    session.get_one(Seller, shop.seller_id).status = end
    session.flush()
    with pytest.raises(ShopHasEnded):
        moderation.approve(session, MODERATOR, new.id, version=new.version, at=LATER)

    event = Event("seller", shop.seller_id, SellerStatus.CLOSING, end)
    for _ in range(2):  # a reaction may be performed again
        react(session, event, at=LATER)
    assert [one.status for one in (edit, new, kept)] == [
        ChangeStatus.WITHDRAWN, ChangeStatus.WITHDRAWN, ChangeStatus.OPEN,
    ]  # fmt: skip
    assert session.get_one(Listing, new.listing_id).status is ListingStatus.DRAFT
    assert row.status is ListingStatus.LIVE


@pytest.mark.parametrize("paused", [False, True])
def test_what_was_taken_down_by_mistake_is_what_it_was(session: Session, paused: bool) -> None:
    """getdokan/dokan#1439: coming back never publishes what its seller had paused."""
    shop = sale.shop(session)
    row = sale.live(session, shop)
    if paused:
        listings.pause(session, shop.member, row.id, at=MONDAY)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    moderation.restore(session, MODERATOR, row.id, note="Wrong one", at=LATER)
    assert row.status is (ListingStatus.OFF_SHELF if paused else ListingStatus.LIVE)


def test_an_earlier_violation_keeps_its_points(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=MONDAY)
    sale.hand_in(session, shop, row, at=LATER, title="A safe cup")
    change = sale.waiting(session, row.id)
    moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    second = LATER + timedelta(hours=1)
    moderation.take_down(session, MODERATOR, row.id, code="misleading", note="", at=second)
    newest = session.exec(select(Violation).order_by(col(Violation.at).desc())).first()
    assert newest is not None
    moderation.cancel_violation(session, MODERATOR, newest.id, note="Wrong", at=second)
    moderation.restore(session, MODERATOR, row.id, note="Wrong", at=second)
    standing = session.exec(
        select(Violation.code).where(col(Violation.cancelled_at).is_(None))
    ).all()
    assert standing == ["unsafe"]


def test_what_is_taken_down_need_not_be_looked_at(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    session.exec(select(ChangeSet)).one().needs_look = True
    session.flush()
    assert tab(session, "looks") == 1
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    assert tab(session, "looks") == 0
