"""Effects are owed once, tried patiently, given up loudly (reference/money.md part 4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.audit import queries as audit
from marketplace.domain.outbox import queries, rules, service
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.paging import ListQuery
from marketplace.kit.states import MoveNotAllowed
from tests.conftest import MONDAY
from tests.make.people import staff

KEEPER = staff(Permission.JOBS_READ, Permission.JOBS_MANAGE)
MINUTE = timedelta(minutes=1)


def put(
    session: Session, key: str = "k", at: datetime = MONDAY, due_at: datetime | None = None
) -> bool:
    return service.put(session, "mail.send", key, {"n": 1}, at=at, due_at=due_at)


def fail(
    session: Session, message_id: str, at: datetime, *, is_final: bool = False
) -> MessageStatus | None:
    return service.mark_failed(
        session, "w", message_id, "no answer", at=at, rng=Random(1), is_final=is_final
    )


def dead_message(session: Session) -> str:
    put(session)
    [claimed] = service.claim(session, "w", at=MONDAY)
    assert fail(session, claimed.id, MONDAY, is_final=True) is MessageStatus.DEAD
    return claimed.id


def row(session: Session, message_id: str) -> OutboxMessage:
    return session.get_one(OutboxMessage, message_id)


def test_a_second_put_under_the_same_key_is_ignored(session: Session) -> None:
    assert put(session) is True
    assert put(session) is False
    assert len(service.claim(session, "w", at=MONDAY)) == 1


def test_what_is_rolled_back_is_not_owed(database: str) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction() as session:  # noqa: PT012  as in life
        put(session)
        raise ZeroDivisionError

    assert db.call(service.claim, "w", at=MONDAY) == []


def test_a_message_is_not_claimed_before_it_is_due(session: Session) -> None:
    put(session, due_at=MONDAY + MINUTE)

    assert not queries.has_due(session, at=MONDAY)
    assert service.claim(session, "w", at=MONDAY) == []
    assert len(service.claim(session, "w", at=MONDAY + MINUTE)) == 1


def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(session: Session) -> None:
    put(session)
    [first] = service.claim(session, "w", at=MONDAY)

    assert service.claim(session, "other", at=MONDAY + rules.LEASE - MINUTE) == []
    [again] = service.claim(session, "other", at=MONDAY + rules.LEASE)
    assert (again.id, again.key, again.attempts) == (first.id, first.key, 2)


def test_a_worker_that_lost_its_lease_records_nothing(session: Session) -> None:
    put(session)
    [claimed] = service.claim(session, "slow", at=MONDAY)
    service.claim(session, "quick", at=MONDAY + rules.LEASE)

    assert service.mark_delivered(session, "slow", claimed.id, at=MONDAY) is False
    assert row(session, claimed.id).status is MessageStatus.WAITING
    assert service.mark_delivered(session, "quick", claimed.id, at=MONDAY) is True
    assert row(session, claimed.id).status is MessageStatus.DELIVERED


def test_workers_at_once_share_the_messages_without_overlap(database: str) -> None:
    with db.transaction() as session:
        for number in range(60):
            put(session, f"k{number}")

    def work(worker: int) -> list[str]:
        taken = []
        while claimed := db.call(service.claim, f"w{worker}", at=MONDAY, limit=5):
            taken += [message.key for message in claimed]
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = [key for keys in pool.map(work, range(6)) for key in keys]

    assert sorted(taken) == sorted(f"k{number}" for number in range(60))


def test_a_failure_waits_longer_each_time_and_ends_after_twelve(session: Session) -> None:
    put(session)
    at, waits = MONDAY, []
    for attempt in range(1, rules.MAX_ATTEMPTS + 1):
        [claimed] = service.claim(session, "w", at=at)
        assert claimed.attempts == attempt
        status = fail(session, claimed.id, at)
        waits.append(row(session, claimed.id).due_at - at)
        at = row(session, claimed.id).due_at

    assert status is MessageStatus.DEAD
    assert row(session, claimed.id).last_error == "no answer"
    assert waits[:-1] == sorted(waits[:-1])
    assert service.claim(session, "w", at=at + timedelta(days=30)) == []


def test_a_final_failure_is_not_tried_again(session: Session) -> None:
    message_id = dead_message(session)

    assert row(session, message_id).attempts == 1


def test_a_message_that_kills_its_workers_is_given_up(session: Session) -> None:
    put(session)
    at = MONDAY
    for _ in range(rules.MAX_ATTEMPTS):
        assert len(service.claim(session, "w", at=at)) == 1
        at += rules.LEASE

    assert service.claim(session, "w", at=at) == []
    assert [dead.key for dead in queries.dead_messages(session)] == ["k"]


@given(attempts=st.integers(1, 50), seed=st.integers())
def test_the_wait_is_bounded(attempts: int, seed: int) -> None:
    wait = rules.wait_before_next(attempts, Random(seed))

    assert timedelta(seconds=12) <= wait <= timedelta(hours=6) * 6 / 5


def test_staff_retry_a_dead_message(session: Session) -> None:
    message_id = dead_message(session)

    service.retry(session, KEEPER, message_id, at=MONDAY)

    assert [message.attempts for message in service.claim(session, "w", at=MONDAY)] == [1]
    head = audit.head_of(session)
    assert head is not None and head.seq == 1


def test_staff_drop_a_dead_message_and_its_key_stays_taken(session: Session) -> None:
    message_id = dead_message(session)

    service.drop(session, KEEPER, message_id, at=MONDAY)

    assert row(session, message_id).status is MessageStatus.DROPPED
    assert put(session) is False
    assert queries.dead_messages(session) == []


@pytest.mark.parametrize("deed", [service.retry, service.drop])
def test_only_permitted_staff_touch_dead_messages(session: Session, deed) -> None:  # type: ignore[no-untyped-def]
    message_id = dead_message(session)

    with pytest.raises(NotAllowed):
        deed(session, staff(Permission.JOBS_READ), message_id, at=MONDAY)
    assert row(session, message_id).status is MessageStatus.DEAD


@pytest.mark.parametrize("deed", [service.retry, service.drop])
def test_a_waiting_message_is_neither_retried_nor_dropped(session: Session, deed) -> None:  # type: ignore[no-untyped-def]
    put(session)
    [claimed] = service.claim(session, "w", at=MONDAY)

    with pytest.raises(MoveNotAllowed):
        deed(session, KEEPER, claimed.id, at=MONDAY)
    with pytest.raises(NotFound):
        deed(session, KEEPER, "msg_none", at=MONDAY)


def test_delivered_messages_are_forgotten_after_thirty_days(session: Session) -> None:
    put(session)
    [claimed] = service.claim(session, "w", at=MONDAY)
    service.mark_delivered(session, "w", claimed.id, at=MONDAY)

    assert service.forget_delivered(session, at=MONDAY + timedelta(days=30)) == 0
    assert service.forget_delivered(session, at=MONDAY + timedelta(days=30, seconds=1)) == 1


def test_the_list_of_dead_letters_shows_what_can_be_retried(session: Session) -> None:
    dead_message(session)
    put(session, "another")
    query = ListQuery.parse({"status": "dead"}, filters=queries.FILTERS, sorts=queries.SORTS)

    page = queries.list_messages(session, KEEPER, query)

    assert [(message.key, message.can_retry) for message in page.rows] == [("k", True)]


def test_without_the_permission_no_message_is_shown(session: Session) -> None:
    with pytest.raises(NotAllowed):
        queries.list_messages(session, staff(), ListQuery())
