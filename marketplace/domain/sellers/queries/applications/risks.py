"""Hints that an application may not be what it says: the same business, account, place or name."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.sellers.models import ApplicationStatus, Seller, SellerApplication
from marketplace.domain.sellers.queries.applications.mine import bank_of
from marketplace.domain.sellers.queries.applications.names import (
    applied_names,
    folded,
    spellings,
)
from marketplace.domain.sellers.rules import applications as rules


@dataclass(frozen=True, slots=True)
class RiskMatch:
    """Who shares it: an `application` or a `seller`."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    code: str
    others: tuple[RiskMatch, ...] = ()


Key = Callable[[SellerApplication], str]
SHARED: dict[str, Key] = {
    "same_registration": lambda one: one.registration_key,
    "same_bank": lambda one: one.bank_key,
    "same_ip": lambda one: one.ip,
}
MOST_MATCHES = 5


def risks_of(
    session: Session, applications: Collection[SellerApplication]
) -> dict[str, tuple[RiskRow, ...]]:
    """By application id; a page of applications costs four statements, however many there are."""
    others = _others(session, applications)
    people = _people(session, applications)
    rejected = _rejected_before(session, applications)
    names = _shop_names(session, applications)
    return {
        one.id: (
            *_shared(one, others, names),
            *(
                RiskRow(code)
                for code in rules.risks(
                    sign_in_email=people.get(one.person_id, ""),
                    contact_email=str(one.contact.get("email", "")),
                    legal_name=str(one.legal.get("legal_name", "")),
                    bank_holder=bank_of(one).get("bank_holder", ""),
                    was_rejected=(one.person_id, one.id) in rejected,
                )
            ),
        )
        for one in applications
    }


def _shared(
    one: SellerApplication,
    others: list[SellerApplication],
    names: dict[str, list[RiskMatch]],
) -> Iterable[RiskRow]:
    for code, key in SHARED.items():
        mine = key(one)
        if not mine:
            continue
        found = [
            _match(other)
            for other in others
            if other.person_id != one.person_id and key(other) == mine
        ]
        if found:
            yield RiskRow(code, tuple(found[:MOST_MATCHES]))
    if found := _same_name(one, others, names):
        yield RiskRow("same_shop_name", tuple(found[:MOST_MATCHES]))


def _same_name(
    one: SellerApplication, others: list[SellerApplication], names: dict[str, list[RiskMatch]]
) -> list[RiskMatch]:
    """Whoever is called so in either language, in any case; each but once."""
    mine = _names(one)
    found = [
        _match(other)
        for other in others
        if other.person_id != one.person_id and mine & _names(other)
    ]
    found += [match for name in sorted(mine) for match in names.get(name, [])]
    return list({match.id: match for match in found if match.id != one.seller_id}.values())


def _names(one: SellerApplication) -> set[str]:
    return {folded(name) for name in _names_as_written(one)} - {""}


def _names_as_written(one: SellerApplication) -> tuple[str, str]:
    return one.shop_name, str(one.shop.get("shop_name_zh", ""))


def _spellings(applications: Collection[SellerApplication]) -> set[str]:
    return {
        spelt
        for one in applications
        for name in _names_as_written(one)
        for spelt in spellings(name)
    }


def _match(other: SellerApplication) -> RiskMatch:
    if other.seller_id:
        return RiskMatch("seller", other.seller_id, other.shop_name)
    return RiskMatch("application", other.id, other.shop_name)


def _others(
    session: Session, applications: Collection[SellerApplication]
) -> list[SellerApplication]:
    """Everybody else's application that was ever submitted and shares something."""
    found = select(SellerApplication).where(
        SellerApplication.status != ApplicationStatus.DRAFT,
        or_(
            col(SellerApplication.registration_key).in_(
                {one.registration_key for one in applications} - {""}
            ),
            col(SellerApplication.bank_key).in_({one.bank_key for one in applications} - {""}),
            col(SellerApplication.ip).in_({one.ip for one in applications} - {""}),
            *(lowered.in_(_spellings(applications)) for lowered in applied_names()),
        ),
    )
    return list(session.exec(found.order_by(col(SellerApplication.id)).limit(200)))


def _people(session: Session, applications: Collection[SellerApplication]) -> dict[str, str]:
    wanted = {one.person_id for one in applications}
    return dict(
        session.exec(
            select(PersonAccount.id, PersonAccount.email).where(col(PersonAccount.id).in_(wanted))
        ).all()
    )


def _rejected_before(
    session: Session, applications: Collection[SellerApplication]
) -> set[tuple[str, str]]:
    """(person, application) pairs where another application of the person was rejected."""
    rows = session.exec(
        select(SellerApplication.person_id, SellerApplication.id).where(
            col(SellerApplication.person_id).in_({one.person_id for one in applications}),
            SellerApplication.status == ApplicationStatus.REJECTED,
        )
    ).all()
    return {
        (one.person_id, one.id)
        for one in applications
        if any(person == one.person_id and id_ != one.id for person, id_ in rows)
    }


def _shop_names(
    session: Session, applications: Collection[SellerApplication]
) -> dict[str, list[RiskMatch]]:
    """Shops by their folded name, in either language."""
    wanted = _spellings(applications)
    rows = session.exec(
        select(Seller.id, Seller.name, Seller.name_zh).where(
            or_(func.lower(Seller.name).in_(wanted), func.lower(Seller.name_zh).in_(wanted))
        )
    )
    found: dict[str, list[RiskMatch]] = {}
    for id_, *names in rows:
        for name in {folded(name) for name in names if name}:
            found.setdefault(name, []).append(RiskMatch("seller", id_, names[0]))
    return found
