"""A broken rule becomes a sentence; a bug becomes an apology with a number."""

from urllib.parse import quote

import structlog
from reflex_base.event import EventSpec
from reflex_base.event.context import EventContext

from marketplace.kit.errors import DomainError, Invalid, NotSignedIn, StepUpNeeded
from marketplace.kit.ids import public_number
from marketplace.kit.languages import N_
from marketplace.web.leave import leave_for
from marketplace.web.messages import say, show_errors

log = structlog.get_logger("web")


def explain(exception: Exception) -> EventSpec:
    """What a handler's exception makes the page do. Reflex calls this for each."""
    if isinstance(exception, Invalid):
        return show_errors(exception.fields, **exception.words)
    if isinstance(exception, StepUpNeeded):
        return leave_for(f"/confirm-identity?next={quote(_path())}")
    if isinstance(exception, NotSignedIn):
        return leave_for(f"/sign-in?next={quote(_path())}")
    if isinstance(exception, DomainError):
        return say(exception.message, "error", **exception.words)
    number = public_number("ERR")
    log.error("handler failed", number=number, exc_info=exception)
    return say(N_("Something went wrong on our side. Reference: {number}"), "error", number=number)


def _path() -> str:
    """The address of the page the event came from, to come back to."""
    return str(EventContext.get().router_data.get("asPath") or "/")
