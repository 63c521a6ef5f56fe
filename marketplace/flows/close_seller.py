"""A closing shop becomes a closed one when nobody has anything open with it."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.sellers.rules.standing import OpenEnd
from marketplace.domain.sellers.service import standing

Asked = Callable[[Session, str], list[OpenEnd]]

OPEN_ENDS: tuple[Asked, ...] = ()
"""Who is asked what still stands open with a seller: orders on the way, returns, disputes, a
balance below zero. Each capability that can hold a shop back adds a function of its own here."""


def open_ends(session: Session, staff: Staff, seller_id: str) -> list[OpenEnd]:
    """What must end first; empty when the shop may close."""
    staff.require(Permission.SELLERS_READ)
    return [end for asked in OPEN_ENDS for end in asked(session, seller_id) if end.count]


def finish(session: Session, staff: Staff, seller_id: str, *, at: datetime) -> None:
    """Raises `StillOpen`, `MoveNotAllowed`, `NotFound`."""
    ends = open_ends(session, staff, seller_id)
    standing.finish_closing(session, staff, seller_id, ends, at=at)
