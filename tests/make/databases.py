"""Databases for tests: built once by the migrations, then copied, then emptied between tests."""

import os
import shutil
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from marketplace import migrations
from tests.make import servers

TEMPLATE = "jishi_template"
EMPTY_ALL = """
DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT tablename FROM pg_tables
           WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', t.tablename);
  END LOOP;
END $$
"""


def sqlite_copy(folder: Path) -> str:
    """A fresh migrated SQLite file in `folder`."""
    file = folder / "jishi.sqlite3"
    shutil.copyfile(_sqlite_template(), file)
    return f"sqlite:///{file}"


def postgresql_emptied(worker: str) -> str:
    """This worker's own migrated database, with every table empty."""
    url = _postgresql_database(worker)
    with psycopg.connect(url, autocommit=False) as connection:
        # As `replica`, neither the append-only triggers nor the order of foreign keys stand in
        # the way; only a superuser can say so.
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL lock_timeout = '10s'")
        connection.execute(EMPTY_ALL)
    return url


def create_postgresql(name: str, template: str = "template0") -> str:
    """A database `name` of the run's cluster, replaced if it is there. Returns its URL."""
    cluster = servers.postgresql()
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{cluster}/{name}"


@cache
def _sqlite_template() -> Path:
    run = Path(os.environ[servers.RUN])
    file = run / f"template-{os.getpid()}.sqlite3"
    migrations.upgrade(f"sqlite:///{file}")
    return file


@cache
def _postgresql_database(worker: str) -> str:
    servers.postgresql()
    run = Path(os.environ[servers.RUN])
    with servers.one_at_a_time(run / "template.lock"):
        if not (run / "template.ready").exists():
            migrations.upgrade(create_postgresql(TEMPLATE))
            (run / "template.ready").touch()
        return create_postgresql(f"jishi_{worker}", TEMPLATE)
