"""Transactions: whole or not at all, repeated when the database asks, never on the event loop."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Field, Session, SQLModel, col, select

from marketplace import db
from marketplace.domain.jobs.models import JobLease, Task, TaskStatus
from marketplace.kit.errors import NotFound

LATER = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Shelf(SQLModel, table=True):
    """What is left of one thing; a table of these tests only."""

    __tablename__ = "shelf_of_the_tests"
    metadata = SQLModel.metadata.__class__()

    id: int = Field(primary_key=True)
    left: int


@pytest.fixture
def shelf(database: str) -> Iterator[None]:
    Shelf.metadata.create_all(db.engine())
    with db.transaction() as session:
        session.add(Shelf(id=1, left=1))
    yield
    Shelf.metadata.drop_all(db.engine())


def lease(session: Session, job: str) -> None:
    session.add(JobLease(job=job, holder="test", until=LATER))
    session.flush()


def jobs() -> list[str]:
    return db.call_reading(lambda session: sorted(session.exec(select(JobLease.job))))


def busy() -> OperationalError:
    orig = sqlite3.OperationalError("database is locked")
    orig.sqlite_errorcode, orig.sqlite_errorname = 5, "SQLITE_BUSY"
    return OperationalError("COMMIT", {}, orig)


class Refused(Exception):
    """As psycopg reports a conflict between transactions."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate
        super().__init__(sqlstate)


def refused(sqlstate: str) -> Callable[[], OperationalError]:
    return lambda: OperationalError("COMMIT", {}, Refused(sqlstate))


@pytest.mark.parametrize(
    "fault", [busy, refused("40001"), refused("40P01")], ids=["busy", "40001", "40P01"]
)
def test_a_conflict_repeats_the_whole_transaction(
    database: str, fault: Callable[[], Exception]
) -> None:
    tries: list[int] = []

    def work(session: Session) -> int:
        lease(session, f"try-{len(tries)}")
        tries.append(1)
        if len(tries) < 3:
            raise fault()
        return len(tries)

    assert db.call(work) == 3
    assert jobs() == ["try-2"]  # what the failed tries wrote is gone


def test_a_conflict_that_never_ends_is_told_after_five_tries(database: str) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        raise busy()

    with pytest.raises(OperationalError):
        db.call(work)
    assert len(tries) == db.ATTEMPTS


@pytest.mark.parametrize("error", [NotFound(), ValueError("a fault"), refused("23505")()], ids=repr)
def test_any_other_error_is_not_repeated_and_saves_nothing(database: str, error: Exception) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        lease(session, "never")
        raise error

    with pytest.raises(type(error)):
        db.call(work)
    assert len(tries) == 1
    assert jobs() == []


def test_a_real_busy_file_is_waited_for_and_then_written(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("only SQLite locks the whole file")
    monkeypatch.setattr(db, "PRAGMAS", (*db.PRAGMAS, "busy_timeout=10"))
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    tries: list[int] = []
    real = db._begin_sqlite

    def counted(connection: Any) -> None:
        tries.append(1)
        if len(tries) == 3:
            other.execute("ROLLBACK")
        real(connection)

    monkeypatch.setattr(db, "_begin_sqlite", counted)
    db.engine.cache_clear()

    db.call(lease, "waited")

    assert len(tries) == 3
    other.close()
    assert jobs() == ["waited"]


def test_two_real_serialisation_failures_end_in_one_write_each(database: str) -> None:
    if not database.startswith("postgresql"):
        pytest.skip("SQLite has one writer at a time")
    together = threading.Barrier(2)
    firsts: list[str] = []

    def count_and_add(session: Session, name: str) -> None:
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        many = session.exec(select(func.count()).select_from(JobLease)).one()
        if name not in firsts:
            firsts.append(name)
            together.wait(10)
        lease(session, f"{name}-saw-{many}")

    run_together(lambda name: db.call(count_and_add, name), ["a", "b"])

    assert len(jobs()) == 2
    assert sum(job.endswith("saw-1") for job in jobs()) == 1


def test_what_a_reader_writes_is_thrown_away(database: str) -> None:
    db.call_reading(lease, "written by a reader")

    assert jobs() == []


def test_a_reader_does_not_wait_for_a_writer(database: str) -> None:
    with db.transaction() as session:
        lease(session, "not committed yet")

        assert jobs() == []


def test_a_writer_has_the_lock_before_it_looks(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BEGIN IMMEDIATE: a second writer waits at its first look, not at its first write."""
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL locks rows")
    monkeypatch.setattr(db, "PRAGMAS", (*db.PRAGMAS, "busy_timeout=10"))
    db.engine.cache_clear()

    with db.transaction() as first:
        first.exec(select(JobLease)).all()

        with pytest.raises(OperationalError, match="locked"), db.transaction() as second:
            second.exec(select(JobLease)).all()


def buy(session: Session) -> bool:
    """Look, then take: right only if nobody else can take in between."""
    found = session.exec(select(Shelf).where(Shelf.id == 1).with_for_update()).one()
    if found.left < 1:
        return False
    session.exec(update(Shelf).where(col(Shelf.id) == 1).values(left=found.left - 1))
    return True


def test_of_two_buyers_at_once_one_gets_the_last_piece(shelf: None) -> None:
    assert sorted(run_together(lambda _: db.call(buy), range(8))) == [False] * 7 + [True]

    assert db.call_reading(lambda session: session.get_one(Shelf, 1).left) == 0


def test_without_the_lock_at_begin_the_look_is_out_of_date(
    shelf: None, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with BEGIN DEFERRED two buyers read before either writes, and the
    second cannot write any more; only IMMEDIATE lets both through in order without a retry."""
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL locks the row it reads")
    first, second = connect(db.engine(), "DEFERRED"), connect(db.engine(), "DEFERRED")
    assert left_on(first) == left_on(second) == 1  # both have seen the last piece
    first.exec(update(Shelf).values(left=0))
    first.connection().connection.commit()  # the driver's, as the two sessions share no transaction

    with pytest.raises(OperationalError, match="locked"):
        second.exec(update(Shelf).values(left=0))

    for session in (first, second):
        session.connection().invalidate()
        session.close()


def connect(engine: Engine, begin: str) -> Session:
    return Session(engine.connect().execution_options(sqlite_begin=begin))


def left_on(session: Session) -> int:
    return session.get_one(Shelf, 1).left


def run_together(work: Callable[[Any], Any], each: Any) -> list[Any]:
    """`work` once per item, each in its own thread, started at one moment."""
    items = list(each)
    gate = threading.Barrier(len(items))
    answers: list[Any] = []

    def go(item: Any) -> None:
        gate.wait(10)
        answers.append(work(item))

    threads = [threading.Thread(target=go, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


async def test_the_event_loop_goes_on_while_a_transaction_waits(database: str) -> None:
    """Without a clock: the transaction ends only after the loop has run something else."""
    went_on = threading.Event()

    def work(session: Session) -> bool:
        lease(session, "slow")
        return went_on.wait(10)

    running = asyncio.create_task(db.run(work))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(went_on.set)

    assert await running is True
    assert await db.read(lambda session: list(session.exec(select(JobLease.job)))) == ["slow"]


async def test_arguments_reach_the_work(database: str) -> None:
    def work(session: Session, one: int, *, two: int) -> tuple[int, int]:
        return one, two

    assert await db.run(work, 1, two=2) == (1, 2)
    assert await db.read(work, 3, two=4) == (3, 4)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("recursive_triggers", 1)],
)
def test_sqlite_runs_by_our_rules(tmp_path: Path, pragma: str, value: object) -> None:
    engine = db.make_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


def test_a_row_needs_the_person_it_names(database: str) -> None:
    """Foreign keys hold on both databases."""

    def work(session: Session) -> None:
        task = Task(
            id="tsk_1", kind="x", title="x", owner_id="per_nobody", audience="staff",
            status=TaskStatus.QUEUED, created_at=LATER,
        )  # fmt: skip
        session.add(task)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        db.call(work)
