"""What machines ask, and what they are told when a part is missing."""

import httpx
import pytest
from starlette.applications import Starlette

from marketplace.http import health
from marketplace.kit.version import VERSION
from marketplace.settings import settings

HERE, ELSEWHERE = "127.0.0.1", "203.0.113.7"

pytestmark = pytest.mark.usefixtures("database")


async def get(path: str, address: str = HERE, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=health.routes), client=(address, 50000))
    async with httpx.AsyncClient(transport=transport, base_url="http://jishi.test") as client:
        return await client.get(path, headers=headers)


async def test_a_live_process_says_so() -> None:
    assert (await get("/livez")).json() == {"alive": True}


async def test_with_every_part_there_it_is_ready() -> None:
    answer = await get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "storage": True,
        "redis": True,
    }


@pytest.mark.parametrize("part", ["database", "migrations", "storage", "redis"])
async def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    def broken() -> bool:
        raise OSError("password=hunter2")

    monkeypatch.setitem(health.PARTS, part, broken)
    answer = await get("/readyz")

    assert answer.status_code == 503
    assert [name for name, is_there in answer.json().items() if not is_there] == ["ready", part]
    assert "hunter2" not in answer.text


async def test_a_redis_that_is_gone_makes_it_unready(monkeypatch: pytest.MonkeyPatch) -> None:
    from marketplace import integrations

    monkeypatch.setenv("MARKETPLACE_REDIS_URL", "redis://127.0.0.1:1/0")
    settings.cache_clear()
    integrations.throttle.cache_clear()

    assert (await get("/readyz")).json()["redis"] is False
    assert (await get("/livez")).status_code == 200


async def test_a_database_behind_the_code_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    from marketplace import migrations

    monkeypatch.setattr(migrations, "head", lambda: "another")
    assert (await get("/readyz")).json()["migrations"] is False


async def test_the_version_is_told() -> None:
    assert (await get("/version")).json() == {"name": "jishi", "version": VERSION}


async def test_metrics_are_for_this_machine() -> None:
    answer = await get("/metrics")

    assert answer.status_code == 200
    assert "jishi_outbox_late 0.0" in answer.text


async def test_metrics_are_not_for_the_world() -> None:
    assert (await get("/metrics", ELSEWHERE)).status_code == 404
    assert (await get("/metrics", HERE, **{"X-Forwarded-For": "127.0.0.1"})).status_code == 404


async def test_metrics_elsewhere_need_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_METRICS_TOKEN", "m" * 32)
    settings.cache_clear()

    assert (await get("/metrics", ELSEWHERE, Authorization="Bearer " + "m" * 32)).status_code == 200
    assert (await get("/metrics", ELSEWHERE, Authorization="Bearer x")).status_code == 404
    assert (await get("/metrics", HERE)).status_code == 404
