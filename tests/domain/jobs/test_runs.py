"""A timed job runs once per slot, by one worker (reference/security.md SEC-51)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.jobs import queries, rules, service
from marketplace.domain.jobs.models import JobRun, RunStatus, Task
from marketplace.kit.errors import NotAllowed
from marketplace.kit.paging import ListQuery
from tests.conftest import MONDAY
from tests.make.people import person_row, staff

KEEPER = staff(Permission.JOBS_READ, Permission.JOBS_MANAGE)


def test_one_holder_at_a_time(session: Session) -> None:
    assert service.take_lease(session, "j", "a", at=MONDAY)
    assert not service.take_lease(session, "j", "b", at=MONDAY)
    assert service.take_lease(session, "other", "b", at=MONDAY)


def test_the_holder_renews_its_lease(session: Session) -> None:
    service.take_lease(session, "j", "a", at=MONDAY)
    assert service.take_lease(session, "j", "a", at=MONDAY + timedelta(minutes=9))
    assert not service.take_lease(session, "j", "b", at=MONDAY + timedelta(minutes=18))


def test_a_lease_ends_by_itself_and_when_given_back(session: Session) -> None:
    service.take_lease(session, "j", "a", at=MONDAY)
    assert service.take_lease(session, "j", "b", at=MONDAY + rules.JOB_LEASE)
    service.release_lease(session, "j", "b", at=MONDAY + rules.JOB_LEASE)
    assert service.take_lease(session, "j", "c", at=MONDAY + rules.JOB_LEASE)


def test_somebody_elses_lease_cannot_be_given_back(session: Session) -> None:
    service.take_lease(session, "j", "a", at=MONDAY)
    service.release_lease(session, "j", "b", at=MONDAY)
    assert not service.take_lease(session, "j", "b", at=MONDAY)


def test_of_many_workers_at_once_one_gets_the_lease(database: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(
            pool.map(lambda n: db.call(service.take_lease, "j", f"w{n}", at=MONDAY), range(16))
        )

    assert taken.count(True) == 1


def test_a_slot_is_started_once(session: Session) -> None:
    first = service.start_run(session, "j", MONDAY, at=MONDAY, worker="a")
    assert first is not None
    assert service.start_run(session, "j", MONDAY, at=MONDAY, worker="b") is None
    assert service.start_run(session, "k", MONDAY, at=MONDAY, worker="b") is not None


def test_a_run_keeps_its_result_and_duration(session: Session) -> None:
    run_id = service.start_run(session, "j", MONDAY, at=MONDAY, worker="a")
    assert run_id
    service.finish_run(session, run_id, at=MONDAY + timedelta(seconds=2), result={"sent": 3})

    run = queries.last_runs(session, KEEPER)["j"]
    assert (run.status, run.milliseconds, run.result) == (RunStatus.DONE, 2000, "sent 3")
    assert queries.last_result(session, "j") == (MONDAY + timedelta(seconds=2), {"sent": 3})


def test_a_failed_run_says_why(session: Session) -> None:
    run_id = service.start_run(session, "j", MONDAY, at=MONDAY, worker="a")
    assert run_id
    service.finish_run(session, run_id, at=MONDAY, error="ZeroDivisionError")

    assert queries.last_runs(session, KEEPER)["j"].status is RunStatus.FAILED
    assert queries.last_result(session, "j") is None


def test_a_run_left_open_by_a_dead_worker_is_closed_by_the_next(session: Session) -> None:
    service.start_run(session, "j", MONDAY, at=MONDAY, worker="dead")
    service.start_run(
        session, "j", MONDAY + timedelta(hours=1), at=MONDAY + timedelta(hours=1), worker="b"
    )

    runs = session.exec(select(JobRun).order_by("scheduled_for")).all()
    assert [(run.worker, run.status) for run in runs] == [
        ("dead", RunStatus.FAILED),
        ("b", RunStatus.RUNNING),
    ]


def test_a_constant_job_leaves_one_row_per_hour(session: Session) -> None:
    for minute in (1, 2, 59, 61):
        at = MONDAY + timedelta(minutes=minute)
        service.tally(session, "j", began=at, at=at, worker="a", counts={"sent": minute})

    runs = session.exec(select(JobRun).order_by("scheduled_for")).all()
    assert [run.result for run in runs] == [{"sent": 62}, {"sent": 61}]


def test_only_permitted_staff_see_and_start_jobs(session: Session) -> None:
    person_row(session, id="per_staff")
    for ask in (queries.list_runs, queries.last_runs):
        with pytest.raises(NotAllowed):
            ask(session, staff(), *([ListQuery()] if ask is queries.list_runs else []))
    with pytest.raises(NotAllowed):
        service.request_run(session, staff(Permission.JOBS_READ), "j", at=MONDAY)
    assert session.exec(select(Task)).all() == []


def test_old_runs_are_forgotten(session: Session) -> None:
    run_id = service.start_run(session, "j", MONDAY, at=MONDAY, worker="a")
    assert run_id
    assert service.forget_old_runs(session, at=MONDAY + timedelta(days=31)) == 0  # still open
    service.finish_run(session, run_id, at=MONDAY)
    assert service.forget_old_runs(session, at=MONDAY + timedelta(days=31)) == 1
