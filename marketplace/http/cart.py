"""Into the cart by a plain form: it works without scripts, and gives a browser its first cookie.

Public pages are the same for everybody and may be kept by caches, so they carry neither a cookie nor
a proof; that the form came from one of them is told by its origin alone (docs/decisions/0032).
"""

from dataclasses import replace
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.access.models import Guest, Person
from marketplace.domain.cart import service as cart
from marketplace.http.forms import checked, read_fields
from marketplace.http.pages import see
from marketplace.http.throttling import count_try
from marketplace.http.visitor import session_cookie_of, visitor_of
from marketplace.kit import clock
from marketplace.kit.languages import Locale
from marketplace.kit.text import Id, Payload
from marketplace.kit.tokens import hash_token, new_token

ADDS = "60/minute"


class Adding(Payload):
    variant: Id
    quantity: Annotated[int, Field(ge=1, le=9_999, strict=False)] = 1


async def add(request: Request) -> Response:
    """Answers with the cart, in the language of the page it came from."""
    fields = await read_fields(request)
    fields.pop("proof", None)
    locale = fields.pop("locale", "en")
    typed = checked(Adding, fields)
    await count_try(request, "cart", "", ADDS)
    visitor = await visitor_of(request)
    secret = "" if visitor.person or session_cookie_of(request) else new_token()
    buyer: Person | Guest = visitor.person or _guest(visitor.guest, secret)
    await db.run(cart.add, buyer, typed.variant, typed.quantity, at=clock.now())
    return see(_cart_page("zh-CN" if locale == "zh-CN" else "en"), secret)


def _guest(guest: Guest, secret: str) -> Guest:
    return replace(guest, browser=hash_token(secret)) if secret else guest


def _cart_page(locale: Locale) -> str:
    return "/zh/cart" if locale == "zh-CN" else "/cart"


routes = [Route("/cart/lines", add, methods=["POST"])]
