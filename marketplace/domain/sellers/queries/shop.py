"""A shop as its own members see and manage it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.moves.queries import MoveRow, history
from marketplace.domain.sellers.models import Seller, SellerStatus, SellerSwitch
from marketplace.domain.sellers.queries.documents import DocumentRow as DocumentRow
from marketplace.domain.sellers.queries.documents import documents as documents
from marketplace.domain.sellers.queries.masking import PERSONAL, masked_fields
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.rules import standing as rules
from marketplace.domain.sellers.rules.forms import PLACE
from marketplace.kit import clock
from marketplace.kit.clock import iso


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The face of the shop, for its form."""

    name: str
    name_zh: str
    slug: str
    about: str
    about_zh: str
    logo_id: str
    status: str
    level: str
    version: int


@dataclass(frozen=True, slots=True)
class Address:
    country: str = ""
    region: str = ""
    city: str = ""
    street: str = ""
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AddressesView:
    """Where parcels leave, and where they come back to."""

    ship: Address
    returns: Address
    is_same: bool
    version: int


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """One switch that is off. `off_by` is empty for a job, and for sellers."""

    id: str
    switch: str
    reason: str
    note: str
    off_at: str
    off_by: str
    until: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where the shop stands, and what its members may do about it."""

    status: str
    switches: tuple[SwitchRow, ...]
    off: tuple[str, ...]
    paused_from: str
    paused_until: str
    suspended_for: str
    note: str
    """What staff wrote with the last decision."""
    appeal_until: str
    may_appeal: bool
    appeal: str
    appeal_answer: str
    closing_at: str
    may_stay: bool
    """Whether its members may take the closing back."""
    history: tuple[MoveRow, ...]


def profile(session: Session, member: SellerMember) -> ProfileView:
    member.require(Permission.SHOP_READ)
    row = session.get_one(Seller, member.seller_id)
    return ProfileView(
        row.name,
        row.name_zh,
        row.slug,
        row.about,
        row.about_zh,
        row.logo_id,
        row.status,
        row.level,
        row.version,
    )


def addresses(session: Session, member: SellerMember) -> AddressesView:
    member.require(Permission.SHOP_READ)
    row = session.get_one(Seller, member.seller_id)
    ship, returns = (
        _address(kept, is_masked=not member.sees_people) for kept in (row.ship_from, row.return_to)
    )
    return AddressesView(ship, returns, returns in (ship, Address()), row.version)


def standing(session: Session, member: SellerMember) -> StandingView:
    member.require(Permission.SHOP_READ)
    row = session.get_one(Seller, member.seller_id)
    moves = history(session, "seller", row.id)
    return StandingView(
        row.status,
        switch_rows(session, row.id),
        tuple(sorted(switches_off(session, row.id))),
        iso(row.paused_from) if row.status in rules.SHOWN else "",
        iso(row.paused_until) if row.status in rules.SHOWN else "",
        row.suspended_for,
        next((move.note for move in moves if move.to_state == row.status), ""),
        iso(row.appeal_until),
        row.status is SellerStatus.SUSPENDED
        and not row.appeal
        and row.appeal_until is not None
        and clock.now() <= row.appeal_until
        and member.can(Permission.SHOP_MANAGE),
        row.appeal,
        row.appeal_answer,
        iso(row.closing_at),
        row.status is SellerStatus.CLOSING
        and began_itself(session, row.id)
        and member.can(Permission.SHOP_MANAGE),
        tuple(moves),
    )


def began_itself(session: Session, seller_id: str) -> bool:
    """Whether the last closing was the shop's own wish. The caller checked who may know."""
    moves = history(session, "seller", seller_id)
    began = next(
        (
            one
            for one in moves
            if one.to_state == SellerStatus.CLOSING and one.reason != rules.GONE_ON
        ),
        None,
    )
    return began is not None and not began.is_staff


def switch_rows(
    session: Session, seller_id: str, *, names_staff: bool = False
) -> tuple[SwitchRow, ...]:
    """The switches that are off by a row of their own, newest first."""
    rows = session.exec(
        select(SellerSwitch, PersonAccount)
        .join(PersonAccount, col(PersonAccount.id) == col(SellerSwitch.off_by), isouter=True)
        .where(SellerSwitch.seller_id == seller_id, col(SellerSwitch.on_again_at).is_(None))
        .order_by(col(SellerSwitch.off_at).desc(), col(SellerSwitch.id).desc())
    )
    return tuple(
        SwitchRow(
            row.id,
            row.switch,
            row.reason,
            row.note,
            iso(row.off_at),
            person.name if person is not None and names_staff else "",
            iso(row.until),
        )
        for row, person in rows
    )


def _address(kept: dict[str, Any], *, is_masked: bool) -> Address:
    given = {name: str(kept.get(name, "")) for name in PLACE}
    hidden = PERSONAL if is_masked else frozenset[str]()
    return Address(**masked_fields(given, hidden))
