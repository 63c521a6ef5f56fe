"""Opening an account, and proving the address."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.rules import checked_email, email_key
from marketplace.domain.accounts.service import people
from marketplace.http.auth import passwords
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import LETTERS, count_try
from marketplace.http.visitor import locale_of
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.text import Email, Name, Payload

TEMPLATE = "auth/register.html"
NewPassword = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Register(Payload):
    name: Name
    email: Annotated[Email, StringConstraints(min_length=1)]
    password: NewPassword


class Link(Payload):
    token: Token


async def page(request: Request) -> Response:
    return await show(request, TEMPLATE, typed={})


async def register(request: Request) -> Response:
    """The answer is the same whether the address had an account or not (SEC-17)."""
    fields = await read_form(request)
    try:
        typed = checked(Register, fields)
        email = checked_email(typed.email)
        await count_try(request, "register", email_key(email), LETTERS)
        hashed = await passwords.new_hash(typed.password, [typed.name, email])
        await db.run(
            people.register,
            email=email,
            name=typed.name,
            password_hash=hashed,
            locale=locale_of(request),
            at=clock.now(),
        )
    except DomainError as problem:
        return await refuse(request, TEMPLATE, problem, fields)
    return see("/check-email")


async def check_email(request: Request) -> Response:
    return await show(request, "auth/check_email.html")


async def verify_page(request: Request) -> Response:
    """A button, because mail scanners open links and must not use them up."""
    token = request.query_params.get("token", "")
    return await show(request, "auth/verify_email.html", token=token[:100])


async def verify(request: Request) -> Response:
    fields = await read_form(request)
    try:
        link = checked(Link, fields)
        await db.run(people.verify_email, link.token, at=clock.now())
    except DomainError as problem:
        return await refuse(request, "auth/verify_email.html", problem, fields, token="")
    return see("/sign-in?done=verified")


routes = [
    Route("/register", page, methods=["GET"]),
    Route("/register", register, methods=["POST"]),
    Route("/check-email", check_email, methods=["GET"]),
    Route("/verify-email", verify_page, methods=["GET"]),
    Route("/verify-email", verify, methods=["POST"]),
]
