"""What went wrong, as a page: a sentence and a way on; of a bug never more than a number."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from marketplace.http.auth.next_page import next_of, safe_next
from marketplace.http.pages import see, show
from marketplace.kit.errors import DomainError, NotSignedIn, StepUpNeeded, Throttled
from marketplace.kit.ids import public_number
from marketplace.kit.languages import N_

log = structlog.get_logger("http")

TITLES = {
    400: N_("We could not read this"),
    401: N_("Please sign in first."),
    403: N_("This form is out of date"),
    404: N_("There is nothing here"),
    405: N_("This address works another way"),
    410: N_("This link is no longer valid"),
    413: N_("This is too much at once"),
    415: N_("We could not read this"),
    429: N_("Please slow down"),
    500: N_("Something went wrong on our side"),
}
SENTENCES = {
    400: N_("What your browser sent cannot be read. Go back and try again."),
    403: N_("It came from no page that is open here. Go back, reload it and try again."),
    404: N_("The page may have moved, or the address has a typing error."),
    405: N_("Go back and use the button on the page."),
    413: N_("What you sent is larger than we take here."),
    415: N_("What your browser sent cannot be read. Go back and try again."),
    429: N_("Too many attempts. Please wait a moment and try again."),
    500: N_("We have been told. If you write to us, please mention this number."),
}
UNKNOWN = N_("This did not work")


async def explain(request: Request, error: Exception) -> Response:
    """A broken rule that no form caught."""
    if isinstance(error, NotSignedIn):
        return see(_with_next(request, "/sign-in"))
    if isinstance(error, StepUpNeeded):
        return see(_with_next(request, "/confirm-identity"))
    if not isinstance(error, DomainError):
        return await apologise(request, error)
    title = TITLES.get(error.status, UNKNOWN) if error.status in (404, 410, 429) else UNKNOWN
    response = await show(
        request,
        "error.html",
        status=error.status,
        problem=error,
        title=title,
        sentence="",
        number="",
        is_missing=error.status == 404,
    )
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


async def answer_status(request: Request, error: Exception) -> Response:
    """A refusal by status alone; a 303 is a detour to another page."""
    if not isinstance(error, HTTPException):
        return await apologise(request, error)
    headers = dict(error.headers or {})
    if 300 <= error.status_code < 400:
        return see(headers["Location"])
    response = await show(
        request,
        "error.html",
        status=error.status_code,
        title=TITLES.get(error.status_code, UNKNOWN),
        sentence=SENTENCES.get(error.status_code, ""),
        number="",
        is_missing=error.status_code == 404,
    )
    response.headers.update(headers)
    return response


async def apologise(request: Request, error: Exception) -> Response:
    """A bug: the log has the story, the page a number to find it by."""
    number = public_number("ERR")
    log.error("request failed", number=number, path=request.url.path[:200], exc_info=error)
    try:
        return await show(
            request,
            "error.html",
            status=500,
            title=TITLES[500],
            sentence=SENTENCES[500],
            number=number,
            is_missing=False,
        )
    except Exception:
        log.exception("error page failed", number=number)
        return Response(f"{TITLES[500]} {number}", 500, media_type="text/plain")


handlers: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    DomainError: explain,
    HTTPException: answer_status,
    Exception: apologise,
}


def _with_next(request: Request, address: str) -> str:
    """Back to the page asked for; after a form, to the page it was on."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = safe_next(here) if request.method == "GET" else next_of(request)
    return f"{address}?next={quote(wanted, safe='')}" if wanted else address
