"""Who sent the event being handled. The guard has looked the cookie up just before."""

from contextvars import ContextVar

import reflex as rx

from marketplace.domain.access.models import Actor, Person, SellerMember, Staff
from marketplace.flows.recognise import Visitor
from marketplace.kit.errors import NotAllowed, NotSignedIn

_here: ContextVar[Visitor] = ContextVar("visitor")


def set_visitor(visitor: Visitor) -> None:
    """For the guard: the event now being handled is this visitor's."""
    _here.set(visitor)


async def current_visitor(state: rx.State) -> Visitor:
    """Whoever is here, signed in or not. Raises `NotSignedIn` outside a guarded event."""
    try:
        return _here.get()
    except LookupError:
        raise NotSignedIn from None


async def current_person(state: rx.State) -> Person:
    """Raises `NotSignedIn`, also while a second factor is still missing."""
    visitor = await current_visitor(state)
    if visitor.person is None:
        raise NotSignedIn
    return visitor.person


async def current_member(state: rx.State) -> SellerMember:
    """The person in the shop they have chosen. Raises `NotAllowed` for people without one."""
    visitor = await current_visitor(state)
    if visitor.member is None:
        raise NotAllowed
    return visitor.member


async def current_staff(state: rx.State) -> Staff:
    """Raises `NotAllowed` for people who are not on the staff, or without their second factor."""
    visitor = await current_visitor(state)
    if visitor.staff is None:
        raise NotAllowed
    return visitor.staff


async def current_buyer(state: rx.State) -> Actor:
    """Whoever looks at a public page: the person signed in, or a guest."""
    visitor = await current_visitor(state)
    return visitor.person or visitor.guest
