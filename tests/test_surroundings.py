"""The tests' own surroundings: nothing leaves the machine, time stands still, settings are ours."""

import asyncio
import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import text

from marketplace import db
from marketplace.kit import clock
from marketplace.settings import Environment, settings
from tests.make.moments import MONDAY, FrozenClock
from tests.make.network import NetworkBlocked

OUTSIDE = "192.0.2.1"  # reserved for documentation (RFC 5737): nobody answers there


def test_no_test_reaches_the_outside() -> None:
    with pytest.raises(NetworkBlocked, match=OUTSIDE):
        socket.create_connection((OUTSIDE, 80), timeout=1)


def test_no_test_asks_for_a_name_outside() -> None:
    with pytest.raises(NetworkBlocked, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


async def test_nor_does_the_event_loop() -> None:
    with pytest.raises(NetworkBlocked):
        await asyncio.open_connection(OUTSIDE, 80)


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_time_stands_still_until_moved(clock_at: FrozenClock) -> None:
    assert clock.now() == clock.now() == MONDAY

    clock_at.advance(hours=3)

    assert clock.now() == MONDAY + timedelta(hours=3)


def test_no_setting_of_this_machine_counts(tmp_path: Path) -> None:
    assert settings().environment is Environment.TEST
    assert settings().data_dir == tmp_path / "var"
    ours = {"MARKETPLACE_ENVIRONMENT", "MARKETPLACE_DATA_DIR"}
    assert {name for name in os.environ if name.startswith("MARKETPLACE_")} == ours


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_the_database_empty(database: str, turn: int) -> None:
    insert = (
        "INSERT INTO job_lease (job, holder, until) VALUES ('x', 'x', '2026-03-02 08:00:00+00')"
    )
    with db.engine().begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM job_lease")).scalar() == 0
        connection.execute(text(insert))


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_redis_empty(redis_url: str, turn: int) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0
        connection.set("turn", turn)
