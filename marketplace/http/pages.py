"""Pages that are plain HTML: sign-in, account, errors. They work without JavaScript."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marketplace.flows.recognise import Visitor
from marketplace.http.forms import proof_for
from marketplace.http.visitor import session_cookie_of, set_session_cookie, visitor_of
from marketplace.kit import formats
from marketplace.kit.errors import DomainError, Invalid, NotSignedIn, StepUpNeeded, Throttled
from marketplace.kit.languages import OWN_NAMES, Locale, translate, translate_count
from marketplace.kit.tokens import new_token
from marketplace.settings import settings

TEMPLATES = Path(__file__).parent / "templates"
SECRET_FIELDS = frozenset({"password", "current_password", "code", "token", "proof"})


async def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    problem: DomainError | None = None,
    secret: str = "",
    **words: Any,
) -> Response:
    """Render a page for whoever is here.

    `problem` is a broken rule: its sentence stands above the form, and for `Invalid` one beside
    each field. A browser without a session gets a random cookie, so that its forms can be proved;
    `secret` is a session's new one, issued while answering.
    """
    visitor = await visitor_of(request, secret)
    cookie = secret or session_cookie_of(request) or new_token()
    page = _environment().get_template(template)
    response = HTMLResponse(
        page.render(**_common(request, visitor, cookie, problem), **words),
        status_code=status,
        headers={"Cache-Control": "no-store", "Content-Language": visitor.locale},
    )
    if cookie != session_cookie_of(request):
        set_session_cookie(response, cookie)
    return response


async def refuse(
    request: Request, template: str, problem: DomainError, fields: Mapping[str, str], **words: Any
) -> Response:
    """The form again with what was typed (secrets never) and what is wrong with it.

    What is no fault of the form, such as an ended session, goes on to `http.errors`.
    """
    if isinstance(problem, (NotSignedIn, StepUpNeeded)):
        raise problem
    typed = {
        name: value
        for name, value in fields.items()
        if name not in SECRET_FIELDS and len(value) < 500
    }
    response = await show(
        request, template, status=problem.status, problem=problem, typed=typed, **words
    )
    if isinstance(problem, Throttled):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def rendered(template: str, locale: Locale, **words: Any) -> str:
    """A template that does not depend on who is reading."""
    return (
        _environment()
        .get_template(template)
        .render(
            locale=locale,
            address=settings().public_url,
            _=partial(translate, locale),
            ngettext=partial(translate_count, locale),
            **words,
        )
    )


def see(address: str, secret: str = "") -> Response:
    """Go on to another page, with the session's new `secret` if it has one."""
    response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    if secret:
        set_session_cookie(response, secret)
    return response


def _common(
    request: Request, visitor: Visitor, cookie: str, problem: DomainError | None
) -> dict[str, Any]:
    locale = visitor.locale
    fields = problem.fields if isinstance(problem, Invalid) else {}
    return {
        "visitor": visitor,
        "locale": locale,
        "languages": OWN_NAMES,
        "proof": proof_for(cookie),
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "site": settings().name,
        "_": partial(translate, locale),
        "ngettext": partial(translate_count, locale),
        "moment": partial(_moment, locale),
        "problem": translate(locale, problem.message, **problem.words) if problem else "",
        "errors": {name: translate(locale, message) for name, message in fields.items()},
    }


def _moment(locale: Locale, at: datetime) -> str:
    return formats.moment(at, locale, settings().time_zone)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
