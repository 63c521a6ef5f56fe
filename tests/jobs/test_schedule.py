"""The timer wakes us; leases and slots decide (DESIGN D14, reference/security.md SEC-51)."""

import asyncio
import threading
import time as real_time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.jobs import service
from marketplace.domain.jobs.models import JobRun, RunStatus, Task, TaskStatus
from marketplace.domain.jobs.rules import TIMETABLE, Timing
from marketplace.jobs import schedule, tasks, timetable
from marketplace.jobs.timetable import Job
from marketplace.kit import clock
from marketplace.kit.errors import NotFound
from marketplace.settings import settings
from tests.conftest import MONDAY, FrozenClock
from tests.make.people import person_row, staff

HOURLY = timedelta(hours=1)


class Counted:
    """A job that counts its runs and fails as told."""

    def __init__(self) -> None:
        self.runs = 0
        self.error: BaseException | None = None

    def __call__(self, worker: str) -> Mapping[str, Any]:
        self.runs += 1
        if self.error:
            raise self.error
        return {"n": self.runs}


@pytest.fixture
def work(database: str, clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Counted:
    work = Counted()
    monkeypatch.setattr(schedule, "JOBS", {"j": Job(Timing("j", "A job", HOURLY), work)})
    return work


def runs() -> list[JobRun]:
    return db.call(lambda session: list(session.exec(select(JobRun).order_by("scheduled_for"))))


def test_two_timers_run_a_slot_once(work: Counted, clock_at: FrozenClock) -> None:
    assert schedule.run("j", worker="a") == {"n": 1}
    clock_at.advance(minutes=5)
    assert schedule.run("j", worker="b") is None

    assert [(run.worker, run.status, run.scheduled_for) for run in runs()] == [
        ("a", RunStatus.DONE, MONDAY)
    ]


def test_the_next_slot_runs_again(work: Counted, clock_at: FrozenClock) -> None:
    schedule.run("j", worker="a")
    clock_at.advance(hours=1)
    schedule.run("j", worker="b")

    assert work.runs == 2


def test_eight_timers_at_once_run_it_once(work: Counted) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: schedule.run("j", worker=f"w{number}"), range(8)))

    assert work.runs == 1


def test_a_run_elsewhere_is_not_doubled_by_hand(work: Counted) -> None:
    db.call(service.take_lease, "j", "elsewhere", at=clock.now())

    assert schedule.run("j", worker="a", started_by="per_sam") is None
    assert work.runs == 0


def test_by_hand_a_job_runs_again_in_its_slot(work: Counted, clock_at: FrozenClock) -> None:
    schedule.run("j", worker="a")
    clock_at.advance(seconds=1)
    assert schedule.run("j", worker="a", started_by="per_sam") == {"n": 2}


def test_a_failed_job_is_recorded_and_frees_its_lease(work: Counted, clock_at: FrozenClock) -> None:
    work.error = ZeroDivisionError("no detail in the page")
    with pytest.raises(ZeroDivisionError):
        schedule.run("j", worker="a")

    assert [(run.status, run.error) for run in runs()] == [(RunStatus.FAILED, "ZeroDivisionError")]
    work.error = None
    clock_at.advance(hours=1)
    assert schedule.run("j", worker="b") == {"n": 2}


def test_the_timer_survives_a_failing_job(work: Counted) -> None:
    work.error = ZeroDivisionError()
    schedule._tick("j", "a")

    assert work.runs == 1


def test_a_worker_that_died_is_replaced_when_its_lease_ends(
    work: Counted, clock_at: FrozenClock
) -> None:
    db.call(service.take_lease, "j", "dead", at=clock.now())
    db.call(service.start_run, "j", MONDAY, at=clock.now(), worker="dead")
    clock_at.advance(hours=1)

    assert schedule.run("j", worker="b") == {"n": 1}
    assert [(run.worker, run.status) for run in runs()] == [
        ("dead", RunStatus.FAILED),
        ("b", RunStatus.DONE),
    ]


def test_a_constant_job_leaves_traces_of_work_only(
    work: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([{}, {"sent": 2}, {}, {"sent": 1}])
    timing = Timing("j", "A job", timedelta(seconds=2), is_constant=True)
    job = Job(timing, lambda _worker: next(found))
    monkeypatch.setattr(schedule, "JOBS", {"j": job})
    monkeypatch.setattr(schedule, "_told", {})
    for _ in range(4):
        schedule.run("j", worker="a")

    assert [run.result for run in runs()] == [{"sent": 3}]


def test_run_now_is_a_task_of_who_asked(work: Counted) -> None:
    keeper = staff(Permission.JOBS_MANAGE)
    db.call(person_row, id=keeper.id)
    db.call(service.request_run, keeper, "j", at=clock.now())

    assert tasks.work_tasks("w") == {"done": 1}
    assert [run.started_by for run in runs()] == [keeper.id]
    assert db.call(lambda s: s.exec(select(Task)).one()).status is TaskStatus.DONE


def test_an_unknown_job_is_not_found(work: Counted) -> None:
    with pytest.raises(NotFound):
        schedule.run("nonsense", worker="a")


DAILY = Timing("d", "Daily", daily_at=time(3, 10))
ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-02T03:09", "2026-03-01T03:10"),
        ("2026-03-02T03:10", "2026-03-02T03:10"),
        ("2026-03-02T23:59", "2026-03-02T03:10"),
    ],
)
def test_a_daily_job_is_due_at_its_hour_in_the_markets_zone(at: str, due: str) -> None:
    shanghai = timedelta(hours=8)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) - shanghai

    slot = DAILY.slot(moment, ZONE)
    assert slot == datetime.fromisoformat(due).replace(tzinfo=UTC) - shanghai
    assert DAILY.next_slot(moment, ZONE) == slot + timedelta(days=1)


def test_the_slot_is_the_same_for_every_timer_that_asks() -> None:
    quarter = replace(DAILY, every=timedelta(minutes=15))
    slots = {quarter.slot(MONDAY + timedelta(seconds=s), ZONE) for s in (0, 1, 450, 899)}

    assert slots == {MONDAY}
    assert quarter.next_slot(MONDAY, ZONE) == MONDAY + timedelta(minutes=15)


def test_every_job_of_the_timetable_has_its_work_and_no_other() -> None:
    assert list(timetable.WORK) == list(TIMETABLE)


def test_a_daily_job_keeps_its_hour_when_the_clocks_change() -> None:
    """In Berlin, 29 March 2026 has 23 hours."""
    noon = datetime(2026, 3, 28, 12, tzinfo=UTC)
    moments = [DAILY.next_slot(noon + timedelta(days=days), "Europe/Berlin") for days in range(2)]

    assert [moment.isoformat() for moment in moments] == [
        "2026-03-29T01:10:00+00:00",
        "2026-03-30T01:10:00+00:00",
    ]


def test_the_timer_starts_catches_up_and_stops(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = threading.Event()

    def work(_worker: str) -> Mapping[str, Any]:
        ran.set()
        return {}

    monkeypatch.setattr(schedule, "JOBS", {"j": Job(Timing("j", "A job", HOURLY), work)})
    monkeypatch.setattr(schedule, "CATCH_UP_AFTER", timedelta(0))
    with schedule.running(settings()):
        assert ran.wait(10)
    before = threading.active_count()
    real_time.sleep(0.05)
    assert threading.active_count() <= before
    assert [run.status for run in runs()] == [RunStatus.DONE]


async def test_the_server_runs_the_timer_while_it_lives(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reflex enters only asynchronous context managers; a plain one would never start."""
    ran = threading.Event()

    def work(_worker: str) -> Mapping[str, Any]:
        ran.set()
        return {}

    monkeypatch.setattr(schedule, "JOBS", {"j": Job(Timing("j", "A job", HOURLY), work)})
    monkeypatch.setattr(schedule, "CATCH_UP_AFTER", timedelta(0))
    async with schedule.in_server():
        assert await asyncio.to_thread(ran.wait, 10)
    assert [run.status for run in runs()] == [RunStatus.DONE]


def test_without_jobs_in_the_settings_nothing_starts(database: str) -> None:
    threads = threading.active_count()
    with schedule.running(settings().model_copy(update={"run_jobs": False})):
        assert threading.active_count() == threads
