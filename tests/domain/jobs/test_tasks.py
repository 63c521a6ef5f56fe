"""Long tasks belong to who asked, in the hat they asked in, and survive their workers."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Actor, Guest
from marketplace.domain.jobs import queries, rules, service
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.jobs.rules import LeaseLost, TaskCancelled
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.kit.errors import NotFound, NotSignedIn
from marketplace.kit.states import MoveNotAllowed
from tests.conftest import MONDAY
from tests.make.people import member, person, person_row, staff

SAM = staff(id_="per_sam")


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    for name in ("per_sam", "per_ada"):
        person_row(session, id=name)


def ask(session: Session, actor: Actor = SAM) -> str:
    return service.request_task(session, actor, "export.audit", "Audit log", {"q": "x"}, at=MONDAY)


def claimed(session: Session, worker: str = "w") -> str:
    task_id = ask(session)
    assert service.claim_task(session, worker, at=MONDAY)
    return task_id


def task(session: Session, task_id: str) -> Task:
    return session.get_one(Task, task_id)


def test_a_task_is_claimed_once_with_its_parameters(session: Session) -> None:
    task_id = ask(session)

    found = service.claim_task(session, "w", at=MONDAY)

    assert found == rules.Claimed(task_id, "export.audit", "per_sam", "staff", "", {"q": "x"})
    assert service.claim_task(session, "other", at=MONDAY) is None


def test_progress_is_seen_by_its_owner(session: Session) -> None:
    task_id = claimed(session)
    service.report_progress(session, "w", task_id, at=MONDAY, done=50, total=200)

    row = queries.task(session, SAM, task_id, at=MONDAY)
    assert (row.percent, row.done, row.total, row.can_cancel) == (25, 50, 200, True)


def test_a_finished_task_offers_its_file_for_seven_days(session: Session) -> None:
    task_id = claimed(session)
    service.finish_task(
        session, "w", task_id, at=MONDAY, done=3, result_key="private/x", result_name="x.csv"
    )

    assert queries.result_file(session, SAM, task_id, at=MONDAY).name == "x.csv"
    with pytest.raises(NotFound):
        queries.result_file(session, SAM, task_id, at=MONDAY + rules.RESULT_KEPT)


@pytest.mark.parametrize(
    "other",
    [
        staff(id_="per_ada"),
        person("per_sam"),
        member(id_="per_sam", seller_id="sel_a"),
        Guest(),
    ],
    ids=["another person", "the same person as a buyer", "the same person for a shop", "a guest"],
)
def test_nobody_else_sees_cancels_or_takes_it(session: Session, other: Actor) -> None:
    task_id = claimed(session)
    service.finish_task(
        session, "w", task_id, at=MONDAY, done=3, result_key="private/x", result_name="x.csv"
    )

    for deed in (queries.task, queries.result_file, service.cancel_task):
        with pytest.raises(NotFound):
            deed(session, other, task_id, at=MONDAY)
    if other.id:
        assert queries.my_tasks(session, other, at=MONDAY) == []


def test_a_member_keeps_to_one_shop(session: Session) -> None:
    of_a = member(id_="per_sam", seller_id="sel_a")
    task_id = ask(session, of_a)

    assert queries.task(session, of_a, task_id, at=MONDAY).id == task_id
    with pytest.raises(NotFound):
        queries.task(session, member(id_="per_sam", seller_id="sel_b"), task_id, at=MONDAY)


def test_a_waiting_task_is_cancelled_at_once(session: Session) -> None:
    task_id = ask(session)
    service.cancel_task(session, SAM, task_id, at=MONDAY)

    assert task(session, task_id).status is TaskStatus.CANCELLED
    assert service.claim_task(session, "w", at=MONDAY) is None


def test_a_running_task_is_cancelled_at_its_next_step(session: Session) -> None:
    task_id = claimed(session)
    service.cancel_task(session, SAM, task_id, at=MONDAY)

    with pytest.raises(TaskCancelled):
        service.report_progress(session, "w", task_id, at=MONDAY, done=1)
    service.end_cancelled(session, "w", task_id, at=MONDAY)
    assert task(session, task_id).status is TaskStatus.CANCELLED
    with pytest.raises(MoveNotAllowed):
        service.cancel_task(session, SAM, task_id, at=MONDAY)


def test_a_dead_workers_task_is_taken_over_and_its_old_worker_shut_out(session: Session) -> None:
    task_id = claimed(session, "dead")
    later = MONDAY + rules.TASK_LEASE

    assert service.claim_task(session, "w", at=later)
    with pytest.raises(LeaseLost):
        service.finish_task(session, "dead", task_id, at=later, done=1)
    with pytest.raises(LeaseLost):
        service.report_progress(session, "dead", task_id, at=later, done=1)
    assert task(session, task_id).status is TaskStatus.RUNNING


def test_a_task_that_kills_its_workers_fails_in_the_end(session: Session) -> None:
    task_id = ask(session)
    at = MONDAY
    for _ in range(rules.TASK_STARTS):
        assert service.claim_task(session, "w", at=at)
        at += rules.TASK_LEASE

    assert service.claim_task(session, "w", at=at) is None
    assert task(session, task_id).status is TaskStatus.FAILED


def test_a_guest_asks_for_nothing_and_nobody_for_too_much(session: Session) -> None:
    with pytest.raises(NotSignedIn):
        ask(session, Guest())
    for _ in range(rules.QUEUE_PER_PERSON):
        ask(session)
    with pytest.raises(rules.TooManyTasks):
        ask(session)
    assert len(session.exec(select(Task)).all()) == rules.QUEUE_PER_PERSON


def test_an_expired_file_is_owed_to_deletion_once(session: Session) -> None:
    task_id = claimed(session)
    service.finish_task(
        session, "w", task_id, at=MONDAY, done=3, result_key="private/x", result_name="x.csv"
    )
    later = MONDAY + rules.RESULT_KEPT

    assert service.forget_results(session, at=later - timedelta(seconds=1)) == 0
    assert service.forget_results(session, at=later) == 1
    assert service.forget_results(session, at=later) == 0
    [message] = session.exec(select(OutboxMessage)).all()
    assert (message.topic, message.payload) == ("storage.delete", {"key": "private/x"})
