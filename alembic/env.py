"""How migrations run: on our own engine, in one transaction, one process at a time."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Enum, event, text
from sqlmodel.sql.sqltypes import AutoString

from marketplace import models
from marketplace.db import make_engine
from marketplace.kit import clock
from marketplace.kit.columns import UtcDateTime
from marketplace.settings import settings

MIGRATING = 0x4A495348  # "JISH": the advisory lock of whoever migrates
NAME_LENGTH = 32  # of alembic_version.version_num


def main() -> None:
    engine = make_engine(context.config.attributes.get("url") or settings().database)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _rebuild_tables_freely)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=models.metadata,
            compare_type=True,
            include_name=_is_described,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=_render,
            process_revision_directives=_name_by_date_and_deed,
            transactional_ddl=True,  # SQLite can, too: `make_engine` begins transactions itself
        )
        with context.begin_transaction():
            _wait_for_other_migrations(connection)
            context.run_migrations()
            _check_references(connection)
    engine.dispose()


def _rebuild_tables_freely(connection: Any, _record: object) -> None:
    """Batch changes replace a table; with foreign keys on, dropping the old one empties others."""
    connection.execute("PRAGMA foreign_keys=OFF")


def _wait_for_other_migrations(connection: Connection) -> None:
    """SQLite is locked by BEGIN IMMEDIATE already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"the migration broke references: {broken[:5]}")


def _is_described(name: str | None, kind: str, _parents: object) -> bool:
    """The full-text index differs by database and is a migration's alone."""
    return not (kind == "table" and name is not None and name.startswith("search_words"))


def _render(kind: str, item: Any, _context: object) -> str | bool:
    """Our column types as a reader would write them."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if isinstance(item, AutoString):
        return f"sa.String({item.length})" if item.length else "sa.String()"
    if isinstance(item, Enum):
        values = ", ".join(repr(value) for value in item.enums)
        return (
            f"sa.Enum({values}, name={item.name!r}, native_enum=False, "
            f"create_constraint=True, length={item.length})"
        )
    return False


def _name_by_date_and_deed(_context: object, _revision: object, directives: list[Any]) -> None:
    """`20261122_first_tables`: files sort by age, and a name says what the step does."""
    for script in directives:
        if script.message:
            deed = "_".join(script.message.lower().split())
            script.rev_id = f"{clock.now():%Y%m%d}_{deed}"[:NAME_LENGTH]


main()
