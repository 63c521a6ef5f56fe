"""Counting tries: exact, shared through Redis, and never open when Redis is gone (SEC-16)."""

import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine

from marketplace.integrations.throttle import Throttle
from tests.conftest import MONDAY
from tests.make import servers

LIMIT = "6/minute"


@pytest.fixture(params=["memory", "redis"])
def throttle(request: pytest.FixtureRequest) -> Throttle:
    return Throttle("" if request.param == "memory" else request.getfixturevalue("redis_url"))


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Redis of this test's own, so that stopping it disturbs nobody."""
    port = servers.free_port()
    command = [
        "redis-server",
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        servers.do_without(servers.Missing("redis-server is not installed"))
    url = f"redis://127.0.0.1:{port}/0"
    waiting = threading.Event()
    for _ in range(100):
        if Throttle(url).is_shared():
            break
        waiting.wait(0.05)
    yield url, process
    process.kill()
    process.wait()


def hits(throttle: Throttle, count: int, *who: str) -> list[bool]:
    return [throttle.hit(LIMIT, *who) == 0 for _ in range(count)]


def test_the_seventh_try_of_six_is_refused_and_told_how_long(throttle: Throttle) -> None:
    assert hits(throttle, 7, "ada") == [True] * 6 + [False]
    assert 1 <= throttle.hit(LIMIT, "ada") <= 60


def test_another_person_is_not_affected(throttle: Throttle) -> None:
    hits(throttle, 7, "ada", "203.0.113.7")

    assert throttle.hit(LIMIT, "bob", "203.0.113.7") == 0


def test_names_do_not_run_together(throttle: Throttle) -> None:
    hits(throttle, 6, "a/b", "c")

    assert throttle.hit(LIMIT, "a", "b/c") == 0


def test_a_success_forgets_the_tries(throttle: Throttle) -> None:
    hits(throttle, 6, "ada")
    throttle.reset(LIMIT, "ada")

    assert throttle.hit(LIMIT, "ada") == 0


def test_of_several_limits_the_strictest_counts(throttle: Throttle) -> None:
    assert [throttle.hit("100/minute;2/hour", "ada") == 0 for _ in range(3)] == [True, True, False]


def test_the_window_moves() -> None:
    throttle = Throttle()
    with time_machine.travel(MONDAY, tick=False) as travel:
        hits(throttle, 6, "ada")
        travel.shift(59)
        assert throttle.hit(LIMIT, "ada") > 0
        travel.shift(2)
        assert throttle.hit(LIMIT, "ada") == 0


def test_threads_at_once_pass_exactly_as_many_as_allowed(throttle: Throttle) -> None:
    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(lambda _: throttle.hit(LIMIT, "ada") == 0, range(40)))

    assert passed.count(True) == 6


def test_processes_share_one_count_through_redis(redis_url: str) -> None:
    one, other = Throttle(redis_url), Throttle(redis_url)

    assert hits(one, 3, "ada") + hits(other, 4, "ada") == [True] * 6 + [False]


def test_no_address_lies_about_in_redis(redis_url: str) -> None:
    import redis

    Throttle(redis_url).hit(LIMIT, "ada@example.com", "203.0.113.7")
    with redis.Redis.from_url(redis_url) as connection:
        keys = b" ".join(connection.keys())
    assert keys and b"ada" not in keys and b"203" not in keys


def test_when_redis_dies_mid_way_half_the_rate_holds(
    own_redis: tuple[str, "subprocess.Popen[bytes]"],
) -> None:
    url, process = own_redis
    throttle = Throttle(url)
    assert throttle.hit(LIMIT, "ada") == 0  # one of six, and one of three here
    process.kill()
    process.wait()

    assert hits(throttle, 50, "ada") == [True, True] + [False] * 48
    assert hits(throttle, 50, "bob") == [True] * 3 + [False] * 47
    assert not throttle.is_shared()


def test_who_was_refused_stays_refused_when_redis_dies(
    own_redis: tuple[str, "subprocess.Popen[bytes]"],
) -> None:
    url, process = own_redis
    throttle = Throttle(url)
    hits(throttle, 7, "ada")
    process.kill()
    process.wait()

    assert hits(throttle, 20, "ada") == [False] * 20


def test_a_redis_that_never_was_is_not_open() -> None:
    throttle = Throttle(f"redis://127.0.0.1:{servers.free_port()}/0")

    assert hits(throttle, 5, "ada") == [True] * 3 + [False] * 2
