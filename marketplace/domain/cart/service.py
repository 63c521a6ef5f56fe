"""Putting things into a cart, changing how many, putting them aside, and taking a guest's over."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Actor, Guest, Person
from marketplace.domain.cart import rules
from marketplace.domain.cart.models import Cart, CartLine
from marketplace.domain.cart.queries import cart_of
from marketplace.domain.cart.rules import Kept
from marketplace.domain.catalog.queries.listings.offers import Offer, offers
from marketplace.domain.inventory.queries import levels_of_variants
from marketplace.kit.errors import DomainError, Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent

HOW_MANY = N_("Enter a number from 1 to {most}.")


class CookiesOff(DomainError):
    """A browser that keeps no cookie has nothing a cart could be kept under."""

    message = N_("Your browser keeps no cookies. Allow them for this site, or sign in.")


def add(session: Session, actor: Actor, variant_id: str, quantity: int, *, at: datetime) -> str:
    """So many more of a SKU; returns the line's id. What was put aside comes back.

    Raises `Invalid`, `NotFound`, `NotForSale`, `SoldOut`, `OtherCurrency`, `CartFull`,
    `CookiesOff`.
    """
    _check(quantity)
    offer = offers(session, [variant_id]).get(variant_id)
    if offer is None:
        raise NotFound
    if not offer.is_for_sale:
        raise rules.NotForSale
    level = levels_of_variants(session, [variant_id]).get(variant_id)
    if level is None or level.available <= 0:
        raise rules.SoldOut
    cart = _own_or_new(session, actor, at=at)
    _check_currency(session, cart, offer)
    line = session.exec(
        select(CartLine).where(CartLine.cart_id == cart.id, CartLine.variant_id == variant_id)
    ).first()
    if line is None or line.is_saved:
        _require_room(session, cart, is_saved=False)
    if line is None:
        line = CartLine(
            id=new_id("cln"),
            cart_id=cart.id,
            variant_id=variant_id,
            quantity=quantity,
            seen_price=offer.price,
            added_at=at,
        )
    else:
        line.quantity = quantity if line.is_saved else rules.added(line.quantity, quantity)
        line.is_saved, line.is_chosen, line.seen_price = False, True, offer.price
    _keep(session, cart, line, at=at)
    return line.id


def set_quantity(
    session: Session, actor: Actor, line_id: str, quantity: int, *, at: datetime
) -> None:
    """Raises `Invalid` for less than one or more than a line holds, `NotFound`."""
    cart, line = _own_line(session, actor, line_id)
    _check(quantity)
    line.quantity = quantity
    _keep(session, cart, line, at=at)


def remove(session: Session, actor: Actor, line_id: str, *, at: datetime) -> None:
    """Raises `NotFound`."""
    cart, line = _own_line(session, actor, line_id)
    session.delete(line)
    cart.touched_at = at
    session.add(cart)
    session.flush()


def put_aside(
    session: Session, actor: Actor, line_id: str, *, is_saved: bool, at: datetime
) -> None:
    """Keep it for later, or take it back into the cart. Raises `CartFull`, `TooManySaved`."""
    cart, line = _own_line(session, actor, line_id)
    if line.is_saved is is_saved:
        return
    _require_room(session, cart, is_saved=is_saved)
    line.is_saved, line.is_chosen = is_saved, True
    _keep(session, cart, line, at=at)


def choose(
    session: Session, actor: Actor, line_ids: Collection[str], *, is_chosen: bool, at: datetime
) -> None:
    """Whether these lines are part of the next checkout; what is not one's own is left out."""
    cart = _own(session, actor)
    rows = session.exec(
        select(CartLine).where(CartLine.cart_id == cart.id, col(CartLine.id).in_(line_ids))
    )
    for line in rows:
        line.is_chosen = is_chosen
        session.add(line)
    cart.touched_at = at
    session.add(cart)
    session.flush()


def note_prices(session: Session, actor: Actor) -> None:
    """The owner has read that prices changed: those of now are the ones they know."""
    cart = _own(session, actor)
    rows = list(session.exec(select(CartLine).where(CartLine.cart_id == cart.id)))
    known = offers(session, [line.variant_id for line in rows])
    for line in rows:
        if line.variant_id in known:
            line.seen_price = known[line.variant_id].price
            session.add(line)
    session.flush()


def take_over(session: Session, person: Person, browser: str, *, at: datetime) -> None:
    """What a browser held becomes the person's who signs in with it, once: nothing is left there."""
    theirs = cart_of(session, Guest(browser=browser)) if browser else None
    if theirs is None:
        return
    mine = _own_or_new(session, person, at=at)
    rows = {cart.id: _lines(session, cart) for cart in (mine, theirs)}
    kept = rules.merged(_kept(rows[mine.id]), _kept(rows[theirs.id]))
    for variant_id, line in rows[theirs.id].items():
        if variant_id in kept and variant_id not in rows[mine.id]:
            line.cart_id = mine.id
            rows[mine.id][variant_id] = line
        else:
            session.delete(line)
    for variant_id, line in rows[mine.id].items():
        if variant_id in kept:
            line.quantity, line.is_saved = kept[variant_id].quantity, kept[variant_id].is_saved
            session.add(line)
    mine.touched_at = at
    session.add(mine)
    session.flush()
    session.delete(theirs)
    session.flush()


def forget_guests(session: Session, *, at: datetime) -> int:
    """Carts of browsers nobody came back with. Returns how many went."""
    old = select(Cart.id).where(
        col(Cart.browser).is_not(None), col(Cart.touched_at) < at - rules.GUESTS_KEEP
    )
    ids = list(session.exec(old.limit(1000)))
    session.execute(delete(CartLine).where(col(CartLine.cart_id).in_(ids)))
    session.execute(delete(Cart).where(col(Cart.id).in_(ids)))
    return len(ids)


def _check(quantity: int) -> None:
    if not 1 <= quantity <= rules.MOST_OF_ONE:
        raise Invalid({"quantity": HOW_MANY}, most=rules.MOST_OF_ONE)


def _check_currency(session: Session, cart: Cart, offer: Offer) -> None:
    others = [line for line in _lines(session, cart).values() if not line.is_saved]
    known = offers(session, [line.variant_id for line in others])
    if any(one.currency != offer.currency for one in known.values()):
        raise rules.OtherCurrency


def _require_room(session: Session, cart: Cart, *, is_saved: bool) -> None:
    wanted = (CartLine.cart_id == cart.id, col(CartLine.is_saved).is_(is_saved))
    there = session.exec(select(func.count()).select_from(CartLine).where(*wanted)).one()
    if is_saved and there >= rules.MOST_SAVED:
        raise rules.TooManySaved(most=rules.MOST_SAVED)
    if not is_saved and there >= rules.MOST_LINES:
        raise rules.CartFull(most=rules.MOST_LINES)


def _own_or_new(session: Session, actor: Actor, *, at: datetime) -> Cart:
    owner: dict[str, str] = {}
    if isinstance(actor, Person):
        owner = {"person_id": actor.id}
    elif isinstance(actor, Guest) and actor.browser:
        owner = {"browser": actor.browser}
    if not owner:
        raise CookiesOff
    if cart_of(session, actor) is None:
        insert_if_absent(session, Cart, id=new_id("crt"), created_at=at, touched_at=at, **owner)
    return _own(session, actor)


def _own(session: Session, actor: Actor) -> Cart:
    """Locked. Raises `NotFound`."""
    found = cart_of(session, actor)
    if found is None:
        raise NotFound
    locked = select(Cart).where(Cart.id == found.id).with_for_update()
    cart = session.exec(locked.execution_options(populate_existing=True)).first()
    if cart is None:  # taken over meanwhile
        raise NotFound
    return cart


def _own_line(session: Session, actor: Actor, line_id: str) -> tuple[Cart, CartLine]:
    cart = _own(session, actor)
    line = session.get(CartLine, line_id)
    if line is None or line.cart_id != cart.id:
        raise NotFound
    return cart, line


def _keep(session: Session, cart: Cart, line: CartLine, *, at: datetime) -> None:
    cart.touched_at = at
    session.add(line)
    session.add(cart)
    session.flush()


def _lines(session: Session, cart: Cart) -> dict[str, CartLine]:
    rows = session.exec(
        select(CartLine)
        .where(CartLine.cart_id == cart.id)
        .order_by(col(CartLine.added_at), col(CartLine.id))
    )
    return {line.variant_id: line for line in rows}


def _kept(lines: dict[str, CartLine]) -> dict[str, Kept]:
    return {variant_id: Kept(line.quantity, line.is_saved) for variant_id, line in lines.items()}
