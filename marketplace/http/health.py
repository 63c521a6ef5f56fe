"""What machines ask: are you alive, are you ready, how are you, who are you."""

import asyncio
import ipaddress
from collections.abc import Callable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy import text
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db, migrations
from marketplace.domain.outbox import queries as outbox
from marketplace.integrations import storage, throttle
from marketplace.kit import clock
from marketplace.kit.tokens import is_same
from marketplace.kit.version import VERSION
from marketplace.settings import settings

ANSWER_WITHIN = 5  # seconds for each part to answer `/readyz`
NEVER_STORED = {"Cache-Control": "no-store"}

log = structlog.get_logger("http.health")
LATE = Gauge("jishi_outbox_late", "Effects waiting over fifteen minutes past due")
DEAD = Gauge("jishi_outbox_dead", "Effects given up and not yet looked at")


async def livez(request: Request) -> Response:
    """This process answers. Asks nothing of anybody else, so that an outage kills no process."""
    return JSONResponse({"alive": True}, headers=NEVER_STORED)


async def readyz(request: Request) -> Response:
    """Whether to send people here: 200, or 503 naming the part that is missing."""
    answers = await asyncio.gather(*(_asked(name, part) for name, part in PARTS.items()))
    parts = dict(zip(PARTS, answers, strict=True))
    is_ready = all(parts.values())
    return JSONResponse(
        {"ready": is_ready, **parts}, status_code=200 if is_ready else 503, headers=NEVER_STORED
    )


async def metrics(request: Request) -> Response:
    """For Prometheus on this machine, or elsewhere with the token of the settings; else 404."""
    if not _may_see_metrics(request):
        return PlainTextResponse("Not Found", status_code=404)
    await db.read(_measure_outbox)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=NEVER_STORED)


async def version(request: Request) -> Response:
    return JSONResponse({"name": "jishi", "version": VERSION}, headers=NEVER_STORED)


routes: list[BaseRoute] = [
    Route("/livez", livez),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
    Route("/version", version),
]


def _database() -> bool:
    return db.call_reading(_answers)


def _answers(session: Session) -> bool:
    return session.connection().execute(text("SELECT 1")).scalar() == 1


def _files() -> bool:
    return storage().is_ready()


def _redis() -> bool:
    return throttle().is_shared()


PARTS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": migrations.is_at_head,
    "storage": _files,
    "redis": _redis,
}
"""Each is asked in a thread of its own; what raises or is silent for long is not ready."""


async def _asked(name: str, part: Callable[[], bool]) -> bool:
    try:
        return await asyncio.wait_for(asyncio.to_thread(part), ANSWER_WITHIN)
    except Exception as broken:  # noqa: BLE001  whatever is wrong, it is not ready
        log.warning("readyz.part_missing", part=name, error=type(broken).__name__)
        return False


def _may_see_metrics(request: Request) -> bool:
    """Never by a forwarded address: a proxy on this machine speaks for the whole world."""
    token = settings().metrics_token.get_secret_value()
    if token:
        return is_same(request.headers.get("authorization", ""), f"Bearer {token}")
    if request.headers.get("x-forwarded-for") or request.headers.get("forwarded"):
        return False
    return _is_loopback(request.client.host if request.client else "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _measure_outbox(session: Session) -> None:
    LATE.set(len(outbox.late_messages(session, at=clock.now(), limit=1000)))
    DEAD.set(len(outbox.dead_messages(session, limit=1000)))
