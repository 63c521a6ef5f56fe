"""Invariants of listings: what rows, versions and reviews say must be the same."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, or_, select

from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion, Variant
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.flows.verify.kinds import Invariant, Moment, Offender
from marketplace.kit.languages import N_
from marketplace.kit.money import MAX_MINOR

S = ListingStatus
BATCH = 500
CELLS = ("sku", "price", "reference_price", "barcode", "weight", "is_active", "values")
"""Cells a buyer or an order sees; they must be those of the version on sale."""


def live_without_version(session: Session, _moment: Moment) -> list[Offender]:
    found = session.exec(
        select(Listing.id, Listing.status)
        .outerjoin(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .where(
            col(Listing.status).in_([S.LIVE, S.OFF_SHELF, S.TAKEN_DOWN]),
            or_(
                col(ListingVersion.id).is_(None),
                col(ListingVersion.listing_id) != col(Listing.id),
            ),
        )
    )
    return [Offender("listing", id_, f"is {status} without a version") for id_, status in found]


def rows_unlike_what_is_on_sale(session: Session, _moment: Moment) -> list[Offender]:
    """Ids are walked in batches, because contents are long and listings many."""
    found: list[Offender] = []
    after = ""
    while batch := session.exec(
        select(Listing.id, ListingVersion.content)
        .join(ListingVersion, col(ListingVersion.id) == col(Listing.live_version_id))
        .where(Listing.id > after)
        .order_by(col(Listing.id))
        .limit(BATCH)
    ).all():
        after = batch[-1][0]
        rows: dict[str, dict[str, Variant]] = defaultdict(dict)
        for row in session.exec(
            select(Variant).where(
                col(Variant.listing_id).in_([id_ for id_, _ in batch]),
                col(Variant.archived_at).is_(None),
            )
        ):
            rows[row.listing_id][row.id] = row
        for id_, content in batch:
            found += _differences(id_, content, rows[id_])
    return found


def several_open_change_sets(session: Session, _moment: Moment) -> list[Offender]:
    found = session.exec(
        select(ChangeSet.listing_id, func.count())
        .where(ChangeSet.status == ChangeStatus.OPEN)
        .group_by(col(ChangeSet.listing_id))
        .having(func.count() > 1)
    )
    return [Offender("listing", id_, f"has {many} open change sets") for id_, many in found]


def pending_without_change_set(session: Session, _moment: Moment) -> list[Offender]:
    """Nobody would ever decide about it."""
    waiting = select(ChangeSet.listing_id).where(ChangeSet.status == ChangeStatus.OPEN)
    found = session.exec(
        select(Listing.id).where(Listing.status == S.PENDING, col(Listing.id).not_in(waiting))
    )
    return [Offender("listing", id_, "is pending, and nothing waits") for id_ in found]


def impossible_prices(session: Session, _moment: Moment) -> list[Offender]:
    found = session.exec(
        select(Variant.id, Variant.price)
        .join(Listing, col(Listing.id) == col(Variant.listing_id))
        .where(
            Listing.status == S.LIVE,
            col(Variant.is_active).is_(True),
            col(Variant.archived_at).is_(None),
            or_(Variant.price <= 0, Variant.price > MAX_MINOR),
        )
    )
    return [Offender("variant", id_, f"is on sale for {price}") for id_, price in found]


def _differences(
    listing_id: str, content: Mapping[str, Any], rows: dict[str, Variant]
) -> list[Offender]:
    wanted = {variant["id"]: variant for variant in content["variants"]}
    if wanted.keys() != rows.keys():
        return [Offender("listing", listing_id, "has other variants than what is on sale")]
    return [
        Offender("variant", id_, f"{cell} is not as on sale")
        for id_, variant in wanted.items()
        for cell in CELLS
        if getattr(rows[id_], cell) != variant[cell]
    ]


INVARIANTS = (
    Invariant("INV-C1", N_("What is or was on sale has its version"), live_without_version),
    Invariant(
        "INV-C2", N_("Variants are those of the version on sale"), rows_unlike_what_is_on_sale
    ),
    Invariant("INV-C3", N_("A listing has one open edit at most"), several_open_change_sets),
    Invariant(
        "INV-C4", N_("A listing in review has something to decide"), pending_without_change_set
    ),
    Invariant("INV-C5", N_("Nothing on sale is free or beyond price"), impossible_prices),
)
