"""Readers who say that a listing breaks a rule."""

import hmac
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.machine import BUYERS_SEE
from marketplace.domain.moderation.models import PolicyCode, Report
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent
from marketplace.kit.sealing import derive
from marketplace.settings import settings

LONGEST_NOTE = 1000


def report(
    session: Session, actor: Actor, listing_id: str, code: str, note: str, *, at: datetime
) -> bool:
    """False if this reader reported it before: one report per reader and listing.

    Raises `Invalid` for an unknown rule, `NotFound` for what buyers do not see.
    """
    listing = session.get(Listing, listing_id)
    if listing is None or listing.status not in BUYERS_SEE:
        raise NotFound
    rule = session.get(PolicyCode, code)
    if rule is None or not rule.is_active:
        raise Invalid({"code": N_("Choose a reason.")})
    return insert_if_absent(
        session,
        Report,
        id=new_id("rep"),
        listing_id=listing.id,
        reporter=_reader(actor),
        code=code,
        note=note.strip()[:LONGEST_NOTE],
        at=at,
        closed_by="",
    )


def close_reports(session: Session, staff: Staff, listing_id: str, *, at: datetime) -> int:
    """All open ones about a listing; returns how many."""
    staff.require(Permission.MODERATION_DECIDE)
    closed = close_all(session, staff, listing_id, at=at)
    if closed:
        _audit(session, staff, listing_id, closed, at=at)
    return closed


def close_all(session: Session, staff: Staff, listing_id: str, *, at: datetime) -> int:
    rows = session.exec(
        select(Report)
        .where(Report.listing_id == listing_id, col(Report.closed_at).is_(None))
        .with_for_update()
    ).all()
    for row in rows:
        row.closed_at, row.closed_by = at, staff.id
    session.flush()
    return len(rows)


def _reader(actor: Actor) -> str:
    """A guest is known by a keyed hash of the address: without the key, trying every address
    there is does not tell whose it was."""
    key = derive(settings().key(), "moderation.reports")
    return actor.id or hmac.new(key, actor.ip.encode(), "sha256").hexdigest()


def _audit(session: Session, staff: Staff, listing_id: str, count: int, *, at: datetime) -> None:
    audit.record(
        session,
        staff,
        "moderation.reports_closed",
        "listing",
        listing_id,
        at=at,
        after={"reports": count},
    )
