"""The database, and the only place that opens a transaction (DESIGN D2, D3)."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

import stamina
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, create_engine

from marketplace.kit.errors import OnlyLooking
from marketplace.settings import settings

P = ParamSpec("P")
T = TypeVar("T")

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
)
READING: dict[str, dict[str, Any]] = {
    "sqlite": {"sqlite_begin": "DEFERRED"},
    "postgresql": {"isolation_level": "REPEATABLE READ"},  # one snapshot, as in SQLite
}
SERIALISATION_FAILURE, DEADLOCK = "40001", "40P01"
ATTEMPTS = 5


@cache
def engine() -> Engine:
    return make_engine(settings().database)


def make_engine(url: str) -> Engine:
    """An engine for `url` with this project's rules: SQLite locks before it reads to write."""
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            hide_parameters=True,  # an error's text may be logged, what people typed may not
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            connect_args={"options": "-c timezone=UTC -c statement_timeout=30000"},
        )
    made = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


@contextmanager
def transaction(*, read_only: bool = False) -> Iterator[Session]:
    """Everything inside is saved together when the block ends, or not at all.

    A read-only block sees one snapshot and never waits for a writer.
    """
    options = READING[engine().dialect.name] if read_only else {}
    with (
        engine().connect().execution_options(**options) as connection,
        Session(connection, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session
        if read_only:
            session.rollback()


def call(work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`work(session, ...)` in one transaction, repeated whole when the database asks for it.

    Raises `OnlyLooking` if it is for an actor who only looks, whatever the work would check.
    """
    _refuse_onlookers((*args, *kwargs.values()))
    return _repeated(False, work, *args, **kwargs)


def call_reading(
    work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """`work(session, ...)` on one snapshot; whatever it writes is thrown away."""
    return _repeated(True, work, *args, **kwargs)


async def run(work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`call`, off the event loop.

    The session is closed on return, so `work` hands back rows or ids, not tables.
    """
    return await asyncio.to_thread(lambda: call(work, *args, **kwargs))


async def read(work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`call_reading`, off the event loop."""
    return await asyncio.to_thread(lambda: call_reading(work, *args, **kwargs))


def _repeated(read_only: bool, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    for attempt in stamina.retry_context(
        on=_is_worth_repeating,
        attempts=ATTEMPTS,
        wait_initial=0.02,
        wait_max=0.5,
        wait_jitter=0.05,
        timeout=20,
    ):
        with attempt, transaction(read_only=read_only) as session:
            return work(session, *args, **kwargs)
    raise AssertionError("unreachable: the retry context returns or raises")


def _refuse_onlookers(given: Iterable[object]) -> None:
    for one in given:
        several = one if isinstance(one, list | tuple) else (one,)
        if any(getattr(each, "only_looks", False) for each in several):
            raise OnlyLooking


def _is_worth_repeating(error: Exception) -> bool:
    """A serialisation failure, a deadlock or a busy file: the same work may pass next time."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.OperationalError):
        return error.orig.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return getattr(error.orig, "sqlstate", None) in (SERIALISATION_FAILURE, DEADLOCK)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see below
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """`BEGIN IMMEDIATE` unless read-only: a snapshot cannot be upgraded to a write later
    (reference/money.md 5.1), and without the lock two buyers get the last piece."""
    how = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {how}")
