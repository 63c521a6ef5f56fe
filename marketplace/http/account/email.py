"""Account / E-mail address: ask for another, and confirm it by the letter sent there."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.queries.account import own_account
from marketplace.domain.accounts.rules import checked_email
from marketplace.domain.accounts.service import people
from marketplace.http.account.holder import account_holder
from marketplace.http.auth.register import Link
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import LETTERS, count_try
from marketplace.http.visitor import drop_session_cookie
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.text import Email, Payload

TEMPLATE, CONFIRM = "account/email.html", "auth/confirm_email.html"


class ChangeEmail(Payload):
    email: Annotated[Email, StringConstraints(min_length=1)]


async def page(request: Request) -> Response:
    """Asks for the proof of identity first, so that no typed address is lost to it."""
    person = await account_holder(request)
    person.require_fresh_proof(clock.now())
    return await show(request, TEMPLATE, typed={}, account=await db.read(own_account, person))


async def change(request: Request) -> Response:
    fields = await read_form(request)
    person = await account_holder(request)
    try:
        email = checked_email(checked(ChangeEmail, fields).email)
        person.require_fresh_proof(clock.now())
        await count_try(request, "change-email", person.id, LETTERS)
        await db.run(people.request_email_change, person, email, at=clock.now())
    except DomainError as problem:
        account = await db.read(own_account, person)
        return await refuse(request, TEMPLATE, problem, fields, account=account)
    return see("/check-email")


async def confirm_page(request: Request) -> Response:
    """A button, because mail scanners open links and must not use them up."""
    return await show(request, CONFIRM, token=request.query_params.get("token", "")[:100])


async def confirm(request: Request) -> Response:
    fields = await read_form(request)
    try:
        link = checked(Link, fields)
        await db.run(people.change_email, link.token, at=clock.now())
    except DomainError as problem:
        return await refuse(request, CONFIRM, problem, fields, token="")
    response = see("/sign-in?done=email")
    drop_session_cookie(response)
    return response


routes = [
    Route("/account/email", page, methods=["GET"]),
    Route("/account/email", change, methods=["POST"]),
    Route("/confirm-email", confirm_page, methods=["GET"]),
    Route("/confirm-email", confirm, methods=["POST"]),
]
