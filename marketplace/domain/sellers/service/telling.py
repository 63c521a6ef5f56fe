"""Who hears what of a seller or an application: bell, letter, and the rest of the market."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.outbox import service as outbox
from marketplace.kit.ids import new_id

CHANGED = "seller.changed"
"""The outbox topic that says: switches or face of this seller changed without a move."""


def tell_market(session: Session, seller_id: str, *, at: datetime) -> None:
    """Owe the reactions (`flows.reactions`) to a seller whose switches or shop changed."""
    outbox.put(session, CHANGED, f"{CHANGED}:{new_id('msg')}", {"seller_id": seller_id}, at=at)
