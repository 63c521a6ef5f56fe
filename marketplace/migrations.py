"""The shape of the database: bring it up to date, take it back, ask where it stands."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from marketplace.db import make_engine
from marketplace.settings import settings

ROOT = Path(__file__).parent.parent


def upgrade(url: str = "", to: str = "head") -> None:
    """Bring the database at `url` (default: ours) to revision `to`, in one transaction.

    Several processes may call it at once: they wait for each other.
    """
    if file := _sqlite_file(url):
        file.parent.mkdir(parents=True, exist_ok=True)  # SQLite makes the file, not its folder
    command.upgrade(_config(url), to)


def downgrade(url: str = "", to: str = "-1") -> None:
    """Take the database back to revision `to`; `base` is an empty one."""
    command.downgrade(_config(url), to)


def check(url: str = "") -> None:
    """Raises alembic.util.CommandError if the tables differ from what the models say."""
    command.check(_config(url))


def current(url: str = "") -> str | None:
    """The revision the database is at; None for an empty one."""
    if (file := _sqlite_file(url)) and not file.exists():
        return None
    engine = make_engine(url or settings().database)
    try:
        with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


@cache
def head() -> str:
    """The newest revision this code knows."""
    found = ScriptDirectory.from_config(_config("")).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations beside the code")
    return found


def is_at_head(url: str = "") -> bool:
    return current(url) == head()


def _config(url: str) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


def _sqlite_file(url: str) -> Path | None:
    place = url or settings().database
    return Path(place.removeprefix("sqlite:///")) if place.startswith("sqlite:///") else None
