"""What the search field offers while somebody types: questions, categories and listings. Public.

Everything offered can be found now: a word of a listing that left the shelves, or a question that
finds nothing any more, is not said.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from marketplace.domain.search.queries.found import Request, beginning_with, is_found
from marketplace.domain.search.queries.suggested import popular, suggestions
from marketplace.flows.find_listings.asking import Asked, address, line
from marketplace.flows.listing_cards import Card, cards
from marketplace.flows.shown_categories import shown
from marketplace.kit.words import fold
from marketplace.settings import settings

QUESTIONS, PLACES, LISTINGS = 5, 3, 4
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    label_zh: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """`questions` lead to `/search`; each `href` is without the language."""

    questions: list[str]
    places: list[Place]
    listings: list[Card]


def suggest(session: Session, typed: str, *, at: datetime) -> Offer:
    """For the beginning of a question; what many asked lately if nothing is typed yet."""
    day = at.astimezone(ZoneInfo(settings().time_zone)).date()
    asked = line(typed)[:LONGEST]
    if not asked:
        return Offer(_found(session, popular(session, day=day)), [], [])
    return Offer(
        _found(session, suggestions(session, asked, day=day)),
        _places(session, fold(asked)),
        cards(session, beginning_with(session, asked, size=LISTINGS)),
    )


def _found(session: Session, questions: list[str]) -> list[str]:
    return [one for one in questions if is_found(session, Request(one))][:QUESTIONS]


def _places(session: Session, asked: str) -> list[Place]:
    """Categories with something on sale whose name has a word that begins so, in either language."""
    return [
        Place(node.name, node.name_zh, address(Asked(category=node.slug)), count)
        for node, count in shown(session)
        if f" {asked}" in f" {fold(node.name)}" or asked in fold(node.name_zh)
    ][:PLACES]
