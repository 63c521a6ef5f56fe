"""Notes of staff on a seller. They never reach the seller: neither the text nor that there is one,
so their entries in the audit log are not filed under the shop, whose members read its activity."""

from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import Seller, SellerNote
from marketplace.domain.sellers.rules import notes as rules
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.kit.errors import NotFound, Stale
from marketplace.kit.ids import new_id

KIND = "seller_note"


def write_note(
    session: Session,
    staff: Staff,
    seller_id: str,
    *,
    text: str,
    is_pinned: bool = False,
    at: datetime,
) -> str:
    """Returns the note's id. Raises `Invalid`, `NotFound`, `OwnShop`."""
    staff.require(Permission.SELLERS_MANAGE)
    if session.get(Seller, seller_id) is None:
        raise NotFound
    require_other_shop(session, staff, seller_id)
    row = SellerNote(
        id=new_id("sno"),
        seller_id=seller_id,
        text=rules.cleaned(text),
        is_pinned=is_pinned,
        written_by=staff.id,
        written_at=at,
    )
    session.add(row)
    session.flush()
    _audit(session, staff, "sellers.note_written", row, at=at, after=_said(row))
    return row.id


def rewrite_note(
    session: Session, staff: Staff, note_id: str, *, new_text: str, version: int, at: datetime
) -> None:
    """One's own only. Raises `Invalid`, `NotFound`, `NotYourNote`, `OwnShop`, `Stale`."""
    staff.require(Permission.SELLERS_MANAGE)
    row = _locked(session, staff, note_id)
    rules.require_own(row, staff.id)
    if row.version != version:
        raise Stale
    before, new_text = _said(row), rules.cleaned(new_text, field="new_text")
    if new_text == row.text:
        return
    row.text, row.edited_at = new_text, at
    row.version += 1
    session.add(row)
    session.flush()
    _audit(session, staff, "sellers.note_edited", row, at=at, before=before, after=_said(row))


def pin_note(
    session: Session, staff: Staff, note_id: str, *, is_pinned: bool, at: datetime
) -> None:
    """Anybody's: what stands on top concerns all. Raises `NotFound`, `OwnShop`."""
    staff.require(Permission.SELLERS_MANAGE)
    row = _locked(session, staff, note_id)
    if row.is_pinned is is_pinned:
        return
    before = _said(row)
    row.is_pinned = is_pinned
    session.add(row)
    session.flush()
    _audit(session, staff, "sellers.note_pinned", row, at=at, before=before, after=_said(row))


def delete_note(session: Session, staff: Staff, note_id: str, *, at: datetime) -> None:
    """One's own only; the audit log keeps the text. Raises `NotFound`, `NotYourNote`, `OwnShop`."""
    staff.require(Permission.SELLERS_MANAGE)
    row = _locked(session, staff, note_id)
    rules.require_own(row, staff.id)
    session.delete(row)
    session.flush()
    _audit(session, staff, "sellers.note_deleted", row, at=at, before=_said(row))


def _locked(session: Session, staff: Staff, note_id: str) -> SellerNote:
    row = session.exec(select(SellerNote).where(SellerNote.id == note_id).with_for_update()).first()
    if row is None:
        raise NotFound
    require_other_shop(session, staff, row.seller_id)
    return row


def _said(row: SellerNote) -> dict[str, object]:
    return {"text": row.text, "pinned": row.is_pinned}


def _audit(
    session: Session,
    staff: Staff,
    action: str,
    row: SellerNote,
    *,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """The object is the shop, so that staff find all of its notes' entries together."""
    after = {"note": row.id, **(after or {})}
    audit.record(session, staff, action, KIND, row.seller_id, at=at, before=before, after=after)
