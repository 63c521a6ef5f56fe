"""A whole table against what the shop has: every product planned, nothing written."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, Variant
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.imports.rules import Shown
from marketplace.domain.inventory import queries as stock
from marketplace.flows.import_products.planning import plan_product
from marketplace.flows.import_products.plans import Existing, Kind, Planned
from marketplace.flows.import_products.sheet import Fault, columns_of, products_of
from marketplace.flows.product_tables.lookups import lookups
from marketplace.kit.ids import new_id
from marketplace.kit.languages import Locale, translate
from marketplace.kit.tables import Table

AT_ONCE = 200
Told = Callable[[int, int], None]
"""Called with how many products are done, and of how many."""


@dataclass(slots=True)
class Plan:
    """What an import would do. `faults` are those of rows that belong to no product."""

    products: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def every_fault(self) -> list[Fault]:
        found = [*self.faults, *(fault for plan in self.products for fault in plan.faults)]
        return sorted(found, key=lambda fault: fault.row)

    @property
    def every_note(self) -> list[Fault]:
        return [note for plan in self.products if not plan.faults for note in plan.notes]

    @property
    def counts(self) -> dict[str, int]:
        """Products by what happens to them; `faulty` also counts rows without a product."""
        counted = Counter(str(plan.kind) for plan in self.products)
        counted[Kind.FAULTY] += len(self.faults)
        return {kind.value: counted[kind.value] for kind in Kind} | {
            "pictures": sum(len(plan.pictures) for plan in self.products if not plan.faults),
            "notes": len(self.every_note),
        }


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def plan_table(
    session: Session,
    member: SellerMember,
    table: Table,
    mapping: Mapping[str, str],
    *,
    tell: Told = _quiet,
) -> Plan:
    """Raises `Invalid` if the columns do not make sense together."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    columns = columns_of(table, mapping)
    owners, handles = _skus(session, member)
    products, faults = products_of(table, columns, handles)
    known = lookups(session)
    plan = Plan(faults=faults)
    for start in range(0, len(products), AT_ONCE):
        part = products[start : start + AT_ONCE]
        existing = _existing(session, member, [product.handle for product in part])
        for product in part:
            plan.products.append(
                plan_product(
                    product,
                    columns,
                    existing.get(product.handle),
                    known,
                    owners=owners,
                    new_key=lambda: new_id("var"),
                )
            )
        tell(start + len(part), len(products))
    _blame_products(plan)
    return plan


def told(plan: Plan, locale: Locale) -> list[Shown]:
    """Faults first, then notes, as sentences."""
    return [
        Shown(
            fault.row,
            fault.column,
            fault.name,
            fault.handle,
            translate(locale, fault.message, **fault.words),
            is_note,
        )
        for is_note, every in ((False, plan.every_fault), (True, plan.every_note))
        for fault in every
    ]


def _skus(session: Session, member: SellerMember) -> tuple[dict[str, str], dict[str, str]]:
    """By SKU: the variant that has it, and the handle of its listing."""
    rows = session.exec(
        select(Variant.sku, Variant.id, Listing.handle)
        .join(Listing, col(Listing.id) == Variant.listing_id)
        .where(Variant.seller_id == member.seller_id, col(Variant.archived_at).is_(None))
    ).all()
    return {sku: id_ for sku, id_, _ in rows}, {sku: handle for sku, _, handle in rows}


def _existing(session: Session, member: SellerMember, handles: list[str]) -> dict[str, Existing]:
    listings = session.exec(
        select(Listing).where(
            Listing.seller_id == member.seller_id, col(Listing.handle).in_(handles)
        )
    ).all()
    levels = stock.levels_of(session, [listing.id for listing in listings])
    found: dict[str, Existing] = {}
    for listing in listings:
        content = ListingContent.model_validate(listing.draft)
        own = {v.id: levels[v.id] for v in content.variants if v.id in levels}
        found[listing.handle] = Existing(listing.id, listing.version, listing.status, content, own)
    session.expunge_all()
    return found


def _blame_products(plan: Plan) -> None:
    """A row that contradicts an earlier row of its product makes the product faulty."""
    by_handle = {product.handle: product for product in plan.products}
    rest: list[Fault] = []
    for fault in plan.faults:
        product = by_handle.get(fault.handle)
        if product is None:
            rest.append(fault)
            continue
        product.faults.append(fault)
        product.kind = Kind.FAULTY
    plan.faults = rest
