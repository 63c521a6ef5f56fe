"""A suspended seller appeals once; somebody else than who suspended decides."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.sellers.models import SellerStatus
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.service.own_shop import require_other_shop
from marketplace.domain.sellers.service.standing.suspending import end_suspension
from marketplace.domain.sellers.service.standing.switching import KIND, PAGE, locked
from marketplace.domain.sellers.service.telling import tell_reviewers, tell_shop
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.states import MoveNotAllowed

WRITE = N_("Say why the decision should change.")
ANSWER = N_("Please write an answer.")


def appeal(session: Session, member: SellerMember, text: str, *, at: datetime) -> None:
    """Raises `TooLate` after the time to appeal, `AlreadyAppealed`, `MoveNotAllowed`, `Invalid`."""
    member.require(Permission.SHOP_MANAGE)
    row = locked(session, member.seller_id)
    if row.status is not SellerStatus.SUSPENDED:
        raise MoveNotAllowed
    if row.appeal:
        raise rules.AlreadyAppealed
    if row.appeal_until is None or at > row.appeal_until:
        raise rules.TooLate
    if not text.strip():
        raise Invalid({"appeal": WRITE})
    row.appeal, row.appealed_at = text.strip(), at
    row.version += 1
    session.add(row)
    session.flush()
    tell_reviewers(
        session,
        Permission.SELLERS_MANAGE,
        N_("{shop} appeals against its suspension."),
        at=at,
        link=f"/admin/sellers/{row.id}",
        shop=row.name,
    )
    audit.record(session, member, "sellers.suspension_appealed", KIND, row.id, at=at)


def decide_appeal(
    session: Session,
    staff: Staff,
    seller_id: str,
    *,
    is_granted: bool,
    answer: str,
    at: datetime,
) -> None:
    """Granted, the shop opens again. Raises `NotYourOwn` for who suspended it."""
    staff.require(Permission.SELLERS_MANAGE)
    require_other_shop(session, staff, seller_id)
    row = locked(session, seller_id)
    is_waiting = bool(row.appeal) and row.appeal_decided_at is None
    if row.status is not SellerStatus.SUSPENDED or not is_waiting:
        raise rules.NothingToDecide
    if not rules.may_decide(row.suspended_by, staff.id):
        raise rules.NotYourOwn
    if not answer.strip():
        raise Invalid({"answer": ANSWER})
    row.appeal_answer, row.appeal_decided_at = answer.strip(), at
    row.version += 1
    session.add(row)
    if is_granted:
        end_suspension(session, staff, row, note=answer.strip(), at=at)
    session.flush()
    tell_shop(
        session,
        row.id,
        N_("The appeal of {shop} was granted: it is no longer suspended.")
        if is_granted
        else N_("The appeal of {shop} was turned down."),
        at=at,
        link=PAGE,
        letter="shop_reinstated" if is_granted else "shop_appeal_denied",
        shop=row.name,
        note=row.appeal_answer,
    )
    audit.record(
        session,
        staff,
        "sellers.suspension_appeal_decided",
        KIND,
        row.id,
        at=at,
        after={"granted": is_granted, "answer": row.appeal_answer},
        seller_id=row.id,
    )
