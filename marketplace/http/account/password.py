"""Account / Password: a new one, for whoever knows the old one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.accounts.queries import identity
from marketplace.domain.accounts.queries.account import own_account
from marketplace.flows import second_factor as flow
from marketplace.http.account.holder import account_holder
from marketplace.http.auth import passwords
from marketplace.http.auth.register import NewPassword
from marketplace.http.auth.sign_in import Typed
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import count_try, forgive
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Payload

TEMPLATE = "account/password.html"
DONE = {"changed": N_("Your password is changed. Other browsers were signed out.")}
NOT_RIGHT = N_("This password is not right.")


class ChangePassword(Payload):
    current_password: Typed
    password: NewPassword


async def page(request: Request) -> Response:
    account = await db.read(own_account, await account_holder(request))
    done = DONE.get(request.query_params.get("done", ""), "")
    return await show(request, TEMPLATE, account=account, done=done)


async def change(request: Request) -> Response:
    fields = await read_form(request)
    person = await account_holder(request)
    account = await db.read(own_account, person)
    try:
        typed = checked(ChangePassword, fields)
        await check_password_of(request, person, typed.current_password, field="current_password")
        hashed = await passwords.new_hash(typed.password, [account.name, account.email])
        secret = await db.run(flow.change_password, person, hashed, at=clock.now())
    except DomainError as problem:
        return await refuse(request, TEMPLATE, problem, fields, account=account, done="")
    return see("/account/password?done=changed", secret)


async def check_password_of(request: Request, person: Person, password: str, *, field: str) -> None:
    """Raises `Invalid` for the field, and `Throttled` after too many tries."""
    await count_try(request, "password", person.id)
    stored = (await db.read(identity.own_credentials, person.id)).password_hash
    if not await passwords.is_right(stored, password):
        raise Invalid({field: NOT_RIGHT})
    await forgive(request, "password", person.id)


routes = [
    Route("/account/password", page, methods=["GET"]),
    Route("/account/password", change, methods=["POST"]),
]
