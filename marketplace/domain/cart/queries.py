"""What is in somebody's cart."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Actor, Guest, Person
from marketplace.domain.cart.models import Cart, CartLine


@dataclass(frozen=True, slots=True)
class Line:
    """`seen_price`: minor units, what its owner was told last."""

    id: str
    variant_id: str
    quantity: int
    seen_price: int
    is_saved: bool
    is_chosen: bool


def cart_of(session: Session, actor: Actor) -> Cart | None:
    """The actor's own, None if they have none. Nobody can name another's."""
    if isinstance(actor, Person):
        return session.exec(select(Cart).where(Cart.person_id == actor.id)).first()
    if isinstance(actor, Guest) and actor.browser:
        return session.exec(select(Cart).where(Cart.browser == actor.browser)).first()
    return None


def lines(session: Session, actor: Actor) -> list[Line]:
    """As they were added, the oldest first."""
    cart = cart_of(session, actor)
    if cart is None:
        return []
    rows = session.exec(
        select(CartLine)
        .where(CartLine.cart_id == cart.id)
        .order_by(col(CartLine.added_at), col(CartLine.id))
    )
    return [
        Line(row.id, row.variant_id, row.quantity, row.seen_price, row.is_saved, row.is_chosen)
        for row in rows
    ]


def count_items(session: Session, actor: Actor) -> int:
    """How many different items are in it, without those put aside: the number at the cart's sign."""
    cart = cart_of(session, actor)
    if cart is None:
        return 0
    wanted = (CartLine.cart_id == cart.id, col(CartLine.is_saved).is_(False))
    return session.exec(select(func.count()).select_from(CartLine).where(*wanted)).one()
