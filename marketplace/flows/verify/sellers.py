"""Invariants of sellers: accounts, applications, switches, documents (reference/features.md 2.1)."""

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.ledger.models import AccountCode, LedgerAccount
from marketplace.domain.moves.models import Move
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Seller,
    SellerApplication,
    SellerStatus,
    SellerSwitch,
    Submission,
    Switch,
)
from marketplace.domain.sellers.rules import standing
from marketplace.flows.verify.kinds import Invariant, Moment, Offender
from marketplace.kit.languages import N_
from marketplace.settings import settings

EACH = len(AccountCode)


def sellers_without_accounts(session: Session, _moment: Moment) -> list[Offender]:
    """One account of each code in the platform's currency; a second would split a balance."""
    found = session.exec(
        select(Seller.id, func.count(col(LedgerAccount.id)))
        .join(
            LedgerAccount,
            (col(LedgerAccount.seller_id) == col(Seller.id))
            & (col(LedgerAccount.currency) == settings().currency),
            isouter=True,
        )
        .group_by(Seller.id)
        .having(func.count(col(LedgerAccount.id)) != EACH)
    )
    return [Offender("seller", id_, f"{count} accounts instead of {EACH}") for id_, count in found]


def approved_without_seller(session: Session, _moment: Moment) -> list[Offender]:
    """And the seller knows the application it came from."""
    found = session.exec(
        select(SellerApplication.id, SellerApplication.seller_id)
        .join(
            Seller,
            (col(Seller.id) == col(SellerApplication.seller_id))
            & (col(Seller.application_id) == col(SellerApplication.id)),
            isouter=True,
        )
        .where(SellerApplication.status == ApplicationStatus.APPROVED, col(Seller.id).is_(None))
    )
    return [
        Offender("application", id_, f"approved, but its seller is {seller_id or 'nobody'}")
        for id_, seller_id in found
    ]


def seller_without_approval(session: Session, _moment: Moment) -> list[Offender]:
    found = session.exec(
        select(SellerApplication.id, SellerApplication.status).where(
            SellerApplication.seller_id != "",
            SellerApplication.status != ApplicationStatus.APPROVED,
        )
    )
    return [Offender("application", id_, f"has a seller while {status}") for id_, status in found]


def half_suspended(session: Session, _moment: Moment) -> list[Offender]:
    """Suspended means all off, by rows that end with the suspension."""
    off = (
        select(func.count(func.distinct(col(SellerSwitch.switch))))
        .where(
            col(SellerSwitch.seller_id) == col(Seller.id),
            SellerSwitch.reason == standing.SUSPENDED_REASON,
            col(SellerSwitch.on_again_at).is_(None),
        )
        .scalar_subquery()
    )
    found = session.exec(
        select(Seller.id, Seller.status, off).where(
            or_(
                (col(Seller.status) == SellerStatus.SUSPENDED) & (off != len(Switch)),
                col(Seller.status).in_([SellerStatus.OPEN, SellerStatus.RESTRICTED]) & (off != 0),
            )
        )
    )
    return [Offender("seller", id_, f"{status} with {count} off") for id_, status, count in found]


def restricted_without_reason(session: Session, _moment: Moment) -> list[Offender]:
    """Open sellers have no switch off, restricted ones at least one."""
    off = (
        select(func.count(col(SellerSwitch.id)))
        .where(
            col(SellerSwitch.seller_id) == col(Seller.id), col(SellerSwitch.on_again_at).is_(None)
        )
        .scalar_subquery()
    )
    found = session.exec(
        select(Seller.id, Seller.status, off).where(
            or_(
                (col(Seller.status) == SellerStatus.RESTRICTED) & (off == 0),
                (col(Seller.status) == SellerStatus.OPEN) & (off != 0),
            )
        )
    )
    return [Offender("seller", id_, f"{status} with {count} off") for id_, status, count in found]


def two_current_documents(session: Session, _moment: Moment) -> list[Offender]:
    """Of the same requirement, one at most counts."""
    found = session.exec(
        select(Submission.application_id, Submission.requirement_id, func.count())
        .where(col(Submission.replaced_at).is_(None), Submission.renews == "")
        .group_by(
            col(Submission.application_id),
            col(Submission.requirement_id),
            col(Submission.seller_id),
        )
        .having(func.count() > 1)
    )
    return [
        Offender("application", id_, f"{count} count for {requirement}")
        for id_, requirement, count in found
    ]


def moves_that_say_otherwise(session: Session, _moment: Moment) -> list[Offender]:
    """The last move of a seller or an application ends in the state it has."""
    found = []
    for kind, table in (("seller", Seller), ("application", SellerApplication)):
        newest = (
            select(Move.to_state)
            .where(Move.kind == kind, col(Move.subject_id) == col(table.id))
            .order_by(col(Move.at).desc(), col(Move.id).desc())
            .limit(1)
            .scalar_subquery()
        )
        rows = session.exec(
            select(table.id, table.status, newest).where(
                newest.is_not(None), newest != col(table.status)
            )
        )
        found += [
            Offender(kind, id_, f"is {status}, last moved to {moved}")
            for id_, status, moved in rows
        ]
    return found


INVARIANTS = (
    Invariant("INV-S2", N_("Every seller has one account of each kind"), sellers_without_accounts),
    Invariant("INV-S3", N_("Every approved application has its seller"), approved_without_seller),
    Invariant(
        "INV-S4", N_("No seller came from an unapproved application"), seller_without_approval
    ),
    Invariant("INV-S5", N_("A suspended seller has everything off"), half_suspended),
    Invariant(
        "INV-S6", N_("A seller is restricted when something is off"), restricted_without_reason
    ),
    Invariant("INV-S7", N_("One document counts per requirement"), two_current_documents),
    Invariant("INV-S8", N_("States are where their last move led"), moves_that_say_otherwise),
)
