"""Whose account page this is; people who still owe a step are sent there first."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from marketplace.domain.access.models import Person
from marketplace.http.visitor import visitor_of
from marketplace.kit.errors import NotSignedIn

WHILE_ENROLLING = ("/account/two-step", "/confirm-identity")


async def account_holder(request: Request) -> Person:
    """Raises `NotSignedIn`, or a detour to the second step or to setting one up."""
    visitor = await visitor_of(request)
    if visitor.needs_second_factor:
        raise _detour("/sign-in/code")
    if visitor.needs_enrolment and not request.url.path.startswith(WHILE_ENROLLING):
        raise _detour("/account/two-step")
    if visitor.person is None:
        raise NotSignedIn
    return visitor.person


def _detour(address: str) -> HTTPException:
    return HTTPException(303, headers={"Location": address})
