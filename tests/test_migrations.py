"""The migrations: up, down and up again on both databases, and what they build is what we say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, inspect, text
from sqlalchemy.exc import DBAPIError

from marketplace import db, migrations, models
from tests.make import databases

APPEND_ONLY = ("audit_entry",)
FILES = sorted(Path("alembic/versions").glob("*.py"))
ENTRY = (
    "INSERT INTO audit_entry (seq, id, at, actor_kind, actor_id, actor_name, seller_id, action,"
    " object_kind, object_id, before, after, ip, request_id, seal) VALUES"
    " (1, 'aud_1', '2026-03-02 08:00:00+00:00', 'staff', 'per_1', 'Lin', '', 'a.b', 'person',"
    " 'per_2', '{}', '{}', '', '', 'x')"
)


OWN_FUNCTIONS = (
    "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
    " WHERE n.nspname = 'public'"
)


@pytest.fixture
def spare(database: str) -> Iterator[str]:
    """A database that a failing test may leave at any revision."""
    yield database
    migrations.upgrade(database)


def test_migrations_go_up_and_down_and_up_again(spare: str) -> None:
    migrations.downgrade(spare, "base")
    assert migrations.current(spare) is None
    assert inspect(db.engine()).get_table_names() == ["alembic_version"]

    migrations.upgrade(spare)
    assert migrations.is_at_head(spare)


def test_taking_everything_back_leaves_no_function_behind(spare: str) -> None:
    migrations.downgrade(spare, "base")

    if spare.startswith("postgresql"):
        with db.engine().connect() as connection:
            assert connection.execute(text(OWN_FUNCTIONS)).all() == []


def test_autogenerate_finds_nothing_to_do(database: str) -> None:
    migrations.check(database)


def test_upgrading_twice_does_nothing_twice(database: str) -> None:
    migrations.upgrade(database)

    assert migrations.current(database) == migrations.head()


def test_an_empty_database_is_at_no_revision_and_no_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"

    assert migrations.current(f"sqlite:///{file}") is None
    assert not file.exists()


@pytest.fixture
def from_models(database: str, tmp_path: Path) -> Iterator[Engine]:
    """The same kind of database, built by the models instead of the migrations."""
    if database.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'models.sqlite3'}"
    else:
        url = databases.create_postgresql(f"{database.rpartition('/')[2]}_models")
    engine = db.make_engine(url)
    models.metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_migrations_build_exactly_what_the_models_say(from_models: Engine) -> None:
    """Checks, defaults and partial indexes included, which autogenerate does not compare."""
    built, said = inspect(db.engine()), inspect(from_models)

    for table in said.get_table_names():
        assert _shape(built, table) == _shape(said, table), table


def _shape(inspector: Inspector, table: str) -> dict[str, Any]:
    def by_name(things: list[Any]) -> list[Any]:
        return sorted(things, key=lambda thing: str(thing["name"]))

    return {
        "columns": by_name([{**c, "type": str(c["type"])} for c in inspector.get_columns(table)]),
        "key": inspector.get_pk_constraint(table),
        "references": by_name(inspector.get_foreign_keys(table)),
        "unique": by_name(inspector.get_unique_constraints(table)),
        "indexes": [
            {**i, "dialect_options": {k: str(v) for k, v in i.get("dialect_options", {}).items()}}
            for i in by_name(inspector.get_indexes(table))
        ],
        "checks": by_name(inspector.get_check_constraints(table)),
    }


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_entry SET actor_id = 'per_9'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE" + ENTRY.removeprefix("INSERT"),
        "TRUNCATE audit_entry",
    ],
    ids=["update", "delete", "replace", "truncate"],
)
def test_the_database_itself_refuses_to_change_the_audit_log(database: str, deed: str) -> None:
    is_sqlite = database.startswith("sqlite")
    if deed.startswith("TRUNCATE" if is_sqlite else "INSERT OR"):
        pytest.skip("this database has no such statement")
    with db.engine().begin() as connection:
        connection.execute(text(ENTRY))

    with pytest.raises(DBAPIError, match="append-only"), db.engine().begin() as connection:
        connection.execute(text(deed))

    with db.engine().connect() as connection:
        rows = connection.execute(text("SELECT seq, actor_id FROM audit_entry")).all()
    assert [tuple(row) for row in rows] == [(1, "per_1")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_migration_rebuilds_an_append_only_table(path: Path) -> None:
    """SQLite forgets triggers when a batch change replaces the table."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "batch_alter_table":
            assert ast.literal_eval(node.args[0]) not in APPEND_ONLY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_migration_is_named_by_date_and_deed(path: Path) -> None:
    date, _, deed = path.stem.partition("_")

    assert re.fullmatch(r"\d{8}", date)
    assert deed
    assert f'revision = "{path.stem}"' in path.read_text()
