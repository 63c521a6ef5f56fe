"""Something new for shops that are open: it gets a deadline, nothing is switched off at once."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from marketplace.domain.sellers.models import (
    Requirement,
    Seller,
    SellerDeadline,
)
from marketplace.domain.sellers.queries.documents import application_of
from marketplace.domain.sellers.queries.requirements import newest, today_of
from marketplace.domain.sellers.rules import applications as applications_rules
from marketplace.domain.sellers.rules import requirements as rules
from marketplace.domain.sellers.rules import standing
from marketplace.domain.sellers.rules.requirements import RequirementState
from marketplace.domain.sellers.service.telling import Both, day, tell_shop
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent

DOCUMENTS = "/seller/store/documents"


def begin_deadlines(session: Session, row: Requirement, *, at: datetime) -> int:
    """Deadlines for the live shops a fixed requirement newly concerns; returns how many."""
    if not row.is_active or not row.is_required or row.condition is not None:
        return 0
    if row.kind not in rules.FILED:
        return 0
    sellers = session.exec(
        select(Seller).where(col(Seller.status).in_(standing.LIVE), Seller.application_id != "")
    )
    return sum(begin_deadline(session, seller.id, row, at=at) for seller in sellers.all())


def begin_deadline(session: Session, seller_id: str, row: Requirement, *, at: datetime) -> bool:
    """One deadline, once for as long as it is asked, and a letter about it; nothing for who meets
    it already. What a document's end costs is no deadline."""
    application = application_of(session, seller_id)
    if application is None or not rules.concerns(
        row, application.business_type, applications_rules.lineage(application)
    ):
        return False
    given = newest(session, seller_id=seller_id).get(row.id)
    if rules.state_of(given, today_of(at)) in (RequirementState.COMPLETE, RequirementState.EXPIRED):
        return False
    due_at = at + timedelta(days=row.days_to_comply)
    is_new = insert_if_absent(
        session,
        SellerDeadline,
        id=new_id("dea"),
        seller_id=seller_id,
        requirement_id=row.id,
        began_at=at,
        due_at=due_at,
        met_at=None,
    )
    is_new = is_new or _reopened(session, seller_id, row, due_at, at=at)
    if is_new:
        tell_shop(
            session,
            seller_id,
            N_("Something new is needed for your shop: {item}."),
            at=at,
            link=DOCUMENTS,
            letter="requirement_new",
            days={"until": day(due_at)},
            item=Both(row.name, row.name_zh),
        )
    return is_new


def _reopened(
    session: Session, seller_id: str, row: Requirement, due_at: datetime, *, at: datetime
) -> bool:
    """It was asked before, then no longer, and nothing was handed in: it begins anew."""
    ended = session.exec(
        select(SellerDeadline)
        .where(
            SellerDeadline.seller_id == seller_id,
            SellerDeadline.requirement_id == row.id,
            col(SellerDeadline.met_at).is_not(None),
        )
        .with_for_update()
    ).first()
    if ended is None:
        return False
    ended.began_at, ended.due_at, ended.met_at = at, due_at, None
    session.add(ended)
    session.flush()
    return True
