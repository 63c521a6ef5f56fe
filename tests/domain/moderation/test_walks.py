"""Whatever sellers and staff do in whatever order, what must hold holds; two at once decide once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Staff
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.service import listings
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import Appeal, AppealStatus, ChangeSet, ChangeStatus
from marketplace.flows.verify import catalogue
from marketplace.flows.verify.kinds import Moment
from marketplace.kit.errors import DomainError
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR, OTHER_MODERATOR

S = ListingStatus
ACTS = (
    "edit", "tag", "submit", "withdraw", "approve", "reject", "ask", "pause", "resume", "archive",
    "unarchive", "take_down", "restore", "appeal", "grant", "uphold", "discard",
)  # fmt: skip
BY_SELLER = {"edit", "tag", "submit", "withdraw", "resume", "discard"}


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(ACTS), min_size=4, max_size=14))
def test_no_order_of_acts_breaks_a_listing(session: Session, acts: list[str]) -> None:
    """A live listing stays live while its seller edits; nothing becomes live without a review."""
    example = session.begin_nested()
    walk(session, acts)
    example.rollback()
    session.expire_all()


def walk(session: Session, acts: list[str]) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    approved = False
    for number, act in enumerate(acts):
        at = MONDAY + timedelta(hours=number + 1)
        before, version = row.status, row.live_version_id
        try:
            with session.begin_nested():
                perform(session, shop, row, act, number, at)
        except DomainError:
            session.refresh(row)
            assert (row.status, row.live_version_id) == (before, version)
            continue
        session.refresh(row)
        approved = approved or act in ("approve", "grant")
        if before is S.LIVE and act in BY_SELLER:
            assert row.status is S.LIVE
        if row.status is S.LIVE:
            assert approved
        found = [one.id for one in catalogue.INVARIANTS if one.find(session, Moment(at))]
        assert found == []


def perform(
    session: Session, shop: sale.ShopOfTests, row: Listing, act: str, number: int, at: datetime
) -> None:
    change = session.exec(
        select(ChangeSet).where(
            ChangeSet.listing_id == row.id, ChangeSet.status == ChangeStatus.OPEN
        )
    ).first()
    change_id, version = (change.id, change.version) if change else ("chg_none", 0)
    mine, listing_id = shop.member, row.id
    decide = partial(decide_appeal, session, listing_id, at)
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: sale.save(session, shop, row, title=f"Cup number {number}", at=at),
        "tag": lambda: sale.save(session, shop, row, tags=[str(number)], at=at),
        "submit": lambda: moderation.submit(session, mine, listing_id, version=row.version, at=at),
        "withdraw": lambda: moderation.withdraw(session, mine, change_id, at=at),
        "approve": lambda: moderation.approve(
            session, MODERATOR, change_id, version=version, at=at
        ),
        "reject": lambda: moderation.reject(
            session, MODERATOR, change_id, version=version, reason="other", at=at
        ),
        "ask": lambda: moderation.request_changes(
            session, MODERATOR, change_id, version=version, note="?", at=at
        ),
        "discard": lambda: listings.discard_draft(
            session, mine, listing_id, version=row.version, at=at
        ),
        "take_down": lambda: moderation.take_down(
            session, MODERATOR, listing_id, code="unsafe", note="", at=at
        ),
        "restore": lambda: moderation.restore(session, MODERATOR, listing_id, note="", at=at),
        "appeal": lambda: moderation.appeal(session, mine, listing_id, "Please", at=at),
        "grant": lambda: decide(is_granted=True),
        "uphold": lambda: decide(is_granted=False),
    }
    shelf = {"pause", "resume", "archive", "unarchive"}
    if act in shelf:
        getattr(listings, act)(session, mine, listing_id, at=at)
    else:
        acts[act]()


def decide_appeal(session: Session, listing_id: str, at: datetime, *, is_granted: bool) -> None:
    appeal = session.exec(
        select(Appeal).where(Appeal.listing_id == listing_id, Appeal.status == AppealStatus.OPEN)
    ).first()
    moderation.decide_appeal(
        session,
        OTHER_MODERATOR,
        appeal.id if appeal else "apl_none",
        is_granted=is_granted,
        answer="So be it",
        version=appeal.version if appeal else 0,
        at=at,
    )


@pytest.mark.parametrize("second", ["approve", "reject"])
def test_two_moderators_at_once_decide_once(database: str, second: str) -> None:
    def begin(session: Session) -> tuple[str, str]:
        change = sale.pending(session, sale.shop(session))
        return change.id, change.listing_id

    change_id, listing_id = db.call(begin)
    barrier = Barrier(2)

    def decide(staff: Staff, act: str) -> str:
        barrier.wait()
        try:
            if act == "approve":
                db.call(moderation.approve, staff, change_id, version=1, at=MONDAY)
            else:
                db.call(moderation.reject, staff, change_id, version=1, reason="other", at=MONDAY)
        except DomainError as error:
            return type(error).__name__
        return act

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(decide, MODERATOR, "approve")
        two = pool.submit(decide, OTHER_MODERATOR, second)
        answers = [one.result(), two.result()]
    assert sum(answer in ("approve", "reject") for answer in answers) == 1
    assert "MoveNotAllowed" in answers
    change = db.call(lambda session: session.get_one(ChangeSet, change_id).status)
    status = db.call(lambda session: session.get_one(Listing, listing_id).status)
    won = next(answer for answer in answers if answer in ("approve", "reject"))
    expected = {"approve": ("approved", "live"), "reject": ("rejected", "rejected")}
    assert (change, status) == expected[won]
