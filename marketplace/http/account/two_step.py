"""Account / Two-step sign-in: set up an authenticator app, recovery codes, switching it off."""

from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.access.models import Person
from marketplace.domain.accounts.queries.account import own_account
from marketplace.domain.accounts.rules import enrolment_uri
from marketplace.domain.accounts.service import second_factor
from marketplace.flows.second_factor import enrol
from marketplace.http.account.holder import account_holder
from marketplace.http.auth.second_factor import Code
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.throttling import count_try, forgive
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Payload
from marketplace.settings import settings

TEMPLATE, SET_UP, CODES = "account/two_step.html", "account/set_up.html", "account/codes.html"
DONE = {
    "off": N_("Two-step sign-in is switched off."),
    "kept": N_("The reset is stopped. Your authenticator app stays."),
}


class FirstCode(Payload):
    code: Code


class StopReset(Payload):
    reset_id: Id


class Nothing(Payload):
    """A form with a button and no fields."""


async def page(request: Request) -> Response:
    account = await db.read(own_account, await account_holder(request))
    done = DONE.get(request.query_params.get("done", ""), "")
    return await show(request, TEMPLATE, account=account, done=done)


async def set_up(request: Request) -> Response:
    """Shows the secret; loading it again shows the same one."""
    checked(Nothing, await read_form(request))
    person = await account_holder(request)
    secret = await db.run(second_factor.begin_enrolment, person, at=clock.now())
    return await show(request, SET_UP, **await _shown(person, secret))


async def confirm(request: Request) -> Response:
    """The first code switches it on; the recovery codes are shown in the answer, this once."""
    fields = await read_form(request)
    person = await account_holder(request)
    person.require_fresh_proof(clock.now())
    pending = await db.read(second_factor.pending_secret, person)
    if not pending:
        return see("/account/two-step")
    try:
        typed = checked(FirstCode, fields)
        await count_try(request, "code", person.id)
        codes, secret = await db.run(enrol, person, typed.code, at=clock.now())
    except DomainError as problem:
        return await refuse(request, SET_UP, problem, fields, **await _shown(person, pending))
    await forgive(request, "code", person.id)
    return await show(request, CODES, secret=secret, codes=codes, is_first=True)


async def renew_codes(request: Request) -> Response:
    checked(Nothing, await read_form(request))
    person = await account_holder(request)
    codes = await db.run(second_factor.renew_recovery_codes, person, at=clock.now())
    return await show(request, CODES, codes=codes, is_first=False)


async def switch_off(request: Request) -> Response:
    checked(Nothing, await read_form(request))
    await db.run(second_factor.switch_off, await account_holder(request), at=clock.now())
    return see("/account/two-step?done=off")


async def stop_reset(request: Request) -> Response:
    """The person did not ask the staff to take the second step away."""
    typed = checked(StopReset, await read_form(request))
    person = await account_holder(request)
    await db.run(second_factor.cancel_reset, person, typed.reset_id, at=clock.now())
    return see("/account/two-step?done=kept")


async def _shown(person: Person, secret: str) -> dict[str, Any]:
    """The secret as a QR code and as groups of four to type."""
    account = await db.read(own_account, person)
    code = segno.make(enrolment_uri(secret, account.email, settings().name), error="m")
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    return {
        "qr": code.svg_inline(scale=5, border=2, omitsize=True, light=None),
        "typable": " ".join(groups),
    }


routes = [
    Route("/account/two-step", page, methods=["GET"]),
    Route("/account/two-step/set-up", set_up, methods=["POST"]),
    Route("/account/two-step/confirm", confirm, methods=["POST"]),
    Route("/account/two-step/codes", renew_codes, methods=["POST"]),
    Route("/account/two-step/off", switch_off, methods=["POST"]),
    Route("/account/two-step/stop-reset", stop_reset, methods=["POST"]),
]
