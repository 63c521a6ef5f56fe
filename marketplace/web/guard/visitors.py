"""From the cookie of a socket to a visitor, looked up at most once in five seconds."""

import time
from dataclasses import dataclass
from datetime import datetime
from http.cookies import CookieError, SimpleCookie

from marketplace import db
from marketplace.flows.recognise import Visitor, is_presence_due, note_presence, recognise
from marketplace.kit import clock
from marketplace.kit.tokens import hash_token
from marketplace.settings import settings

FRESH_SECONDS = 5  # a revoked right is gone from open pages within this time (SEC-07)
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class _Kept:
    visitor: Visitor
    until: float


_kept: dict[str, _Kept] = {}


async def visitor_for(cookie: str, *, ip: str = "", request_id: str = "") -> Visitor:
    """Who the session cookie stands for, at most `FRESH_SECONDS` ago."""
    key = hash_token(cookie)
    kept = _kept.get(key)
    if kept and time.monotonic() < kept.until:
        return kept.visitor
    at = clock.now()
    visitor = await db.read(recognise, cookie, at=at, ip=ip, request_id=request_id)
    if is_presence_due(visitor, at=at):
        await db.run(note_presence, visitor, at=at)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = _Kept(visitor, time.monotonic() + _fresh_seconds(visitor, at))
    return visitor


def _fresh_seconds(visitor: Visitor, at: datetime) -> float:
    """Not beyond the moment at which looking at a shop is over."""
    if visitor.viewing is None:
        return FRESH_SECONDS
    return min(FRESH_SECONDS, (visitor.viewing.until - at).total_seconds())


def forget(cookie: str) -> None:
    """Look this cookie up anew: its socket has just connected, or its rights have just changed."""
    _kept.pop(hash_token(cookie), None)


def forget_everybody() -> None:
    """For tests and for anything that changes many people's rights at once."""
    _kept.clear()


def session_cookie(header: str) -> str:
    """Our cookie's value in a `Cookie` header; empty if it is not there."""
    try:
        morsel = SimpleCookie(header).get(settings().session_cookie)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
