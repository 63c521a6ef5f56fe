"""What every test may ask for: a database, a session, a clock that stands still, real servers."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlmodel import Session

from marketplace import db, integrations
from marketplace.kit import clock
from marketplace.settings import Settings, settings
from tests.make import databases, network, servers
from tests.make.moments import MONDAY as MONDAY  # tests ask for it here, beside the fixture
from tests.make.moments import FrozenClock as FrozenClock

if TYPE_CHECKING:
    from tests.make.object_store import ObjectStore

CACHED = (
    settings,
    db.engine,
    integrations.mailer,
    integrations.storage,
    integrations.throttle,
    integrations.sandbox,
    integrations.payments,
)

hypothesis_settings.register_profile(
    "local", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.register_profile(
    "ci", hypothesis_settings.get_profile("local"), derandomize=True
)
hypothesis_settings.load_profile("ci" if servers.IN_CI else "local")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.add_cleanup(lambda run=servers.open_run(): servers.close_run(run))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop that asyncio tests cannot share."""
    items.sort(key=lambda item: "e2e" in Path(item.path).parts)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A lone surrogate in what a test logged would stop the worker that reports it."""
    report = yield
    report.sections = [
        (title, told.encode("utf-8", "backslashreplace").decode())
        for title, told in report.sections
    ]
    return report


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.block(patch)
        yield


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has its own data folder and no setting of the developer's machine."""
    for name in list(os.environ):
        if name.startswith("MARKETPLACE_"):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("MARKETPLACE_ENVIRONMENT", "test")
    monkeypatch.setenv("MARKETPLACE_DATA_DIR", str(tmp_path / "var"))
    _forget()
    yield
    _forget()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A migrated, empty database that `marketplace.db` uses: its URL. Once per kind."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    try:
        if request.param == "sqlite":
            url = databases.sqlite_copy(tmp_path)
        else:
            url = databases.postgresql_emptied(worker)
    except servers.Missing as missing:
        servers.do_without(missing)
    monkeypatch.setenv("MARKETPLACE_DATABASE_URL", url)
    _forget()
    yield url
    db.engine().dispose()
    _forget()


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A session in a transaction that is undone afterwards."""
    with db.transaction() as session:
        yield session
        session.rollback()


@pytest.fixture
def clock_at() -> Iterator[FrozenClock]:
    frozen = FrozenClock()
    with clock.running_on(lambda: frozen.moment):
        yield frozen


@pytest.fixture
def redis_url() -> str:
    """An empty Redis."""
    import redis

    try:
        url = servers.redis()
    except servers.Missing as missing:
        servers.do_without(missing)
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    url = f"{url}/{int(number) % 16}"
    with redis.Redis.from_url(url) as connection:
        connection.flushdb()
    return url


@pytest.fixture(scope="session")
def running_store() -> "Iterator[ObjectStore]":
    """A real S3 API on this machine."""
    from tests.make import object_store  # its libraries take a second, few tests need them

    store, shut_down = object_store.started()
    yield store
    shut_down()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of one downloaded by Playwright."""
    try:
        path = servers.chromium()
    except servers.Missing as missing:
        servers.do_without(missing)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


def _forget() -> None:
    for cached in CACHED:
        cached.cache_clear()
