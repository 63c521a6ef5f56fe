"""Writes what was planned, some hundred products at a time, and notes the run once.

A product is written whole or not at all. What changed in the shop between planning and writing is
left out and told; it stops no other product.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service import bulk, listings
from marketplace.domain.catalog.service.bulk import Draft
from marketplace.domain.imports import service as imports
from marketplace.domain.imports.rules import Shown
from marketplace.domain.inventory import service as stock
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.service import Change
from marketplace.flows.import_products.checking import Plan
from marketplace.flows.import_products.plans import Kind, Planned
from marketplace.flows.product_tables.pictures import with_picture
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.languages import Locale, translate

AT_ONCE = 100
WRITTEN = (Kind.CREATE, Kind.UPDATE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A product that was left out, and why."""

    plan: Planned
    why: DomainError


@dataclass(frozen=True, slots=True)
class Saved:
    """Listing ids by handle, and what was left out."""

    ids: dict[str, str] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()

    def __add__(self, other: "Saved") -> "Saved":
        return Saved(self.ids | other.ids, self.refused + other.refused)


def to_write(plan: Plan) -> list[Planned]:
    """The products that change something, without those that have a fault."""
    return [product for product in plan.products if product.kind in WRITTEN]


def batches(products: Sequence[Planned]) -> list[Sequence[Planned]]:
    return [products[start : start + AT_ONCE] for start in range(0, len(products), AT_ONCE)]


def save_batch(
    session: Session, member: SellerMember, products: Sequence[Planned], *, at: datetime
) -> dict[str, str]:
    """Listings, variants and units of these products in one transaction; listing ids by handle.

    Raises `Stale` if somebody saved one of them since it was planned; nothing is written then.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    drafts = [
        Draft(plan.handle, plan.content, listing_id=plan.listing_id, version=plan.version)
        for plan in products
    ]
    ids = bulk.save_many(session, member, drafts, at=at)
    low_at = {id_: low for plan in products for id_, low in plan.low_at.items()}
    units = {id_: count for plan in products for id_, count in plan.quantities.items()}
    known = stock.existing_variants(session, member, {*units, *low_at})
    changes = [Change(id_, units.get(id_), low_at.get(id_)) for id_ in sorted(known)]
    stock.set_many(session, member, changes, reason=StockReason.IMPORTED, at=at)
    return {plan.handle: id_ for plan, id_ in zip(products, ids, strict=True)}


def save_part(
    session: Session, member: SellerMember, products: Sequence[Planned], *, at: datetime
) -> Saved:
    """As `save_batch`; if that is refused, each product by itself."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    try:
        with session.begin_nested():
            return Saved(save_batch(session, member, products, at=at))
    except DomainError as why:
        if len(products) == 1:
            return Saved(refused=(Refusal(products[0], why),))
    saved = Saved()
    for product in products:
        saved += save_part(session, member, [product], at=at)
    return saved


def counts(plan: Plan, saved: Saved) -> dict[str, int]:
    """As the plan's, of what was written; `refused` were left out although they had no fault."""
    left_out = Counter(refusal.plan.kind.value for refusal in saved.refused)
    numbers = {name: count - left_out[name] for name, count in plan.counts.items()}
    return numbers | {
        "pictures": len(pictures(to_write(plan), saved)),
        "refused": len(saved.refused),
    }


def pictures(products: Sequence[Planned], saved: Saved) -> list[tuple[int, str, str]]:
    """Row, handle and address of each picture of what was written."""
    return [
        (row, product.handle, url)
        for product in products
        if product.handle in saved.ids
        for row, url in product.pictures
    ]


def told(saved: Saved, locale: Locale) -> list[Shown]:
    """Why each product was left out, as sentences beside its first row."""
    return [
        Shown(
            refusal.plan.row,
            "",
            "",
            refusal.plan.handle,
            translate(locale, _message(refusal.why), **refusal.why.words),
            False,
        )
        for refusal in saved.refused
    ]


def record(
    session: Session,
    member: SellerMember,
    name: str,
    counts: Mapping[str, int],
    *,
    run_id: str = "",
    told: Sequence[Shown] = (),
    at: datetime,
) -> None:
    """One entry in the audit log for the whole run."""
    if run_id:
        imports.note_result(session, member, run_id, counts, told, at=at)
    after = {"file": name, **counts}
    audit.record(session, member, "products.imported", "import", run_id, at=at, after=after)


def hang_picture(
    session: Session,
    member: SellerMember,
    handle: str,
    url: str,
    picture_id: str,
    *,
    at: datetime,
) -> bool:
    """Put a fetched picture where its address waits; False if nothing waits for it any more."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    listing = session.exec(
        select(Listing)
        .where(Listing.seller_id == member.seller_id, Listing.handle == handle)
        .with_for_update()
    ).first()
    if listing is None:
        raise NotFound
    document = with_picture(ListingContent.model_validate(listing.draft), url, picture_id)
    if document is None:
        return False
    content = ListingContent.model_validate(document)
    listings.save_draft(session, member, listing.id, content, version=listing.version, at=at)
    return True


def _message(why: DomainError) -> str:
    fields: dict[str, str] = getattr(why, "fields", {})
    return next(iter(fields.values()), why.message)
