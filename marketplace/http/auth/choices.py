"""Small choices that any page offers: the language, the shop one works for, to look no longer."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.service import people, sessions
from marketplace.domain.sellers.service import viewing
from marketplace.http.auth.next_page import safe_next
from marketplace.http.auth.sign_in import Next
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import see
from marketplace.http.visitor import keep_language, visitor_of
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, NotSignedIn
from marketplace.kit.languages import as_locale
from marketplace.kit.text import Id, Payload


class Language(Payload):
    locale: Annotated[str, StringConstraints(max_length=10)]
    next: Next = ""


class Switch(Payload):
    seller_id: Id


async def choose_language(request: Request) -> Response:
    typed = checked(Language, await read_form(request))
    locale = as_locale(typed.locale)
    if locale is None:
        raise NotFound
    visitor = await visitor_of(request)
    person = visitor.person
    if person and not visitor.viewing:  # whoever looks at a shop changes nothing, this neither
        await db.run(people.prefer, person, locale=locale)
    response = see(safe_next(typed.next) or "/")
    keep_language(response, locale)
    return response


async def choose_shop(request: Request) -> Response:
    """Put on the hat of another shop one works for. `NotFound` for any other."""
    typed = checked(Switch, await read_form(request))
    visitor = await visitor_of(request)
    if visitor.person is None:
        raise NotSignedIn
    if typed.seller_id not in {shop.seller_id for shop in visitor.shops}:
        raise NotFound
    await db.run(sessions.choose_shop, visitor.session_id, typed.seller_id)
    return see("/seller")


async def stop_viewing(request: Request) -> Response:
    """Look at a shop no longer; back to its page for staff."""
    await read_form(request)
    visitor = await visitor_of(request)
    if visitor.staff is None:
        raise NotFound
    seller_id = await db.run(viewing.end, visitor.staff, at=clock.now())
    return see(f"/admin/sellers/{seller_id}" if seller_id else "/admin")


routes = [
    Route("/auth/language", choose_language, methods=["POST"]),
    Route("/auth/switch", choose_shop, methods=["POST"]),
    Route("/auth/stop-viewing", stop_viewing, methods=["POST"]),
]
