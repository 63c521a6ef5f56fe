"""A forgotten password: ask for a link, and choose a new one by it."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.models import TokenPurpose
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.rules import LinkExpired, checked_email, email_key
from marketplace.domain.accounts.service import people
from marketplace.http.auth import passwords
from marketplace.http.auth.register import NewPassword, Token
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import LETTERS, count_try
from marketplace.http.visitor import drop_session_cookie
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.text import Email, Payload

ASK, CHOOSE = "auth/forgot_password.html", "auth/reset_password.html"
RESET = TokenPurpose.RESET_PASSWORD


class Ask(Payload):
    email: Annotated[Email, StringConstraints(min_length=1)]


class Choose(Payload):
    token: Token
    password: NewPassword


async def ask_page(request: Request) -> Response:
    return await show(request, ASK, typed={})


async def ask(request: Request) -> Response:
    """The answer is the same whether there is such an account or not (SEC-17)."""
    fields = await read_form(request)
    try:
        email = checked_email(checked(Ask, fields).email)
        await count_try(request, "reset", email_key(email), LETTERS)
        await db.run(people.request_password_reset, email, at=clock.now())
    except DomainError as problem:
        return await refuse(request, ASK, problem, fields)
    return see("/check-email")


async def choose_page(request: Request) -> Response:
    token = request.query_params.get("token", "")[:100]
    try:
        await db.read(identity.words_of_link, token, RESET, at=clock.now())
    except LinkExpired as problem:
        return await refuse(request, CHOOSE, problem, {}, token="")
    return await show(request, CHOOSE, token=token)


async def choose(request: Request) -> Response:
    """Sets the password and signs nobody in: the second factor is asked for as ever (SEC-18)."""
    fields = await read_form(request)
    token = ""
    try:
        typed = checked(Choose, fields)
        known = await db.read(identity.words_of_link, typed.token, RESET, at=clock.now())
        token = typed.token
        hashed = await passwords.new_hash(typed.password, known)
        await db.run(people.reset_password, typed.token, hashed, at=clock.now())
    except DomainError as problem:
        return await refuse(request, CHOOSE, problem, fields, token=token)
    response = see("/sign-in?done=password")
    drop_session_cookie(response)
    return response


routes = [
    Route("/forgot-password", ask_page, methods=["GET"]),
    Route("/forgot-password", ask, methods=["POST"]),
    Route("/reset-password", choose_page, methods=["GET"]),
    Route("/reset-password", choose, methods=["POST"]),
]
