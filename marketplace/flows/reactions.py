"""What follows from a move or a change, in a transaction of its own: who reacts to what.

The outbox performs the topics `moved` (every move of every machine) and `listing.changed`.
A reaction is performed again after a crash, so it must be harmless twice. It reads the rows as
they are now, not as they were when the event was written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.service.taxonomy.relabel import LABELS
from marketplace.domain.inventory.service import owe_letters
from marketplace.domain.moderation.service import withdraw_of_seller
from marketplace.domain.moves.service import TOPIC as MOVED
from marketplace.domain.sellers.queries.standing import is_buyable
from marketplace.domain.sellers.rules.standing import ENDED
from marketplace.domain.sellers.service.telling import CHANGED as SELLER_CHANGED
from marketplace.flows import index_listing, listing_follows

LISTING_CHANGED = "listing.changed"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to `id`. Moves tell `from_state` and `to_state`; changes do not.
    `after`: where a reaction in several steps goes on."""

    kind: str
    id: str
    from_state: str = ""
    to_state: str = ""
    after: str = ""


Reaction = Callable[[Session, Event, datetime], None]


def _follow_listing(session: Session, event: Event, at: datetime) -> None:
    listing_follows.follow(session, event.id, at=at)


def _index_listing(session: Session, event: Event, at: datetime) -> None:
    index_listing.refresh(session, [event.id], at=at)


def _index_seller(session: Session, event: Event, at: datetime) -> None:
    index_listing.refresh_seller(session, event.id, at=at, after=event.after)


def _index_labelled(session: Session, event: Event, at: datetime) -> None:
    kind = event.kind.removeprefix("labels.")
    index_listing.refresh_labelled(session, kind, event.id, at=at, after=event.after)


def _tell_who_waits(session: Session, event: Event, at: datetime) -> None:
    """What was in stock all the while may only now be sold again."""
    if event.kind == "seller":
        if is_buyable(session, event.id):
            owe_letters(session, at=at, seller_id=event.id)
        return
    listing = session.get(Listing, event.id)
    if listing is not None and is_buyable(session, listing.seller_id):
        owe_letters(session, at=at, listing_id=listing.id)


def _withdraw_what_waits(session: Session, event: Event, at: datetime) -> None:
    if event.to_state in ENDED:
        withdraw_of_seller(session, event.id, at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "listing": (_follow_listing, _index_listing, _tell_who_waits),
    "seller": (_index_seller, _tell_who_waits, _withdraw_what_waits),
    index_listing.REST: (_index_seller,),
    "labels.category": (_index_labelled,),
    "labels.brand": (_index_labelled,),
}
"""By kind of the thing that moved: `listing`, `seller`, `application`, `change_set` …

`REACTIONS["listing"] = (*REACTIONS.get("listing", ()), reindex)` adds one. The kinds
`listing` and `seller` also come when a listing was changed, or a seller's switches or name,
without any move; their states are empty then. A kind nobody reacts to does nothing.
"""


def react(session: Session, event: Event, *, at: datetime) -> None:
    for reaction in REACTIONS.get(event.kind, ()):
        reaction(session, event, at)


def moved(payload: Mapping[str, Any]) -> Event:
    return Event(str(payload["kind"]), str(payload["id"]), str(payload["from"]), str(payload["to"]))


def listing_changed(payload: Mapping[str, Any]) -> Event:
    return Event("listing", str(payload["listing_id"]))


def changed_seller(payload: Mapping[str, Any]) -> Event:
    return Event("seller", str(payload["seller_id"]))


def rest_of_seller(payload: Mapping[str, Any]) -> Event:
    return Event(index_listing.REST, str(payload["seller_id"]), after=str(payload["after"]))


def changed_labels(payload: Mapping[str, Any]) -> Event:
    return Event(f"labels.{payload['kind']}", str(payload["id"]), after=str(payload["after"]))


READERS: dict[str, Callable[[Mapping[str, Any]], Event]] = {
    MOVED: moved,
    LISTING_CHANGED: listing_changed,
    SELLER_CHANGED: changed_seller,
    index_listing.REST: rest_of_seller,
    LABELS: changed_labels,
}
"""How each topic's payload becomes an event."""
