"""The saved views a list page offers: one's own first, then those colleagues share."""

from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount, SavedView
from marketplace.domain.accounts.rules import place_of

MOST = 50


@dataclass(frozen=True, slots=True)
class ViewRow:
    id: str
    name: str
    query: str
    columns: list[str]
    """Keys of hidden columns."""
    is_shared: bool
    is_default: bool
    is_own: bool
    owner: str


def list_views(
    session: Session, actor: Staff | SellerMember, page: str, *, needs: Permission
) -> list[ViewRow]:
    """Own and shared views of a page that `needs` a permission, own first; at most 50."""
    actor.require(needs)
    rows = session.exec(
        select(SavedView, PersonAccount)
        .join(PersonAccount, col(PersonAccount.id) == col(SavedView.person_id))
        .where(
            SavedView.page == place_of(actor, page),
            or_(col(SavedView.person_id) == actor.id, col(SavedView.is_shared)),
        )
        .order_by((col(SavedView.person_id) == actor.id).desc(), col(SavedView.created_at))
        .limit(MOST)
    )
    return [
        ViewRow(
            view.id,
            view.name,
            view.query,
            [str(key) for key in view.columns],
            view.is_shared,
            view.is_default and view.person_id == actor.id,
            view.person_id == actor.id,
            owner.name,
        )
        for view, owner in rows
    ]
