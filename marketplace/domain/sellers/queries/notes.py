"""Notes of staff on a seller, for staff only."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.sellers.models import Seller, SellerNote
from marketplace.domain.sellers.queries.members import works_for
from marketplace.domain.sellers.rules.notes import AT_ONCE
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Moments are ISO 8601 in UTC; `edited_at` is empty if the note is as it was written."""

    id: str
    text: str
    author: str
    is_mine: bool
    is_pinned: bool
    written_at: str
    edited_at: str
    version: int


@dataclass(frozen=True, slots=True)
class NotesPage:
    """One page of notes: the pinned ones first, then the newest."""

    seller_id: str = ""
    name: str = ""
    name_zh: str = ""
    status: str = ""
    rows: tuple[NoteRow, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    can_write: bool = False
    is_own_shop: bool = False
    """The reader works for the shop, so they are shown none and write none."""


def notes(session: Session, staff: Staff, seller_id: str, *, page: int = 1) -> NotesPage:
    """A page past the last is the last. Raises `NotFound`."""
    staff.require(Permission.SELLERS_READ)
    seller = session.get(Seller, seller_id)
    if seller is None:
        raise NotFound
    shop = (seller.id, seller.name, seller.name_zh or seller.name, seller.status.value)
    if works_for(session, staff.id, seller_id):
        return NotesPage(*shop, is_own_shop=True)
    total = count_notes(session, staff, seller_id)
    pages = max(1, -(-total // AT_ONCE))
    page = min(max(page, 1), pages)
    return NotesPage(
        *shop,
        rows=_rows(session, staff, seller_id, page),
        total=total,
        page=page,
        pages=pages,
        can_write=staff.can(Permission.SELLERS_MANAGE),
    )


def count_notes(session: Session, staff: Staff, seller_id: str) -> int:
    """None for staff who work for the shop."""
    staff.require(Permission.SELLERS_READ)
    if works_for(session, staff.id, seller_id):
        return 0
    wanted = select(func.count()).select_from(SellerNote).where(SellerNote.seller_id == seller_id)
    return session.exec(wanted).one()


def _rows(session: Session, staff: Staff, seller_id: str, page: int) -> tuple[NoteRow, ...]:
    found = session.exec(
        select(SellerNote, PersonAccount.name)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerNote.written_by))
        .where(SellerNote.seller_id == seller_id)
        .order_by(
            col(SellerNote.is_pinned).desc(),
            col(SellerNote.written_at).desc(),
            col(SellerNote.id).desc(),
        )
        .offset((page - 1) * AT_ONCE)
        .limit(AT_ONCE)
    )
    return tuple(
        NoteRow(
            row.id,
            row.text,
            author,
            row.written_by == staff.id,
            row.is_pinned,
            iso(row.written_at),
            iso(row.edited_at),
            row.version,
        )
        for row, author in found
    )
