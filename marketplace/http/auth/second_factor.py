"""The second step of signing in: a code from the authenticator app, or a recovery code."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.flows.second_factor import pass_code
from marketplace.http.auth.demo import shown_code
from marketplace.http.auth.next_page import next_of, safe_next
from marketplace.http.auth.sign_in import Next, after_sign_in
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import count_try, forgive
from marketplace.http.visitor import session_cookie_of, visitor_of
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, NotSignedIn
from marketplace.kit.text import Payload

TEMPLATE = "auth/code.html"
Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class TypedCode(Payload):
    code: Code
    next: Next = ""


async def page(request: Request) -> Response:
    visitor = await visitor_of(request)
    if not visitor.needs_second_factor:
        return see(after_sign_in(visitor, next_of(request)) if visitor.person else "/sign-in")
    demo = await shown_code(visitor.email)
    return await show(request, TEMPLATE, typed={}, next=next_of(request), demo=demo)


async def check(request: Request) -> Response:
    fields = await read_form(request)
    visitor = await visitor_of(request)
    if not visitor.needs_second_factor:
        raise NotSignedIn
    wanted = safe_next(fields.get("next", ""))
    try:
        typed = checked(TypedCode, fields)
        await count_try(request, "code", visitor.email)
        secret = await db.run(pass_code, session_cookie_of(request), typed.code, at=clock.now())
    except DomainError as problem:
        demo = await shown_code(visitor.email)
        return await refuse(request, TEMPLATE, problem, fields, next=wanted, demo=demo)
    await forgive(request, "code", visitor.email)
    return see(after_sign_in(await visitor_of(request, secret), wanted), secret)


routes = [
    Route("/sign-in/code", page, methods=["GET"]),
    Route("/sign-in/code", check, methods=["POST"]),
]
