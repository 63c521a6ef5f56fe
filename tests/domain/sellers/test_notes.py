"""What staff write about a seller among themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.sellers.models import SellerNote
from marketplace.domain.sellers.queries.notes import notes
from marketplace.domain.sellers.rules.notes import LONGEST, NotYourNote
from marketplace.domain.sellers.rules.standing import OwnShop
from marketplace.domain.sellers.service import notes as service
from marketplace.flows.overview import shop_overview
from marketplace.flows.seed.shops import Office
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from tests.conftest import MONDAY
from tests.make import shops as made

pytestmark = pytest.mark.usefixtures("clock_at")


@pytest.fixture
def office(session: Session) -> Office:
    return made.market(session)


@pytest.fixture
def owner(session: Session, office: Office) -> SellerMember:
    return made.opened(session, office)


def texts(session: Session, office: Office, seller_id: str, page: int = 1) -> list[str]:
    return [row.text for row in notes(session, office.first, seller_id, page=page).rows]


def entries(session: Session) -> list[AuditEntry]:
    found = select(AuditEntry).where(col(AuditEntry.action).startswith("sellers.note"))
    return list(session.exec(found.order_by(col(AuditEntry.seq))))


def test_the_newest_comes_first_and_pinned_ones_before_all(
    session: Session, office: Office, owner: SellerMember
) -> None:
    for hour, text in enumerate(("First", "Second", "Third")):
        at = MONDAY + timedelta(hours=hour)
        service.write_note(
            session, office.first, owner.seller_id, text=text, is_pinned=text == "First", at=at
        )

    page = notes(session, office.second, owner.seller_id)
    assert [(row.text, row.is_pinned, row.is_mine) for row in page.rows] == [
        ("First", True, False),
        ("Third", False, False),
        ("Second", False, False),
    ]
    assert (page.rows[0].author, page.total, page.pages) == ("per_ren", 3, 1)


def test_twenty_stand_on_a_page_and_a_page_past_the_last_is_the_last(
    session: Session, office: Office, owner: SellerMember
) -> None:
    for n in range(21):
        at = MONDAY + timedelta(minutes=n)
        service.write_note(session, office.first, owner.seller_id, text=str(n), at=at)

    assert texts(session, office, owner.seller_id) == [str(n) for n in range(20, 0, -1)]
    assert texts(session, office, owner.seller_id, page=2) == ["0"]
    beyond = notes(session, office.first, owner.seller_id, page=99)
    assert (beyond.page, beyond.pages, beyond.total) == (2, 2, 21)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_a_note_says_something_and_not_too_much(
    session: Session, office: Office, owner: SellerMember, text: str
) -> None:
    with pytest.raises(Invalid):
        service.write_note(session, office.first, owner.seller_id, text=text, at=MONDAY)
    assert session.exec(select(SellerNote)).all() == []
    assert entries(session) == []


def test_one_changes_and_deletes_only_ones_own(
    session: Session, office: Office, owner: SellerMember
) -> None:
    id_ = service.write_note(session, office.first, owner.seller_id, text="Mine", at=MONDAY)

    with pytest.raises(NotYourNote):
        service.rewrite_note(session, office.second, id_, new_text="Yours", version=1, at=MONDAY)
    with pytest.raises(NotYourNote):
        service.delete_note(session, office.second, id_, at=MONDAY)
    assert texts(session, office, owner.seller_id) == ["Mine"]

    service.pin_note(session, office.second, id_, is_pinned=True, at=MONDAY)
    assert notes(session, office.first, owner.seller_id).rows[0].is_pinned is True


def test_a_note_that_changed_meanwhile_is_not_overwritten(
    session: Session, office: Office, owner: SellerMember
) -> None:
    id_ = service.write_note(session, office.first, owner.seller_id, text="One", at=MONDAY)
    service.rewrite_note(session, office.first, id_, new_text="Two", version=1, at=MONDAY)

    with pytest.raises(Stale):
        service.rewrite_note(session, office.first, id_, new_text="Three", version=1, at=MONDAY)
    [row] = notes(session, office.first, owner.seller_id).rows
    assert (row.text, row.edited_at) == ("Two", MONDAY.isoformat())


def test_the_audit_log_keeps_what_was_deleted(
    session: Session, office: Office, owner: SellerMember
) -> None:
    id_ = service.write_note(session, office.first, owner.seller_id, text="Gone", at=MONDAY)
    service.delete_note(session, office.first, id_, at=MONDAY)

    assert session.exec(select(SellerNote)).all() == []
    written, deleted = entries(session)
    assert (written.action, written.after["text"]) == ("sellers.note_written", "Gone")
    assert (deleted.action, deleted.before["text"]) == ("sellers.note_deleted", "Gone")
    assert (deleted.object_id, deleted.after) == (owner.seller_id, {"note": id_})


def test_the_shops_activity_does_not_know_of_it(
    session: Session, office: Office, owner: SellerMember
) -> None:
    full = replace(owner, permissions=owner.permissions | {Permission.SHOP_MEMBERS})
    before = shop_overview(session, full, at=MONDAY).activity
    id_ = service.write_note(session, office.first, owner.seller_id, text="Secret", at=MONDAY)
    service.rewrite_note(session, office.first, id_, new_text="More", version=1, at=MONDAY)
    service.pin_note(session, office.first, id_, is_pinned=True, at=MONDAY)
    service.delete_note(session, office.first, id_, at=MONDAY)

    assert len(entries(session)) == 4
    assert shop_overview(session, full, at=MONDAY).activity == before


def test_staff_of_the_shop_itself_neither_read_nor_write(
    session: Session, office: Office, owner: SellerMember
) -> None:
    id_ = service.write_note(session, office.first, owner.seller_id, text="Careful", at=MONDAY)
    both = replace(office.first, id=owner.id)

    page = notes(session, both, owner.seller_id)
    assert (page.rows, page.total, page.can_write, page.is_own_shop) == ((), 0, False, True)
    deeds: list[Any] = [
        lambda: service.write_note(session, both, owner.seller_id, text="I", at=MONDAY),
        lambda: service.rewrite_note(session, both, id_, new_text="I", version=1, at=MONDAY),
        lambda: service.pin_note(session, both, id_, is_pinned=True, at=MONDAY),
        lambda: service.delete_note(session, both, id_, at=MONDAY),
    ]
    for deed in deeds:
        with pytest.raises(OwnShop):
            deed()
    [row] = notes(session, office.first, owner.seller_id).rows
    assert (row.text, row.is_pinned) == ("Careful", False)


def test_reading_is_not_writing(session: Session, office: Office, owner: SellerMember) -> None:
    reader = replace(office.second, permissions=frozenset({Permission.SELLERS_READ}))
    id_ = service.write_note(session, office.first, owner.seller_id, text="Read me", at=MONDAY)

    assert notes(session, reader, owner.seller_id).can_write is False
    with pytest.raises(NotAllowed):
        service.write_note(session, reader, owner.seller_id, text="I", at=MONDAY)
    with pytest.raises(NotAllowed):
        service.pin_note(session, reader, id_, is_pinned=True, at=MONDAY)
    with pytest.raises(NotAllowed):
        notes(session, replace(reader, permissions=frozenset()), owner.seller_id)


def test_there_is_no_note_on_nobody(session: Session, office: Office) -> None:
    with pytest.raises(NotFound):
        service.write_note(session, office.first, "sel_none", text="Who?", at=MONDAY)
    with pytest.raises(NotFound):
        notes(session, office.first, "sel_none")
