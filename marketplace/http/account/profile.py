"""Account / Profile: name, language, looks."""

from typing import Annotated, Literal

from pydantic import BeforeValidator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace import db
from marketplace.domain.accounts.queries.account import own_account
from marketplace.domain.accounts.service import people
from marketplace.http.account.holder import account_holder
from marketplace.http.forms import checked, read_form
from marketplace.http.pages import refuse, see, show
from marketplace.http.visitor import keep_language
from marketplace.kit import clock
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_
from marketplace.kit.text import Name, Payload, Version

TEMPLATE = "account/profile.html"
DONE = {"saved": N_("Saved.")}


def _number(text: object) -> object:
    """Form fields are text; anything but a few digits is left for the type to refuse."""
    is_number = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else text  # type: ignore[call-overload]


class Profile(Payload):
    name: Name
    locale: Literal["en", "zh-CN"]
    theme: Literal["system", "light", "dark"]
    has_shortcuts: Literal["on", ""] = ""
    is_compact: Literal["on", ""] = ""
    version: Annotated[Version, BeforeValidator(_number)]


async def page(request: Request) -> Response:
    account = await db.read(own_account, await account_holder(request))
    done = DONE.get(request.query_params.get("done", ""), "")
    return await show(request, TEMPLATE, typed={}, account=account, done=done)


async def save(request: Request) -> Response:
    fields = await read_form(request)
    person = await account_holder(request)
    try:
        typed = checked(Profile, fields)
        await db.run(people.rename, person, typed.name, version=typed.version, at=clock.now())
        await db.run(
            people.prefer,
            person,
            locale=typed.locale,
            theme=typed.theme,
            has_shortcuts=typed.has_shortcuts == "on",
            is_compact=typed.is_compact == "on",
        )
    except DomainError as problem:
        account = await db.read(own_account, person)
        return await refuse(request, TEMPLATE, problem, fields, account=account, done="")
    response = see("/account?done=saved")
    keep_language(response, typed.locale)
    return response


routes = [
    Route("/account", page, methods=["GET"]),
    Route("/account", save, methods=["POST"]),
]
