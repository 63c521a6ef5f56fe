"""Everything staff see of one listing: what it says, its versions, its stock, what was decided."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission
from marketplace.domain.catalog.models import Listing
from marketplace.domain.inventory import service as inventory
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import PolicyCode
from marketplace.flows.content_view import CellLine
from marketplace.flows.listing_file import ListingFile, listing_file, what_changed
from marketplace.kit.errors import NotAllowed, NotFound
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB, staff
from tests.make.sale import MODERATOR, ShopOfTests

LATER = MONDAY + timedelta(hours=1)
READER = staff(Permission.CATALOG_READ, id_="per_reader")


def opened(session: Session, row: Listing, *, by: object = MODERATOR) -> ListingFile:
    return listing_file(session, by, row.id, at=LATER)  # type: ignore[arg-type]


def edited_once(session: Session, shop: ShopOfTests) -> Listing:
    """On sale, and again with another title and price after a second review."""
    row = sale.live(session, shop)
    variants = sale.edited(row).variants
    dearer = [variants[0].model_copy(update={"price": 6900})]
    sale.hand_in(session, shop, row, title="Green porcelain cup", variants=dearer)
    change = sale.waiting(session, row.id)
    moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    session.refresh(row)
    return row


def test_it_says_what_buyers_read_with_stock_and_versions(session: Session) -> None:
    shop = sale.shop(session)
    row = edited_once(session, shop)
    variant = sale.edited(row).variants[0].id
    inventory.set_stock(session, shop.member, variant, 7, at=MONDAY)

    found = opened(session, row)

    assert (found.status, found.title, found.is_content_live) == (
        "live",
        "Green porcelain cup",
        True,
    )
    assert [(line.price, line.on_hand, line.available) for line in found.variants] == [(6900, 7, 7)]
    assert [(line.number, line.how, line.is_live) for line in found.versions] == [
        (2, "review", True),
        (1, "review", False),
    ]
    assert [(line.status, line.decided_by) for line in found.reviews] == [
        ("approved", ""),
        ("approved", ""),
    ]
    assert (found.can_take_down, found.can_restore, found.open_review) == (True, False, "")


def test_a_version_is_compared_with_the_one_before_it(session: Session) -> None:
    row = edited_once(session, sale.shop(session))
    second, first = opened(session, row).versions

    change = what_changed(session, READER, row.id, second.id)

    assert change.kind == "edit"
    assert [text.field for text in change.texts] == ["title"]
    assert [(cell.label, cell.before, cell.after) for cell in change.cells] == [
        ("Price", "59.00", "69.00")
    ]
    assert isinstance(change.cells[0], CellLine)
    assert what_changed(session, READER, row.id, first.id).kind == "new"


def test_a_version_of_another_listing_is_not_there(session: Session) -> None:
    shop = sale.shop(session)
    row, other = sale.live(session, shop), sale.live(session, shop)
    with pytest.raises(NotFound):
        what_changed(session, READER, row.id, other.live_version_id)
    with pytest.raises(NotFound):
        listing_file(session, READER, "lst_none", at=MONDAY)


def test_a_draft_is_shown_as_what_it_is(session: Session) -> None:
    row = sale.draft(session, sale.shop(session))
    found = opened(session, row)
    assert (found.is_content_live, found.versions, found.can_take_down) == (False, [], False)
    assert "title" in [text.field for text in found.content.texts]


def test_what_waits_is_led_to(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    assert opened(session, session.get_one(Listing, change.listing_id)).open_review == change.id


def test_what_was_decided_and_reported_is_told(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.report(session, JOB, row.id, "counterfeit", "a fake", at=MONDAY)
    moderation.take_down(
        session, MODERATOR, row.id, code="counterfeit", note="It is a copy.", at=MONDAY
    )
    moderation.appeal(session, shop.member, row.id, "It is not.", at=LATER)

    found = opened(session, row)

    assert (found.can_take_down, found.can_restore) == (False, True)
    assert (found.reason, found.note) == ("counterfeit", "It is a copy.")
    assert [(one.code, one.is_counted) for one in found.violations] == [("counterfeit", True)]
    assert [(one.text, one.status) for one in found.appeals] == [("It is not.", "open")]
    assert [(one.note, one.is_closed) for one in found.reports] == [("a fake", True)]
    assert found.history[0].to_state == "taken_down"


def test_who_decides_nothing_sees_nothing_of_decisions_papers_or_reports(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.report(session, JOB, row.id, "counterfeit", "a fake", at=MONDAY)
    moderation.take_down(session, MODERATOR, row.id, code="counterfeit", note="", at=MONDAY)

    found = opened(session, row, by=READER)

    assert found.may_decide is False
    assert found.reviews == found.violations == found.appeals == found.reports == found.papers == []
    assert (found.can_take_down, found.can_restore, found.sees_seller) == (False, False, False)


def test_it_is_for_those_who_read_the_catalogue(session: Session) -> None:
    row = sale.live(session, sale.shop(session))
    nobody = staff(Permission.MODERATION_DECIDE)
    with pytest.raises(NotAllowed):
        listing_file(session, nobody, row.id, at=MONDAY)
    with pytest.raises(NotAllowed):
        what_changed(session, nobody, row.id, row.live_version_id)


def test_rules_have_names_in_both_languages_retired_ones_too(session: Session) -> None:
    row = sale.live(session, sale.shop(session))
    session.get_one(PolicyCode, "counterfeit").is_active = False
    found = listing_file(session, staff(Permission.CATALOG_READ), row.id, at=MONDAY)
    assert (found.rules["counterfeit"], found.rules_zh["counterfeit"]) == (
        "Counterfeit goods",
        "假冒商品",
    )
