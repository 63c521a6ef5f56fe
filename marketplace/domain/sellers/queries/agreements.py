"""The versions of the seller agreement, and who accepted which."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.sellers.models import Agreement, ApplicationStatus, SellerApplication
from marketplace.kit.clock import iso


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """`accepted`: applications handed in under it; `drafts`: those that would have to accept a
    newer one. `published_at` is ISO, UTC."""

    version: int
    text: str
    text_zh: str
    published_at: str
    accepted: int
    drafts: int


def agreements(session: Session, staff: Staff) -> list[AgreementVersion]:
    """Every version, newest first."""
    staff.require(Permission.SELLERS_READ)
    accepted = _counts(session, is_draft=False)
    drafts = _counts(session, is_draft=True)
    return [
        AgreementVersion(
            row.version,
            row.text,
            row.text_zh,
            iso(row.published_at),
            accepted.get(row.version, 0),
            drafts.get(row.version, 0),
        )
        for row in session.exec(select(Agreement).order_by(col(Agreement.version).desc()))
    ]


def _counts(session: Session, *, is_draft: bool) -> dict[int, int]:
    draft = col(SellerApplication.status) == ApplicationStatus.DRAFT
    return dict(
        session.exec(
            select(SellerApplication.agreement, func.count())
            .where(draft if is_draft else ~draft)
            .group_by(col(SellerApplication.agreement))
        ).all()
    )
