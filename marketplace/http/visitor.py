"""Who sent this request: the session cookie read, checked and, after signing in, written."""

from dataclasses import replace

from starlette.requests import HTTPConnection
from starlette.responses import Response

from marketplace import db
from marketplace.flows.recognise import Visitor, is_presence_due, note_presence, recognise
from marketplace.http.request import client_address, request_id_of
from marketplace.kit import clock
from marketplace.kit.languages import Locale, as_locale, best_locale
from marketplace.settings import settings

COOKIE_LASTS = 30 * 24 * 3600
LANGUAGE_LASTS = 365 * 24 * 3600
ACCEPTED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


async def visitor_of(connection: HTTPConnection, secret: str = "") -> Visitor:
    """Who is here, in the language they chose; by a `secret` just issued instead of the cookie."""
    at = clock.now()
    visitor = await db.read(
        recognise,
        secret or session_cookie_of(connection),
        at=at,
        ip=client_address(connection),
        request_id=request_id_of(connection),
    )
    if is_presence_due(visitor, at=at):
        await db.run(note_presence, visitor, at=at)
    return replace(visitor, locale=locale_of(connection, visitor))


def session_cookie_of(connection: HTTPConnection) -> str:
    cookie = connection.cookies.get(settings().session_cookie, "")
    return cookie if 32 <= len(cookie) <= 64 and ACCEPTED.issuperset(cookie) else ""


def locale_of(connection: HTTPConnection, visitor: Visitor | None = None) -> Locale:
    """The address says it, else the browser's choice, else the person's, else its header."""
    if connection.url.path == "/zh" or connection.url.path.startswith("/zh/"):
        return "zh-CN"
    return (
        as_locale(connection.cookies.get("locale"))
        or (visitor.locale if visitor and visitor.session_id else None)
        or best_locale(connection.headers.get("accept-language", ""))
    )


def set_session_cookie(response: Response, secret: str) -> None:
    """HttpOnly, this host only, not sent by other sites' forms (SEC-14)."""
    response.set_cookie(
        settings().session_cookie,
        secret,
        max_age=COOKIE_LASTS,
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="lax",
    )


def drop_session_cookie(response: Response) -> None:
    response.delete_cookie(
        settings().session_cookie,
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="lax",
    )


def keep_language(response: Response, locale: Locale) -> None:
    """Our pages' own script reads the cookie too, so it is not HttpOnly; it is only a taste."""
    response.set_cookie(
        "locale",
        locale,
        max_age=LANGUAGE_LASTS,
        path="/",
        secure=settings().is_https,
        samesite="lax",
    )
