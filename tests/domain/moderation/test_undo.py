"""Taking a decision back: everything as before, by its maker, at once, unless something followed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.accounts.models import Role, RolePermission
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import (
    Listing,
    ListingStatus,
    ListingVersion,
    PriceChange,
    Variant,
)
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory.models import BackInStock
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.domain.moderation.rules.machines import SomethingFollowed, TooLate
from marketplace.domain.moves.queries import history
from marketplace.domain.notifications.models import Mail, Notification
from marketplace.domain.notifications.service import AlreadyTold
from marketplace.domain.outbox import service as outbox
from marketplace.domain.sellers.models import SellerMembership
from marketplace.flows import index_listing
from marketplace.flows.take_back import BuyersWereTold, take_back
from marketplace.kit.errors import DomainError, NotAllowed, Stale
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import staff
from tests.make.sale import MODERATOR, OTHER_MODERATOR, ShopOfTests

S = ListingStatus
DECIDED = MONDAY + timedelta(hours=1)
SOON = DECIDED + timedelta(seconds=9)
Decide = Callable[[Session, ChangeSet], None]


def approve(session: Session, change: ChangeSet) -> None:
    moderation.approve(session, MODERATOR, change.id, version=change.version, at=DECIDED)


def reject(session: Session, change: ChangeSet) -> None:
    moderation.reject(
        session, MODERATOR, change.id, version=change.version, reason="unsafe", note="No.",
        comments={"title": "This"}, at=DECIDED,
    )  # fmt: skip


def send_back(session: Session, change: ChangeSet) -> None:
    moderation.request_changes(
        session, MODERATOR, change.id, version=change.version, note="Please mend.", at=DECIDED
    )


def readers(session: Session) -> ShopOfTests:
    """A shop with somebody who hears of decisions."""
    shop = sale.shop(session)
    _join(session, shop)
    return shop


def _join(session: Session, shop: sale.ShopOfTests) -> None:
    """Make the member a real one, with a role that edits listings."""

    role = Role(
        id=new_id("rol"), code=new_id("rol"), audience=Audience.SELLER, name="Owner"
    )  # fmt: skip
    session.add(role)
    session.flush()
    session.add(RolePermission(role_id=role.id, permission=Permission.SHOP_LISTINGS_EDIT.value))
    session.add(
        SellerMembership(
            seller_id=shop.seller_id, person_id=shop.member.id, role_id=role.id, joined_at=MONDAY
        )
    )
    session.flush()


def new(session: Session, shop: ShopOfTests) -> ChangeSet:
    return sale.pending(session, shop)


def edit(session: Session, shop: ShopOfTests) -> ChangeSet:
    row = sale.live(session, shop)
    variants = [v.model_copy(update={"price": 4900}) for v in sale.edited(row).variants]
    later = MONDAY + timedelta(minutes=1)
    sale.hand_in(session, shop, row, title="Green cup", variants=variants, at=later)
    return sale.waiting(session, row.id)


def mended(session: Session, shop: ShopOfTests) -> ChangeSet:
    """Taken down, changed, and handed in again."""
    row = sale.live(session, shop)
    at = MONDAY + timedelta(minutes=1)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="Sharp.", at=at)
    sale.hand_in(session, shop, row, title="Round cup", at=at + timedelta(minutes=1))
    return sale.waiting(session, row.id)


def undo(
    session: Session,
    change: ChangeSet,
    by: Staff = MODERATOR,
    *,
    seconds: int = 9,
    version: int = 0,
) -> None:
    take_back(
        session, by, change.id, version=version or change.version,
        at=DECIDED + timedelta(seconds=seconds),
    )  # fmt: skip


def seen(session: Session, change: ChangeSet) -> dict[str, Any]:
    """Everything a decision touches, but counters and the history."""
    session.flush()
    row = session.get_one(Listing, change.listing_id)
    columns = set(Listing.__table__.columns.keys()) - {"updated_at", "version"}  # type: ignore[attr-defined]
    of_change = set(ChangeSet.__table__.columns.keys()) - {"version"}  # type: ignore[attr-defined]
    prices = select(PriceChange.price).join(Variant).where(Variant.listing_id == row.id)
    return {
        "listing": {name: getattr(row, name) for name in sorted(columns)},
        "change": {name: getattr(change, name) for name in sorted(of_change)},
        "versions": session.exec(select(ListingVersion.id).order_by(ListingVersion.number)).all(),
        "prices": sorted(session.exec(prices).all()),
        "skus": [(v.price, v.is_active) for v in session.exec(select(Variant))],
        "bell": session.exec(select(func.count()).select_from(Notification)).one(),
        "mail": session.exec(select(func.count()).select_from(Mail)).one(),
    }


@pytest.mark.parametrize("waiting", [new, edit, mended])
@pytest.mark.parametrize("decide", [approve, reject, send_back])
def test_everything_is_as_it_was(
    session: Session, waiting: Callable[[Session, ShopOfTests], ChangeSet], decide: Decide
) -> None:
    change = waiting(session, readers(session))
    before = seen(session, change)
    decide(session, change)
    assert seen(session, change) != before
    undo(session, change)
    assert seen(session, change) == before

    decide(session, change)  # and it can be decided again
    assert change.status is not ChangeStatus.OPEN


def test_history_and_audit_log_keep_both(session: Session) -> None:
    change = new(session, readers(session))
    reject(session, change)
    undo(session, change)

    states = [row.to_state for row in history(session, "listing", change.listing_id)]
    assert states[:2] == ["pending", "rejected"]
    [told] = session.exec(select(AuditEntry).where(AuditEntry.action == "moderation.undone"))
    assert told.actor_id == MODERATOR.id


def test_what_was_looked_at_waits_for_a_look_again(session: Session) -> None:
    change = new(session, readers(session))
    approve(session, change)
    change.needs_look, change.decided_by = True, ""
    moderation.look_done(session, MODERATOR, change.id, at=DECIDED)
    undo(session, change)
    assert (change.looked_at, change.status) == (None, ChangeStatus.APPROVED)
    assert session.get_one(Listing, change.listing_id).status is S.LIVE


def refused(
    session: Session, change: ChangeSet, why: type[DomainError], *args: Any, **words: Any
) -> None:
    before = seen(session, change)
    with pytest.raises(why), session.begin_nested():
        undo(session, change, *args, **words)
    assert seen(session, change) == before


@pytest.mark.parametrize("decide", [approve, reject, send_back])
def test_only_its_maker_with_the_right_may_and_not_for_long(
    session: Session, decide: Decide
) -> None:
    change = new(session, readers(session))
    decide(session, change)
    refused(session, change, TooLate, OTHER_MODERATOR)
    refused(session, change, TooLate, seconds=16)
    refused(session, change, NotAllowed, staff())
    refused(session, change, Stale, version=change.version - 1)


def test_what_still_waits_is_no_decision(session: Session) -> None:
    refused(session, new(session, readers(session)), TooLate)


def test_no_decision_is_taken_back_twice(session: Session) -> None:
    change = new(session, readers(session))
    approve(session, change)
    undo(session, change)
    refused(session, change, TooLate)


def test_not_once_the_seller_has_done_something(session: Session) -> None:
    shop = readers(session)
    change = new(session, shop)
    approve(session, change)
    listings.pause(session, shop.member, change.listing_id, at=SOON)
    refused(session, change, SomethingFollowed)


def test_not_once_something_else_was_handed_in(session: Session) -> None:
    shop = readers(session)
    change = new(session, shop)
    send_back(session, change)
    row = session.get_one(Listing, change.listing_id)
    sale.hand_in(session, shop, row, title="Another cup", at=SOON)
    refused(session, change, SomethingFollowed)


def test_letters_wait_until_it_is_too_late(session: Session) -> None:
    change = new(session, readers(session))
    reject(session, change)
    letter = session.exec(select(Mail)).one()

    def sent_by(seconds: int) -> bool:
        at = DECIDED + timedelta(seconds=seconds)
        return any(
            one.payload.get("mail_id") == letter.id
            for one in outbox.claim(session, "w", at=at, limit=100)
        )

    assert not sent_by(14)
    assert sent_by(15)
    refused(session, change, AlreadyTold)


def test_not_once_the_seller_has_read_of_it(session: Session) -> None:
    change = new(session, readers(session))
    approve(session, change)
    session.exec(select(Notification)).one().read_at = SOON
    refused(session, change, AlreadyTold)


def test_not_once_buyers_were_written_to(session: Session) -> None:
    shop = readers(session)
    change = mended(session, shop)
    variant = session.exec(select(Variant)).one()
    session.add(
        BackInStock(
            id="bis_1", variant_id=variant.id, seller_id=shop.member.seller_id, email="a@b.c",
            email_key="a@b.c", locale="en", asked_at=MONDAY, told_at=DECIDED,
        )
    )  # fmt: skip
    approve(session, change)
    refused(session, change, BuyersWereTold)


def test_searches_forget_what_is_not_on_sale_any_more(session: Session) -> None:
    change = new(session, readers(session))
    approve(session, change)
    asked = outbox.claim(session, "w", at=SOON, limit=100)
    undo(session, change)
    again = outbox.claim(session, "w", at=SOON, limit=100)
    assert {one.topic for one in asked} >= {"listing.changed"}
    assert [one.payload for one in again if one.topic == "listing.changed"] == [
        {"listing_id": change.listing_id}
    ]
    index_listing.refresh(session, [change.listing_id], at=SOON)
