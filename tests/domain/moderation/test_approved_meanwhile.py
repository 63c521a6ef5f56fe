"""What happened to a listing or its category while it waited is minded when it is approved."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Guest, System
from marketplace.domain.catalog.models import Category, Listing
from marketplace.domain.catalog.rules.taxonomy import CategoryForm
from marketplace.domain.catalog.service import listings, taxonomy
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import Report, Violation
from marketplace.domain.moderation.service.deciding import PlaceIsGone, ShopIsFull
from marketplace.kit.errors import Invalid, NotFound
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import person_row
from tests.make.sale import MODERATOR, OTHER_MODERATOR, ShopOfTests

LATER = MONDAY + timedelta(days=1)
JOB = System(id="x", name="x")


def test_what_waited_does_not_go_on_sale_in_a_retired_category(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    row = session.get_one(Listing, change.listing_id)
    old = session.get_one(Category, row.category_id)
    form = CategoryForm(name="Other", name_zh="其他")
    other = taxonomy.create_category(session, JOB, form, at=LATER)
    taxonomy.retire_category(session, JOB, old.id, into=other, version=old.version, at=LATER)
    session.refresh(change)
    with pytest.raises(PlaceIsGone):
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    session.refresh(row)
    assert (row.status, row.category_id, change.status) == ("pending", other, "open")


def test_what_was_mended_and_approved_carries_no_reason_any_more(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    refuse(session, shop, row)
    sale.hand_in(session, shop, row, title="Grey porcelain cup")
    second = sale.waiting(session, row.id)
    moderation.approve(session, MODERATOR, second.id, version=second.version, at=LATER)
    assert (row.status, row.reason, row.note) == ("live", "", "")


def test_what_is_mended_and_needs_nobody_carries_no_reason_any_more(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    refuse(session, shop, row)
    assert (row.status, row.reason) == ("live", "misleading")
    sale.hand_in(session, shop, row, title="Blue porcelain cup", handling_days=4)
    assert (row.status, row.reason, row.note) == ("live", "", "")


def test_a_reason_stays_while_something_else_is_changed_beside_it(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    refuse(session, shop, row)
    now = sale.edited(row, title="Blue porcelain cup", handling_days=4)
    moderation.propose(session, shop.member, row, now, at=LATER, replaces=False)
    assert (row.status, row.reason, row.note) == ("live", "misleading", "no")


def test_a_full_shop_gets_no_more_on_sale(session: Session) -> None:
    sale.level(session, most_listings=1)
    shop = sale.shop(session)
    first = sale.pending(session, shop)
    second = sale.pending(session, shop, title="Green porcelain cup")
    moderation.approve(session, MODERATOR, first.id, version=first.version, at=LATER)
    with pytest.raises(ShopIsFull):
        moderation.approve(session, MODERATOR, second.id, version=second.version, at=LATER)
    session.refresh(second)
    assert (second.status, second.decided_by) == ("open", "")
    assert session.get_one(Listing, second.listing_id).status == "pending"


def test_a_granted_appeal_sells_nothing_in_a_retired_category(session: Session) -> None:
    change = sale.pending(session, shop := sale.shop(session))
    moderation.reject(
        session, MODERATOR, change.id, version=change.version, reason="misleading", at=LATER
    )
    appeal = moderation.appeal(session, shop.member, change.listing_id, "It is not.", at=LATER)
    session.get_one(Category, change.content["category_id"]).is_active = False
    with pytest.raises(PlaceIsGone):
        moderation.decide_appeal(
            session, OTHER_MODERATOR, appeal, is_granted=True, answer="Right.", version=1, at=LATER
        )
    assert session.get_one(Listing, change.listing_id).status == "rejected"


def test_what_was_taken_down_is_not_put_back_into_a_retired_category(session: Session) -> None:
    row = sale.live(session, sale.shop(session))
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    category = session.get_one(Category, row.category_id)
    category.is_active = False
    with pytest.raises(PlaceIsGone), session.begin_nested():
        moderation.restore(session, MODERATOR, row.id, note="", at=LATER)
    session.refresh(row)
    assert (row.status, row.reason) == ("taken_down", "unsafe")
    violation = session.exec(select(Violation)).one()
    assert violation.cancelled_at is None

    category.is_active = True
    moderation.restore(session, MODERATOR, row.id, note="", at=LATER)
    assert row.status == "live"


def test_an_old_version_is_not_brought_back_into_a_retired_category(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    first = row.live_version_id
    sale.save(session, shop, row, title="Grey porcelain cup")
    session.get_one(Category, row.category_id).is_active = False
    version = row.version
    with pytest.raises(Invalid) as refused, session.begin_nested():
        listings.restore_version(session, shop.member, row.id, first, version=version, at=LATER)
    assert set(refused.value.fields) == {"category_id"}
    session.refresh(row)
    assert (row.draft["title"], row.version) == ("Grey porcelain cup", version)


@pytest.mark.parametrize("nobody", ["per_unknown", "a colleague without the right"])
def test_a_review_is_given_to_nobody_who_may_not_decide(session: Session, nobody: str) -> None:
    change = sale.pending(session, sale.shop(session))
    id_ = nobody if nobody.startswith("per_") else person_row(session).id
    with pytest.raises(NotFound):
        moderation.assign(session, MODERATOR, change.id, id_, at=LATER)
    session.refresh(change)
    assert change.assignee_id == ""


def test_a_guest_who_reports_is_known_by_no_hash_that_could_be_tried(session: Session) -> None:
    row = sale.live(session, sale.shop(session))
    guest = Guest(ip="203.0.113.9")
    assert moderation.report(session, guest, row.id, "misleading", "", at=LATER)
    assert not moderation.report(session, guest, row.id, "misleading", "", at=LATER)
    kept = session.exec(select(Report)).one().reporter
    assert len(kept) == 64
    assert kept != sha256(b"report:203.0.113.9").hexdigest()
    assert kept != sha256(b"203.0.113.9").hexdigest()


def refuse(session: Session, shop: ShopOfTests, row: Listing) -> None:
    """An edit of something on sale is sent back."""
    sale.hand_in(session, shop, row, title="Green porcelain cup")
    change = sale.waiting(session, row.id)
    moderation.reject(
        session,
        MODERATOR,
        change.id,
        version=change.version,
        reason="misleading",
        note="no",
        at=LATER,
    )
