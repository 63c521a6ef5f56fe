"""Who wants to sell in restricted categories needs the yes of two people (ux.md AD-02)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import Staff
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Category
from marketplace.domain.catalog.queries.taxonomy import restricted_of
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Seller,
    SellerApplication,
    Verdict,
)
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.rules.applications import SecondPersonNeeded
from marketplace.domain.sellers.service import applications
from marketplace.flows.decide_application import approve
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, NotAllowed
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY, FrozenClock
from tests.make import sale
from tests.make import shops as made

pytestmark = pytest.mark.usefixtures("clock_at")
LATER = MONDAY + timedelta(hours=3)


def risky(session: Session) -> str:
    """An application for a category that has a restricted one below it."""
    above = sale.category(session, "Toys & baby", "玩具母婴")
    sale.category(session, "Baby", "婴儿用品", below=above, is_restricted=True)
    id_ = made.submitted(session, made.applicant(session))
    session.get_one(SellerApplication, id_).category_ids = [above]
    session.flush()
    return id_


def yes(session: Session, staff: Staff, id_: str) -> str:
    return approve(session, staff, id_, level="new", version=made.version(session, id_), at=LATER)


def shops_of(session: Session) -> list[str]:
    return list(session.exec(select(Seller.id)))


def test_one_yes_opens_nothing_and_the_second_opens_the_shop(session: Session) -> None:
    office = made.market(session)
    id_ = risky(session)

    assert yes(session, office.first, id_) == ""
    row = session.get_one(SellerApplication, id_)
    assert (row.status, row.reviewer_id, shops_of(session)) == (
        ApplicationStatus.IN_REVIEW, "", [],
    )  # fmt: skip
    assert (row.first_yes_by, row.first_yes_at, row.first_yes_level) == (
        office.first.id, LATER, "new",
    )  # fmt: skip

    seller_id = yes(session, office.second, id_)
    assert shops_of(session) == [seller_id]
    entries = session.exec(
        select(AuditEntry.action, AuditEntry.actor_id)
        .where(col(AuditEntry.action).in_(
            ["sellers.application_first_yes", "sellers.application_approved"]
        ))
        .order_by(col(AuditEntry.seq))
    ).all()  # fmt: skip
    assert [tuple(entry) for entry in entries] == [
        ("sellers.application_first_yes", office.first.id),
        ("sellers.application_approved", office.second.id),
    ]


def test_nobody_gives_both(session: Session) -> None:
    office = made.market(session)
    id_ = risky(session)
    yes(session, office.first, id_)
    before = session.get_one(SellerApplication, id_).model_dump()

    with pytest.raises(SecondPersonNeeded), session.begin_nested():
        yes(session, office.first, id_)

    session.expire_all()
    assert session.get_one(SellerApplication, id_).model_dump() == before
    assert shops_of(session) == []


def test_a_reader_gives_neither(session: Session) -> None:
    office = made.market(session)
    id_ = risky(session)
    reader = made.reviewer(session, "per_reader", frozenset())
    with pytest.raises(NotAllowed):
        yes(session, reader, id_)
    yes(session, office.first, id_)
    with pytest.raises(NotAllowed):
        yes(session, reader, id_)
    assert shops_of(session) == []


def test_an_unrestricted_category_needs_one(session: Session) -> None:
    office = made.market(session)
    plain = sale.category(session, "Cups", "杯子")
    id_ = made.submitted(session, made.applicant(session))
    session.get_one(SellerApplication, id_).category_ids = [plain]
    session.flush()
    assert shops_of(session) == [] != [yes(session, office.first, id_)]
    assert len(shops_of(session)) == 1


def test_the_first_yes_ends_with_what_it_was_given_to(session: Session) -> None:
    """Sent back and handed in again, it says something else."""
    office = made.market(session)
    id_ = risky(session)
    yes(session, office.first, id_)
    given = made.given(session, id_, "licence")
    applications.judge(session, office.second, given.id, Verdict.REJECTED, note="Blurred", at=LATER)
    applications.request_changes(
        session, office.second, id_, "", version=made.version(session, id_), at=LATER
    )
    row = session.get_one(SellerApplication, id_)
    row.round += 1
    row.status = ApplicationStatus.SUBMITTED
    again = made.given(session, id_, "licence")
    again.verdict = Verdict.PENDING
    session.flush()

    assert yes(session, office.second, id_) == ""
    assert session.get_one(SellerApplication, id_).first_yes_by == office.second.id
    assert yes(session, office.first, id_) in shops_of(session)


def test_a_rejection_ends_it_too(session: Session) -> None:
    office = made.market(session)
    id_ = risky(session)
    yes(session, office.first, id_)
    applications.reject(
        session, office.second, id_, "other", "No.", version=made.version(session, id_),
        at=LATER,
    )  # fmt: skip
    row = session.get_one(SellerApplication, id_)
    assert (row.first_yes_by, row.first_yes_at, row.first_yes_level, row.first_yes_round) == (
        None, None, None, None,
    )  # fmt: skip


def test_the_queue_names_who_agreed_and_leads_only_others_there(session: Session) -> None:
    office = made.market(session)
    id_ = risky(session)
    yes(session, office.first, id_)

    [mine] = queries.queue(session, office.first, ListQuery()).rows
    [theirs] = queries.queue(session, office.second, ListQuery()).rows
    assert (mine.is_my_yes, theirs.is_my_yes) == (True, False)
    assert mine.first_yes == theirs.first_yes == office.first.name
    assert queries.next_open(session, office.first) == ""
    assert queries.next_open(session, office.second) == id_


def test_two_at_once_are_two_people_and_one_shop(database: str, clock_at: FrozenClock) -> None:
    def prepare(session: Session) -> str:
        made.market(session)
        return risky(session)

    id_ = db.call(prepare)
    starting = Barrier(2)

    def decide(who: str) -> str:
        starting.wait()

        def work(session: Session) -> str:
            staff = made.reviewer(session, who)
            version = made.version(session, id_)
            return approve(session, staff, id_, version=version, at=clock.now())

        try:
            return db.call(work)
        except DomainError:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, ["per_first", "per_second"]))
    opened = db.call(shops_of)
    row = db.call(lambda s: s.get_one(SellerApplication, id_))
    assert len(opened) <= 1
    assert answers.count("") == 1
    assert bool(opened) == (row.status is ApplicationStatus.APPROVED)
    assert row.first_yes_by in ("per_first", "per_second")


def test_what_is_restricted_counts_from_above_and_from_below(session: Session) -> None:
    top = sale.category(session, "Food", "食品", is_restricted=True)
    tea = sale.category(session, "Tea", "茶", below=top)
    plain = sale.category(session, "Cups", "杯子")
    assert [row.name for row in restricted_of(session, [tea])] == ["Tea"]
    assert [row.name for row in restricted_of(session, [top])] == ["Food", "Tea"]
    assert restricted_of(session, [plain]) == []
    assert restricted_of(session, []) == []
    assert session.get_one(Category, tea).is_restricted is False
