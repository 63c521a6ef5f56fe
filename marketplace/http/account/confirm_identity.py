"""“Confirm it is you”: the password again, before money, roles and the account itself (SEC-21)."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.queries.account import own_account
from marketplace.flows import second_factor as flow
from marketplace.http.account.holder import account_holder
from marketplace.http.account.password import check_password_of
from marketplace.http.auth.demo import shown_code
from marketplace.http.auth.next_page import next_of, safe_next
from marketplace.http.auth.sign_in import Next, Typed
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import count_try, forgive
from marketplace.kit import clock
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Payload

TEMPLATE = "account/confirm_identity.html"


class Confirm(Payload):
    password: Typed
    code: Annotated[str, StringConstraints(max_length=60)] = ""
    next: Next = ""


async def page(request: Request) -> Response:
    account = await db.read(own_account, await account_holder(request))
    demo = await shown_code(account.email)
    return await show(request, TEMPLATE, account=account, next=next_of(request), demo=demo)


async def confirm(request: Request) -> Response:
    fields = await read_form(request)
    person = await account_holder(request)
    account = await db.read(own_account, person)
    wanted = safe_next(fields.get("next", ""))
    try:
        typed = checked(Confirm, fields)
        if account.has_second_factor and not typed.code:
            raise Invalid({"code": N_("This field is required.")})
        await check_password_of(request, person, typed.password, field="password")
        await count_try(request, "code", account.email)
        await db.run(flow.confirm_identity, person, typed.code, at=clock.now())
    except DomainError as problem:
        words = {"account": account, "next": wanted, "demo": await shown_code(account.email)}
        return await refuse(request, TEMPLATE, problem, fields, **words)
    await forgive(request, "code", account.email)
    return see(wanted or "/account")


routes = [
    Route("/confirm-identity", page, methods=["GET"]),
    Route("/confirm-identity", confirm, methods=["POST"]),
]
