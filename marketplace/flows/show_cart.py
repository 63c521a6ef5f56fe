"""A cart as its owner sees it: by shop, at the prices of now, with what changed since they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor
from marketplace.domain.cart.queries import Line, lines
from marketplace.domain.catalog.models import ShippingTemplate
from marketplace.domain.catalog.queries.listings.offers import Offer, offers
from marketplace.domain.inventory.queries import levels_of_variants
from marketplace.domain.media.queries import pictures

GONE, SOLD_OUT, FEWER = "gone", "sold_out", "fewer"
LOW = 5  # units: from here on buyers are told how many are left


@dataclass(frozen=True, slots=True)
class CartRow:
    """Minor units. `price_before` is what its owner was told last, 0 if that is still so. `trouble`
    says why it cannot be ordered like this: `gone`, `sold_out`, `fewer` (than `left`)."""

    id: str
    variant_id: str
    slug: str
    title: str
    title_zh: str
    kind: str
    kind_zh: str
    thumb: str
    price: int
    price_before: int
    quantity: int
    total: int
    left: int
    """Units, where few are left or fewer than wanted; 0: enough."""
    trouble: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CartGroup:
    """One shop's part. Minor units; `free_gap` is what is missing to free shipping, 0: nothing, or
    there is none; `free_share` how far it has come, in percent."""

    seller_id: str
    seller: str
    seller_zh: str
    seller_slug: str
    rows: list[CartRow]
    goods: int
    shipping: int
    free_gap: int
    free_share: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CartView:
    """`count`: chosen pieces. `total` is goods and shipping of what is chosen and can be had."""

    groups: list[CartGroup]
    unavailable: list[CartRow]
    saved: list[CartRow]
    currency: str
    count: int
    goods: int
    shipping: int
    total: int
    has_changes: bool


def show_cart(session: Session, actor: Actor) -> CartView:
    """The actor's own; an empty view if they have none."""
    held = lines(session, actor)
    known = offers(session, [line.variant_id for line in held])
    left = {id_: level.available for id_, level in levels_of_variants(session, list(known)).items()}
    thumbs = {
        id_: row.url_160
        for id_, row in pictures(session, [offer.picture_id for offer in known.values()]).items()
    }
    rows = {
        line.id: _row(line, known[line.variant_id], left.get(line.variant_id, 0), thumbs)
        for line in held
        if line.variant_id in known
    }
    shown = [line for line in held if line.id in rows]
    here = [one for one in shown if not one.is_saved and rows[one.id].trouble in ("", FEWER)]
    groups = _groups(session, here, known, rows)
    goods, shipping = sum(one.goods for one in groups), sum(one.shipping for one in groups)
    return CartView(
        groups=groups,
        unavailable=[
            rows[line.id]
            for line in shown
            if not line.is_saved and rows[line.id].trouble in (GONE, SOLD_OUT)
        ],
        saved=[rows[line.id] for line in shown if line.is_saved],
        currency=next((known[line.variant_id].currency for line in shown), ""),
        count=sum(row.quantity for one in groups for row in one.rows if row.is_chosen),
        goods=goods,
        shipping=shipping,
        total=goods + shipping,
        has_changes=any(row.price_before for row in rows.values()),
    )


def _row(line: Line, offer: Offer, left: int, thumbs: dict[str, str]) -> CartRow:
    trouble = ""
    if not offer.is_for_sale:
        trouble = GONE
    elif left <= 0:
        trouble = SOLD_OUT
    elif left < line.quantity:
        trouble = FEWER
    return CartRow(
        id=line.id,
        variant_id=line.variant_id,
        slug=offer.slug,
        title=offer.title,
        title_zh=offer.title_zh,
        kind=offer.kind,
        kind_zh=offer.kind_zh,
        thumb=thumbs.get(offer.picture_id, ""),
        price=offer.price,
        price_before=line.seen_price if line.seen_price != offer.price else 0,
        quantity=line.quantity,
        total=offer.price * line.quantity,
        left=left if 0 < left <= LOW or trouble == FEWER else 0,
        trouble=trouble,
        is_chosen=line.is_chosen and trouble != FEWER,
    )


def _groups(
    session: Session, here: Sequence[Line], known: dict[str, Offer], rows: dict[str, CartRow]
) -> list[CartGroup]:
    """In the order in which the shops came in; each with its lines as they were added."""
    first: dict[str, int] = {}
    for place, line in enumerate(here):
        first.setdefault(known[line.variant_id].seller_id, place)
    ordered = sorted(here, key=lambda line: first[known[line.variant_id].seller_id])
    templates = _templates(session, [known[line.variant_id] for line in here])
    return [
        _group([*part], known, rows, templates)
        for _seller, part in groupby(ordered, key=lambda line: known[line.variant_id].seller_id)
    ]


def _group(
    part: Sequence[Line],
    known: dict[str, Offer],
    rows: dict[str, CartRow],
    templates: dict[str, ShippingTemplate],
) -> CartGroup:
    offer = known[part[0].variant_id]
    chosen = [line for line in part if rows[line.id].is_chosen]
    parcels: dict[str, int] = {}
    for line in chosen:
        template_id = known[line.variant_id].shipping_template_id
        parcels[template_id] = parcels.get(template_id, 0) + rows[line.id].total
    fees = [_fee(templates.get(id_), goods) for id_, goods in parcels.items()]
    gaps = [
        (template.free_from - goods, 100 * goods // template.free_from)
        for id_, goods in parcels.items()
        if (template := templates.get(id_))
        and template.fee
        and template.free_from
        and goods < template.free_from
    ]
    gap, share = min(gaps, default=(0, 0))
    return CartGroup(
        seller_id=offer.seller_id,
        seller=offer.seller,
        seller_zh=offer.seller_zh,
        seller_slug=offer.seller_slug,
        rows=[rows[line.id] for line in part],
        goods=sum(rows[line.id].total for line in chosen),
        shipping=sum(fees),
        free_gap=gap,
        free_share=share,
        is_chosen=len(chosen) == len(part),
    )


def _fee(template: ShippingTemplate | None, goods: int) -> int:
    """What one template's goods cost to send together, minor units."""
    if template is None or (template.free_from is not None and goods >= template.free_from):
        return 0
    return template.fee


def _templates(session: Session, sold: Sequence[Offer]) -> dict[str, ShippingTemplate]:
    """Of the sellers themselves: a listing that names another's ships free, as its page says."""
    owners = {(offer.shipping_template_id, offer.seller_id) for offer in sold}
    found = session.exec(
        select(ShippingTemplate).where(col(ShippingTemplate.id).in_([id_ for id_, _ in owners]))
    )
    return {row.id: row for row in found if (row.id, row.seller_id) in owners}
