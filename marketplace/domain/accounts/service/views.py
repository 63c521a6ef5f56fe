"""Saved views: a list as somebody likes it, under a name, for themselves or for colleagues."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.accounts.models import SavedView
from marketplace.domain.accounts.rules import place_of
from marketplace.kit.errors import DomainError, Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_

MOST = 30
"""Views of one person on one page; a tab bar is no archive."""


class TooManyViews(DomainError):
    message = N_("You have many views here already. Delete one first.")


def save_view(
    session: Session,
    actor: Staff | SellerMember,
    page: str,
    *,
    needs: Permission,
    name: str,
    query: str,
    columns: list[str],
    is_shared: bool,
    at: datetime,
) -> str:
    """Keep a list's query and hidden columns. Returns the view's id. `needs` opens the page.

    Raises `Invalid` for a name in use, `TooManyViews`, `NotAllowed`.
    """
    actor.require(needs)
    place = place_of(actor, page)
    own = select(func.count()).where(SavedView.person_id == actor.id, SavedView.page == place)
    if session.exec(own).one() >= MOST:
        raise TooManyViews
    _check_name(session, actor, place, name)
    view = SavedView(
        id=new_id("viw"),
        person_id=actor.id,
        page=place,
        name=name,
        query=query,
        columns=columns,
        is_shared=is_shared,
        created_at=at,
    )
    session.add(view)
    session.flush()
    return view.id


def change_view(
    session: Session, actor: Staff | SellerMember, view_id: str, *, query: str, columns: list[str]
) -> None:
    """The view now shows this. Raises `NotFound`, also for another person's view."""
    view = _own(session, actor, view_id)
    view.query, view.columns = query, columns
    session.add(view)


def rename_view(session: Session, actor: Staff | SellerMember, view_id: str, name: str) -> None:
    """Raises `Invalid` for a name in use, `NotFound`."""
    view = _own(session, actor, view_id)
    if name != view.name:
        _check_name(session, actor, view.page, name)
    view.name = name
    session.add(view)


def share_view(
    session: Session, actor: Staff | SellerMember, view_id: str, *, is_shared: bool
) -> None:
    """Let colleagues who may open the page see the view, or no longer. Raises `NotFound`."""
    view = _own(session, actor, view_id)
    view.is_shared = is_shared
    session.add(view)


def set_default_view(
    session: Session, actor: Staff | SellerMember, view_id: str, *, is_default: bool
) -> None:
    """The page opens with this view for its owner; at most one does. Raises `NotFound`."""
    view = _own(session, actor, view_id)
    session.execute(
        update(SavedView)
        .where(col(SavedView.person_id) == actor.id, col(SavedView.page) == view.page)
        .values(is_default=False)
    )
    session.refresh(view)
    view.is_default = is_default
    session.add(view)


def delete_view(session: Session, actor: Staff | SellerMember, view_id: str) -> None:
    """Raises `NotFound`, also for another person's view."""
    session.delete(_own(session, actor, view_id))


def _own(session: Session, actor: Staff | SellerMember, view_id: str) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None or view.person_id != actor.id or not _is_here(actor, view.page):
        raise NotFound
    return view


def _is_here(actor: Staff | SellerMember, place: str) -> bool:
    """A view of another shop, or of the back office, is not touched from this one."""
    return place.partition("@")[2] == (actor.seller_id if isinstance(actor, SellerMember) else "")


def _check_name(session: Session, actor: Staff | SellerMember, place: str, name: str) -> None:
    taken = select(SavedView.id).where(
        SavedView.person_id == actor.id, SavedView.page == place, SavedView.name == name
    )
    if session.exec(taken).first():
        raise Invalid({"view_name": N_("You have a view with this name already.")})
