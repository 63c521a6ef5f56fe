"""What the home page shows: where to look, what is on sale, who sells. Public.

The same answer goes into the HTML of `http/public_pages.py` and into the app's own page.
"""

from dataclasses import dataclass

from sqlmodel import Session

from marketplace.domain.search.queries.found import Request, first_of
from marketplace.domain.sellers.queries import ShopCard, open_shops
from marketplace.flows.listing_cards import Card, cards
from marketplace.flows.shown_categories import shown

MOST_PLACES = 8
PICKS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A category of the first level where something can be found. `image` is one of its listings'."""

    label: str
    label_zh: str
    href: str
    count: int
    image: str


@dataclass(frozen=True, slots=True)
class Window:
    places: list[Place]
    picks: list[Card]
    """What searches put first when nothing is asked."""
    shops: list[ShopCard]


def window(session: Session) -> Window:
    places = [(node, count) for node, count in shown(session) if not node.parent_id][:MOST_PLACES]
    covers = [first_of(session, Request(category_path=node.path, size=1)) for node, _ in places]
    picked = first_of(session, Request(size=PICKS))
    found = {
        card.id: card for card in cards(session, [*picked, *(one for ids in covers for one in ids)])
    }
    return Window(
        places=[
            Place(
                node.name,
                node.name_zh,
                f"/c/{node.slug}",
                count,
                next((found[one].thumb for one in ids if one in found), ""),
            )
            for (node, count), ids in zip(places, covers, strict=True)
        ],
        picks=[found[one] for one in picked if one in found],
        shops=open_shops(session),
    )
