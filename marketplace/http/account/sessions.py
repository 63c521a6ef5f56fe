"""Account / Sessions: the browsers somebody is signed in on, and ending them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.queries.account import own_sessions
from marketplace.domain.accounts.rules import device_of
from marketplace.domain.accounts.service import sessions
from marketplace.http.account.holder import account_holder
from marketplace.http.account.two_step import Nothing
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import see, show
from marketplace.http.visitor import drop_session_cookie
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Payload

TEMPLATE = "account/sessions.html"
DONE = {
    "ended": N_("That browser is signed out."),
    "others": N_("All other browsers are signed out."),
}


class EndOne(Payload):
    session_id: Id


async def page(request: Request) -> Response:
    rows = await db.read(own_sessions, await account_holder(request), at=clock.now())
    done = DONE.get(request.query_params.get("done", ""), "")
    return await show(request, TEMPLATE, sessions=rows, device=device_of, done=done)


async def end_one(request: Request) -> Response:
    typed = checked(EndOne, await read_form(request))
    person = await account_holder(request)
    await db.run(sessions.end_session, person, typed.session_id, at=clock.now())
    if typed.session_id == person.session_id:
        response = see("/sign-in?done=signed_out")
        drop_session_cookie(response)
        return response
    return see("/account/sessions?done=ended")


async def end_others(request: Request) -> Response:
    checked(Nothing, await read_form(request))
    await db.run(sessions.end_other_sessions, await account_holder(request), at=clock.now())
    return see("/account/sessions?done=others")


routes = [
    Route("/account/sessions", page, methods=["GET"]),
    Route("/account/sessions/end", end_one, methods=["POST"]),
    Route("/account/sessions/end-others", end_others, methods=["POST"]),
]
