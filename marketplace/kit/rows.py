"""One statement SQLAlchemy spells differently per database: insert unless it is there already."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_if_absent(session: Session, table: type[SQLModel], **values: Any) -> bool:
    """Insert one row; False if any unique key of it is taken already.

    A race between two writers ends with one row and no error, which a look before the
    insert cannot promise.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    key = inspect(table).primary_key[0]
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return session.exec(statement).first() is not None  # psycopg's row count says -1 here
