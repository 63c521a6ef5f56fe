"""Sellers' timed jobs and reactions: run by the timetable, harmless twice, alone when they fail."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from marketplace import db
from marketplace.domain.access.models import SellerMember
from marketplace.domain.moves.models import Move
from marketplace.domain.notifications.models import Mail
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.domain.sellers.models import Seller, SellerStatus, Submission
from marketplace.domain.sellers.queries import shop
from marketplace.domain.sellers.service import standing
from marketplace.domain.sellers.service.documents import keeping
from marketplace.domain.sellers.service.standing import pauses
from marketplace.domain.sellers.service.telling import tell_market
from marketplace.flows import reactions
from marketplace.flows.reactions import Event
from marketplace.jobs import deliver, schedule
from marketplace.kit import clock
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)


def open_shop() -> SellerMember:
    return db.call(lambda session: made.opened(session, made.market(session)))


def count(table: type, *conditions: object) -> int:
    statement = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
    return db.call_reading(lambda session: session.exec(statement).one())


def status(owner: SellerMember) -> SellerStatus:
    return db.call_reading(lambda session: session.get_one(Seller, owner.seller_id).status)


def test_a_pause_that_is_over_ends_by_the_timetable_once(clock_at: FrozenClock) -> None:
    owner = open_shop()
    db.call(standing.pause, owner, until=MONDAY + DAY, at=MONDAY)
    clock_at.advance(days=1, minutes=5)

    first = schedule.run("sellers.standing", worker="a")
    clock_at.advance(minutes=5)
    second = schedule.run("sellers.standing", worker="b")

    assert first == {"paused": 0, "resumed": 1, "lifted": 0}
    assert second == {"paused": 0, "resumed": 0, "lifted": 0}
    assert status(owner) is SellerStatus.OPEN


def test_a_document_that_ends_is_told_once_by_the_daily_job(clock_at: FrozenClock) -> None:
    owner = open_shop()

    def end_soon(session: Session) -> None:
        rows = {row.code: row.submission_id for row in shop.documents(session, owner)}
        session.get_one(Submission, rows["licence"]).expires_on = (MONDAY + 6 * DAY).date()

    db.call(end_soon)
    for _ in range(3):
        clock_at.advance(hours=1)
        schedule.run("sellers.documents", worker="a", started_by="per_ren")

    assert count(Mail, Mail.template == "document_expiring") == 1


@pytest.mark.parametrize("job", ["sellers.documents", "sellers.standing"])
def test_a_broken_seller_stops_nobody_elses_job(
    clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    def open_two(session: Session) -> tuple[SellerMember, SellerMember]:
        office = made.market(session)
        twin = made.another(made.POTTERY, "twin")
        return made.opened(session, office), made.opened(session, office, twin)

    first, other = sorted(db.call(open_two), key=lambda owner: owner.seller_id)

    def end_soon(session: Session) -> None:
        for owner in (first, other):
            rows = {row.code: row.submission_id for row in shop.documents(session, owner)}
            session.get_one(Submission, rows["licence"]).expires_on = (MONDAY + 6 * DAY).date()
            standing.pause(session, owner, until=MONDAY + DAY, at=MONDAY)

    db.call(end_soon)
    clock_at.advance(days=1, minutes=5)
    for module in (pauses, keeping):
        real = module.locked

        def breaks(session: Session, id_: str, real: Any = real) -> Seller:
            row: Seller = real(session, id_)
            if id_ == first.seller_id:
                row.about = "half done"
                session.flush()
                raise RuntimeError("a broken row")
            return row

        monkeypatch.setattr(module, "locked", breaks)

    done = schedule.run(job, worker="a", started_by="per_ren")

    assert done is not None
    assert done["failed"] == 1
    assert done["reminded" if job == "sellers.documents" else "resumed"] == 1
    assert db.call_reading(lambda s: s.get_one(Seller, first.seller_id).about) != "half done"
    is_kept = job == "sellers.documents"
    assert status(other) is (SellerStatus.PAUSED if is_kept else SellerStatus.OPEN)
    assert status(first) is SellerStatus.PAUSED


def test_moves_and_changes_reach_those_who_react(
    clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = open_shop()
    deliver.deliver("w")
    seen: list[Event] = []
    reaction = (lambda _session, event, _at: seen.append(event),)
    monkeypatch.setattr(reactions, "REACTIONS", {"seller": reaction})
    db.call(standing.pause, owner, at=clock.now())
    db.call(tell_market, owner.seller_id, at=clock.now())

    deliver.deliver("w")

    assert sorted(seen, key=lambda event: event.to_state) == [
        Event("seller", owner.seller_id),
        Event("seller", owner.seller_id, "open", "paused"),
    ]
    assert count(OutboxMessage, OutboxMessage.status == MessageStatus.WAITING) == 0


def test_a_move_nobody_reacts_to_is_done(
    clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "REACTIONS", {})
    open_shop()
    deliver.deliver("w")

    assert count(Move) > 0
    assert count(OutboxMessage, OutboxMessage.status != MessageStatus.DELIVERED) == 0


def test_a_reaction_that_fails_is_tried_again_and_leaves_nothing_half_done(
    clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = open_shop()
    deliver.deliver("w")
    falls = [True]

    def rename(session: Session, event: Event, _at: object) -> None:
        session.get_one(Seller, event.id).about = "reacted"
        session.flush()
        if falls.pop() if falls else False:
            raise RuntimeError

    monkeypatch.setattr(reactions, "REACTIONS", {"seller": (rename,)})
    db.call(tell_market, owner.seller_id, at=clock.now())

    assert deliver.deliver("w") == {"failed": 1}
    assert "reacted" not in db.call_reading(lambda s: s.get_one(Seller, owner.seller_id).about)
    clock_at.advance(hours=1)
    assert deliver.deliver("w") == {"delivered": 1}
    assert db.call_reading(lambda s: s.get_one(Seller, owner.seller_id).about) == "reacted"
