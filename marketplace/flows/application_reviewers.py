"""Who may decide on applications to sell: people to assign them to."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.accounts.models import PersonAccount, StaffRole
from marketplace.domain.accounts.queries import identity


@dataclass(frozen=True, slots=True)
class Reviewer:
    id: str
    name: str


def application_reviewers(session: Session, staff: Staff) -> list[Reviewer]:
    """By name; nobody whose account is disabled."""
    staff.require(Permission.SELLERS_REVIEW)
    people = session.exec(
        select(PersonAccount)
        .where(
            col(PersonAccount.id).in_(select(StaffRole.person_id)),
            col(PersonAccount.disabled_at).is_(None),
        )
        .order_by(col(PersonAccount.name), col(PersonAccount.id))
    )
    return [
        Reviewer(one.id, one.name)
        for one in people
        if Permission.SELLERS_REVIEW in identity.staff_rights(session, one.id)[1]
    ]
