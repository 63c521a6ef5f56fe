"""The letter that leads an applicant back to where they stopped (ux.md SE-01)."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from marketplace.domain.sellers.models import ApplicationStatus, SellerApplication
from marketplace.domain.sellers.queries.applications.mine import KIND
from marketplace.domain.sellers.rules import applications as rules
from marketplace.domain.sellers.service.applications.sending import PAGE
from marketplace.domain.sellers.service.telling import tell_person
from marketplace.kit.languages import N_

STATES = {
    ApplicationStatus.DRAFT: N_("It has not been sent to us yet."),
    ApplicationStatus.CHANGES_REQUESTED: N_("Some items still have to be put right."),
}


def forgotten(session: Session, *, at: datetime) -> list[str]:
    """Ids of applications that lie with their applicant, untouched for `rules.REMIND_AFTER`, and
    nobody was written to about since."""
    row = SellerApplication
    return list(
        session.exec(
            select(row.id)
            .where(
                col(row.status).in_(STATES),
                col(row.updated_at) <= at - rules.REMIND_AFTER,
                or_(col(row.reminded_at).is_(None), col(row.reminded_at) < col(row.updated_at)),
            )
            .order_by(col(row.id))
        )
    )


def remind(session: Session, application_id: str, *, at: datetime) -> dict[str, int]:
    """One letter, once for each time it was left. Safe to repeat."""
    row = session.exec(
        select(SellerApplication).where(SellerApplication.id == application_id).with_for_update()
    ).first()
    if row is None or row.status not in STATES or not rules.is_forgotten(row, at):
        return {"reminded": 0}
    row.reminded_at = at
    session.add(row)
    tell_person(
        session,
        row.person_id,
        KIND,
        N_("Your application to sell waits for you."),
        at=at,
        link=PAGE,
        letter="application_waiting",
        labels={"state": STATES[row.status]},
        step=row.step,
    )
    session.flush()
    return {"reminded": 1}
