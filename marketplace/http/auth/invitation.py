"""Answering an invitation, with an account or while making one."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.rules import email_key
from marketplace.domain.accounts.service import sessions
from marketplace.flows.accept_invitation import (
    InvitationCard,
    accept_as_newcomer,
    accept_invitation,
    look_at_invitation,
)
from marketplace.flows.recognise import Visitor
from marketplace.http.auth import passwords
from marketplace.http.auth.register import Link, NewPassword, Token
from marketplace.http.auth.sign_in import start_session
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.visitor import drop_session_cookie, locale_of, visitor_of
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.text import Name, Payload

TEMPLATE = "auth/invitation.html"


class Newcomer(Payload):
    token: Token
    name: Name
    password: NewPassword


@dataclass(frozen=True, slots=True)
class Situation:
    """Who opened the link, and what the page therefore offers."""

    card: InvitationCard
    is_for_them: bool
    is_newcomer: bool
    next: str


async def page(request: Request) -> Response:
    token = request.query_params.get("token", "")[:100]
    try:
        situation = await _situation(token, await visitor_of(request))
    except DomainError as problem:
        return await refuse(request, TEMPLATE, problem, {}, token="", situation=None)
    return await show(request, TEMPLATE, typed={}, token=token, situation=situation)


async def accept(request: Request) -> Response:
    fields = await read_form(request)
    visitor = await visitor_of(request)
    situation, token = None, fields.get("token", "")[:100]
    try:
        situation = await _situation(token, visitor)
        if visitor.person:
            checked(Link, fields)
            return await _join(token, visitor)
        return await _arrive(request, checked(Newcomer, fields), situation.card.email)
    except DomainError as problem:
        return await refuse(request, TEMPLATE, problem, fields, token=token, situation=situation)


async def _join(token: str, visitor: Visitor) -> Response:
    seller_id = await db.run(accept_invitation, token, person_id=visitor.person_id, at=clock.now())
    if seller_id:
        await db.run(sessions.choose_shop, visitor.session_id, seller_id)
        return see("/seller")
    response = see("/sign-in?done=joined")
    drop_session_cookie(response)
    return response


async def _arrive(request: Request, typed: Newcomer, email: str) -> Response:
    hashed = await passwords.new_hash(typed.password, [typed.name, email])
    person_id = await db.run(
        accept_as_newcomer,
        typed.token,
        name=typed.name,
        password_hash=hashed,
        locale=locale_of(request),
        at=clock.now(),
    )
    return await start_session(request, person_id)


async def _situation(token: str, visitor: Visitor) -> Situation:
    """Raises `LinkExpired`."""
    card = await db.read(look_at_invitation, token, at=clock.now())
    is_same_address = email_key(visitor.email) == email_key(card.email)
    return Situation(
        card,
        is_for_them=visitor.person is not None and is_same_address,
        is_newcomer=visitor.person is None and not card.has_account,
        next=quote(f"/invitation?token={token}", safe=""),
    )


routes = [
    Route("/invitation", page, methods=["GET"]),
    Route("/invitation", accept, methods=["POST"]),
]
