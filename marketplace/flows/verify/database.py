"""Invariants of the database itself: references, legal values, moments (INV-20)."""

from datetime import timedelta

from sqlalchemy import Column, Enum, Table, select, text
from sqlmodel import Session, SQLModel

from marketplace.flows.verify.kinds import Invariant, Moment, Offender
from marketplace.kit.columns import UtcDateTime
from marketplace.kit.languages import N_

CLOCKS_DIFFER_BY = timedelta(seconds=5)
MAY_LIE_AHEAD = frozenset(
    {
        "due_at",
        "until",
        "leased_until",
        "expires_at",
        "result_until",
        "again_from",
        "appeal_until",
        "paused_from",
        "paused_until",
    }
)
AT_MOST = 50


def broken_references(session: Session, _moment: Moment) -> list[Offender]:
    """SQLite is asked outright; PostgreSQL keeps them itself unless a constraint is not valid."""
    if session.get_bind().dialect.name == "sqlite":
        rows = session.connection().execute(text("PRAGMA foreign_key_check")).all()
        return [
            Offender(str(row[0]), str(row[1]), f"points to a missing {row[2]}")
            for row in rows[:AT_MOST]
        ]
    rows = (
        session.connection()
        .execute(
            text(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated"
            )
        )
        .all()
    )
    return [Offender(str(table), str(name), "constraint not validated") for table, name in rows]


def broken_pages(session: Session, _moment: Moment) -> list[Offender]:
    """Damage in the file; PostgreSQL has its own checksums for that."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    rows = session.connection().execute(text("PRAGMA quick_check(10)")).scalars().all()
    return [Offender("database", "quick_check", str(row)) for row in rows if row != "ok"]


def illegal_values(session: Session, _moment: Moment) -> list[Offender]:
    return [
        offender
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
        for offender in _rows_where(
            session, table, column.not_in(column.type.enums), f"{column.name} is no known value"
        )
    ]


def moments_ahead(session: Session, moment: Moment) -> list[Offender]:
    latest = moment.at + CLOCKS_DIFFER_BY
    return [
        offender
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, UtcDateTime) and column.name not in MAY_LIE_AHEAD
        for offender in _rows_where(session, table, column > latest, f"{column.name} lies ahead")
    ]


def _rows_where(session: Session, table: Table, condition: object, detail: str) -> list[Offender]:
    keys: list[Column[object]] = list(table.primary_key.columns)
    statement = select(*keys).where(condition).limit(AT_MOST)  # type: ignore[arg-type]
    return [
        Offender(table.name, "/".join(str(part) for part in row), detail)
        for row in session.connection().execute(statement)
    ]


INVARIANTS = (
    Invariant("INV-20a", N_("Every reference points to something"), broken_references),
    Invariant("INV-20b", N_("The database file is undamaged"), broken_pages),
    Invariant("INV-20c", N_("Every status is one we know"), illegal_values),
    Invariant("INV-20d", N_("Nothing happened in the future"), moments_ahead),
)
