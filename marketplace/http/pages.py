"""Pages that are plain HTML: sign-in, account, errors. They work without JavaScript."""

from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from marketplace.flows.recognise import Visitor
from marketplace.http.forms import proof_for
from marketplace.http.visitor import session_cookie_of, set_session_cookie, visitor_of
from marketplace.kit import formats
from marketplace.kit.errors import DomainError, Invalid
from marketplace.kit.languages import OWN_NAMES, Locale, translate, translate_count
from marketplace.kit.tokens import new_token
from marketplace.settings import settings

TEMPLATES = Path(__file__).parent / "templates"


async def show(
    request: Request, template: str, *, status: int = 200, problem: DomainError | None = None, **words: Any
) -> Response:
    """Render a page for whoever is here.

    `problem` is a broken rule: its sentence stands above the form, and for `Invalid` one beside
    each field. A browser without a session gets a random cookie, so that its forms can be proved.
    """
    visitor = await visitor_of(request)
    cookie = session_cookie_of(request) or new_token()
    page = _environment().get_template(template)
    response = HTMLResponse(
        page.render(**_common(request, visitor, cookie, problem), **words),
        status_code=status,
        headers={"Cache-Control": "no-store", "Content-Language": visitor.locale},
    )
    if not session_cookie_of(request):
        set_session_cookie(response, cookie)
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
