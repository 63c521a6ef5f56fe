"""Signing in by password, and out again."""

from typing import Annotated
from urllib.parse import quote

import structlog
from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.queries.identity import Credentials
from marketplace.domain.accounts.rules import WrongPassword, email_key
from marketplace.domain.accounts.service import people, sessions
from marketplace.domain.cart import service as cart
from marketplace.domain.sellers.service import viewing
from marketplace.flows.recognise import Visitor
from marketplace.http.auth import passwords
from marketplace.http.auth.next_page import next_of, safe_next, start_page
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.request import client_address
from marketplace.http.throttling import count_try, forgive
from marketplace.http.visitor import (
    drop_session_cookie,
    keep_language,
    session_cookie_of,
    visitor_of,
)
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.text import Email, Payload
from marketplace.kit.tokens import hash_token

log = structlog.get_logger("http")
TEMPLATE = "auth/sign_in.html"
DONE = {
    "signed_out": N_("You are signed out."),
    "verified": N_("Your address is confirmed. You can sign in now."),
    "password": N_("Your new password is set. Sign in with it."),
    "email": N_("Your new address is in use. Sign in with it."),
    "joined": N_("Welcome to the team. Sign in again to set up two-step sign-in."),
}

Typed = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Next = Annotated[str, StringConstraints(max_length=2000)]


class SignIn(Payload):
    email: Annotated[Email, StringConstraints(min_length=1)]
    password: Typed
    next: Next = ""


async def page(request: Request) -> Response:
    visitor = await visitor_of(request)
    wanted = next_of(request)
    if visitor.needs_second_factor:
        return see(_code_page(wanted))
    if visitor.person:
        return see(after_sign_in(visitor, wanted))
    done = DONE.get(request.query_params.get("done", ""), "")
    return await show(request, TEMPLATE, typed={}, next=wanted, done=done)


async def sign_in(request: Request) -> Response:
    fields = await read_form(request)
    wanted = safe_next(fields.get("next", ""))
    try:
        typed = checked(SignIn, fields)
        who = email_key(typed.email)
        await count_try(request, "sign-in", who)
        person = await _known(typed.email, typed.password)
    except DomainError as problem:
        if isinstance(problem, WrongPassword):
            log.info("sign-in refused")
        return await refuse(request, TEMPLATE, problem, fields, next=wanted, done="")
    await forgive(request, "sign-in", who)
    if not person.is_verified:
        await db.run(people.send_verification_again, _actor(person), at=clock.now())
        return see("/check-email")
    await _keep_hash_strong(person, typed.password)
    return await start_session(request, person.person_id, wanted)


async def start_session(request: Request, person_id: str, wanted: str = "") -> Response:
    """Give the browser a session of its own and show it the way on."""
    secret = await db.run(
        sessions.sign_in,
        person_id,
        replaces=session_cookie_of(request),
        user_agent=request.headers.get("user-agent", ""),
        ip=client_address(request),
        at=clock.now(),
    )
    visitor = await visitor_of(request, secret)
    browser = hash_token(session_cookie_of(request))
    await db.run(cart.take_over, Person(id=person_id, name=""), browser, at=clock.now())
    address = _code_page(wanted) if visitor.needs_second_factor else after_sign_in(visitor, wanted)
    response = see(address, secret)
    if "locale" not in request.cookies:  # the app's own pages shall speak the person's language
        keep_language(response, visitor.locale)
    return response


def after_sign_in(visitor: Visitor, wanted: str) -> str:
    """Staff without an authenticator can only set one up."""
    if visitor.needs_enrolment:
        return "/account/two-step"
    return wanted or start_page(visitor)


async def sign_out(request: Request) -> Response:
    await read_form(request)
    visitor = await visitor_of(request)
    person = visitor.person
    if visitor.viewing and visitor.staff:
        await db.run(viewing.end, visitor.staff, at=clock.now())
    if person:
        await db.run(sessions.sign_out, person, at=clock.now())
    else:  # between password and code
        await db.run(sessions.end_by_cookie, session_cookie_of(request), at=clock.now())
    response = see("/sign-in?done=signed_out")
    drop_session_cookie(response)
    return response


async def _known(email: str, password: str) -> Credentials:
    """Whose address and password these are. Raises `WrongPassword` whatever is wrong with them."""
    person = await db.read(identity.credentials, email)
    is_right = await passwords.is_right(person.password_hash if person else "", password)
    if person is None or person.is_disabled or not is_right:
        raise WrongPassword
    return person


async def _keep_hash_strong(person: Credentials, password: str) -> None:
    if renewed := await passwords.renewed_hash(person.password_hash, password):
        await db.run(people.refresh_hash, person.person_id, renewed)


def _actor(person: Credentials) -> Person:
    return Person(id=person.person_id, name=person.name)


def _code_page(wanted: str) -> str:
    return f"/sign-in/code?next={quote(wanted, safe='')}" if wanted else "/sign-in/code"


routes = [
    Route("/sign-in", page, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/auth/sign-out", sign_out, methods=["POST"]),
]
