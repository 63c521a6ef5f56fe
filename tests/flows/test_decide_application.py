"""Yes to an application: everything of a seller in one transaction, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, col, func, select

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.accounts.models import Role
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.ledger.models import AccountCode, LedgerAccount
from marketplace.domain.media.models import Media
from marketplace.domain.moves.queries import history
from marketplace.domain.notifications.models import Mail
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Seller,
    SellerApplication,
    SellerMembership,
    Submission,
    Verdict,
)
from marketplace.domain.sellers.rules.applications import Incomplete
from marketplace.domain.sellers.service import applications
from marketplace.flows.decide_application import approve
from marketplace.flows.verify import verify
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, NotAllowed, NotFound, Stale
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

pytestmark = pytest.mark.usefixtures("clock_at")


def test_approval_opens_shop_owner_accounts_and_documents_at_once(
    session: Session, clock_at: FrozenClock
) -> None:
    """features.md 4.13: mercurjs/mercur#1362, a seller who was never asked who they are."""
    office = made.market(session)
    qiu = made.applicant(session)
    id_ = made.submitted(session, qiu)
    clock_at.advance(hours=2)

    seller_id = approve(
        session, office.first, id_, level="trusted", version=made.version(session, id_),
        at=clock.now(),
    )  # fmt: skip

    seller = session.get_one(Seller, seller_id)
    application = session.get_one(SellerApplication, id_)
    assert (seller.name, seller.slug, seller.level) == (
        "Qingshan Ceramics", "qingshan-ceramics", "trusted",
    )  # fmt: skip
    assert seller.ship_from["city"] == seller.return_to["city"] == "Longquan"
    assert (application.status, application.seller_id) == (ApplicationStatus.APPROVED, seller_id)
    owner = session.exec(
        select(SellerMembership.person_id, Role.code)
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == seller_id)
    ).one()
    assert tuple(owner) == (qiu.id, "owner")
    accounts = session.exec(
        select(LedgerAccount.code).where(LedgerAccount.seller_id == seller_id)
    ).all()
    assert sorted(accounts) == sorted(AccountCode)
    given = session.exec(select(Submission).where(Submission.application_id == id_)).all()
    assert {(one.seller_id, one.verdict) for one in given} == {(seller_id, Verdict.ACCEPTED)}
    assert set(session.exec(select(Media.seller_id))) == {seller_id}
    assert [row.to_state for row in history(session, "application", id_)] == [
        "approved", "in_review", "submitted", "draft",
    ]  # fmt: skip
    assert "application_approved" in session.exec(select(Mail.template)).all()
    assert "sellers.application_approved" in session.exec(select(AuditEntry.action)).all()
    moved = session.exec(select(OutboxMessage).where(OutboxMessage.topic == "moved")).all()
    assert {"seller", "application"} <= {one.payload["kind"] for one in moved}
    assert {one.id for one in verify(session, at=clock.now()) if not one.is_green} <= {
        "INV-14"  # no worker sends mail here
    }


def test_what_was_refused_has_ended_or_is_missing_stops_the_approval(session: Session) -> None:
    office = made.market(session)
    id_ = made.submitted(session, made.applicant(session))
    licence = made.given(session, id_, "licence")
    licence.expires_on = (MONDAY - timedelta(days=1)).date()
    applications.judge(
        session, office.first, made.given(session, id_, "identity").id, Verdict.REJECTED,
        note="Blurred", at=MONDAY,
    )  # fmt: skip

    with pytest.raises(Incomplete) as refused:
        approve(session, office.first, id_, version=made.version(session, id_), at=MONDAY)

    assert refused.value.codes == ("licence", "identity")
    assert session.exec(select(Seller)).all() == []


def test_a_waived_document_does_not_stop_it_and_is_recorded(session: Session) -> None:
    office = made.market(session)
    id_ = made.submitted(session, made.applicant(session))
    given = made.given(session, id_, "bank_proof")
    applications.judge(session, office.first, given.id, Verdict.WAIVED, note="Known", at=MONDAY)

    approve(session, office.first, id_, version=made.version(session, id_), at=MONDAY)

    assert session.get_one(Submission, given.id).verdict is Verdict.WAIVED
    assert session.exec(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.action == "sellers.submission_judged")
    ).one()


def test_only_reviewers_approve_and_only_what_they_saw(session: Session) -> None:
    office = made.market(session)
    id_ = made.submitted(session, made.applicant(session))
    version = made.version(session, id_)
    reader = made.reviewer(session, "per_reader", frozenset())

    with pytest.raises(NotAllowed):
        approve(session, reader, id_, version=version, at=MONDAY)
    with pytest.raises(Stale):
        approve(session, office.first, id_, version=version - 1, at=MONDAY)
    with pytest.raises(NotFound):
        approve(session, office.first, id_, level="nonsense", version=version, at=MONDAY)
    session.expire_all()

    assert session.exec(select(Seller)).all() == []


def test_two_approvals_at_once_make_one_seller(database: str, clock_at: FrozenClock) -> None:
    def prepare(session: Session) -> tuple[str, int]:
        made.market(session)
        id_ = made.submitted(session, made.applicant(session))
        return id_, made.version(session, id_)

    id_, version = db.call(prepare)
    starting = Barrier(2)

    def decide(who: str) -> str:
        starting.wait()

        def work(session: Session) -> str:
            staff = made.reviewer(session, who)
            return approve(session, staff, id_, version=version, at=clock.now())

        try:
            return db.call(work)
        except DomainError as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, ("per_ren", "per_second")))

    assert len([answer for answer in answers if answer.startswith("sel_")]) == 1
    assert db.call_reading(lambda s: s.exec(select(func.count()).select_from(Seller)).one()) == 1


def test_two_starts_at_once_make_one_application(database: str, clock_at: FrozenClock) -> None:
    def prepare(session: Session) -> None:
        made.market(session)
        made.applicant(session)

    db.call(prepare)
    starting = Barrier(2)

    def begin(_: int) -> str:
        starting.wait()
        return db.call(applications.start, Person(id="per_qiu", name="Qiu"), at=clock.now())

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(begin, range(2)))) == 1
