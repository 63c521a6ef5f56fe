"""Where to go after signing in: a page of ours, or the start page of whoever it is (SEC-22)."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from starlette.requests import Request

from marketplace.flows.recognise import Visitor
from marketplace.settings import settings

OURS = re.compile(r"/(?![/\\])")
LONGEST = 2000
_known: set[re.Pattern[str]] = set()


def know_pages(routes: Iterable[str]) -> None:
    """Addresses people may be sent back to; `[id]` and `{id}` stand for one part."""
    for route in routes:
        parts = [
            "[^/]+" if part.startswith(("[", "{")) else re.escape(part)
            for part in route.strip("/").split("/")
        ]
        _known.add(re.compile("/" + "/".join(parts)))


def safe_next(text: str) -> str:
    """`text` if it leads to a page of ours, else an empty text."""
    if not text or len(text) > LONGEST or not _is_ours(text):
        return ""
    parts = urlsplit(text)
    path = unquote(parts.path)
    if posixpath.normpath(path) != (path.rstrip("/") or "/"):
        return ""
    if not any(page.fullmatch(path.rstrip("/") or "/") for page in _known):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def next_of(request: Request) -> str:
    """The page that `?next=` names, else the one that sent the browser here."""
    named = request.query_params.get("next", "")
    if named:
        return safe_next(named)
    came_from = urlsplit(request.headers.get("referer", ""))
    if f"{came_from.scheme}://{came_from.netloc}" not in settings().origins:
        return ""
    found = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "" if came_from.path in STEPS else safe_next(found)


def start_page(visitor: Visitor) -> str:
    if visitor.is_staff:
        return "/admin"
    return "/seller" if visitor.shops else "/"


STEPS = frozenset(
    {
        "/sign-in",
        "/sign-in/code",
        "/register",
        "/check-email",
        "/verify-email",
        "/forgot-password",
        "/reset-password",
        "/confirm-email",
        "/confirm-identity",
        "/invitation",
    }
)
"""Pages on the way in; nobody wants to be back on them."""


def _is_ours(text: str) -> bool:
    """Whether the address keeps to this site however often it is decoded."""
    for _ in range(5):
        if not OURS.match(text) or "\\" in text or any(_is_odd(character) for character in text):
            return False
        decoded = unquote(text)
        if decoded == text:
            return True
        text = decoded
    return False


def _is_odd(character: str) -> bool:
    """Control characters, spaces other than the plain one, and what decoding could not read."""
    is_plain = character == " " or unicodedata.category(character)[0] not in "CZ"
    return not is_plain or character == "\ufffd"
