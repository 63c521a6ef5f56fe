"""Listings follow when staff change what they hang on: another category, a merged brand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Category, CategoryAttribute, Listing, ListingVersion
from marketplace.domain.outbox import service as outbox
from marketplace.kit.errors import NotFound
from marketplace.kit.ids import new_id

BY_STAFF = "staff"
AT_ONCE = 500
LABELS = "labels.changed"
LabelKind = Literal["category", "brand"]


def tell_labels(session: Session, kind: LabelKind, id_: str, *, at: datetime) -> None:
    """Owe the reactions (`flows.reactions`) to what listings are called by: its words or its place
    among the categories changed, for a category with all below it."""
    owed = {"kind": kind, "id": id_, "after": ""}
    outbox.put(session, LABELS, f"{LABELS}:{new_id('msg')}", owed, at=at)


def tell_attribute(session: Session, attribute_id: str, *, at: datetime) -> None:
    """As `tell_labels`, of an attribute's values: all listings of the categories that ask for it."""
    asking = select(CategoryAttribute.category_id).where(
        CategoryAttribute.attribute_id == attribute_id
    )
    for category_id in session.exec(asking.order_by(CategoryAttribute.category_id)):
        tell_labels(session, "category", category_id, at=at)


def recategorise(
    session: Session,
    actor: Staff | System,
    listing_ids: Sequence[str],
    category_id: str,
    *,
    at: datetime,
) -> int:
    """Hang listings into another category. Returns how many moved. Raises `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    target = session.get(Category, category_id)
    if target is None or not target.is_active:
        raise NotFound
    elsewhere = select(Listing.id).where(
        col(Listing.id).in_(listing_ids),
        func.coalesce(col(Listing.category_id), "") != category_id,
    )
    moving = list(session.exec(elsewhere))
    relabel(session, actor, moving, at=at, category_id=category_id)
    audit.record(
        session,
        actor,
        "catalog.listings_moved",
        "category",
        category_id,
        at=at,
        after={"listings": moving},
    )
    return len(moving)


def relabel(
    session: Session,
    actor: Staff | System,
    listing_ids: Iterable[str],
    *,
    at: datetime,
    category_id: str = "",
    brand_id: str = "",
) -> None:
    """Give listings another category or brand: row, draft, and a new version of what is live.

    A version never changes, so orders and histories go on naming the old one; whoever has the
    listing open in an editor is told that it changed.
    """
    changes = {
        name: value
        for name, value in (("category_id", category_id), ("brand_id", brand_id))
        if value
    }
    ids = list(listing_ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        lives = _live_versions(session, some)
        for row in session.exec(
            select(Listing).where(col(Listing.id).in_(some)).with_for_update()
        ).all():
            _change(session, actor, row, lives.get(row.id), changes, at=at)
        session.flush()


def _change(
    session: Session,
    actor: Staff | System,
    row: Listing,
    live: ListingVersion | None,
    changes: dict[str, str],
    *,
    at: datetime,
) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.draft = {**row.draft, **changes}
    row.version, row.updated_at = row.version + 1, at
    if live is not None:
        version = ListingVersion(
            id=new_id("ver"),
            listing_id=row.id,
            number=live.number + 1,
            content={**live.content, **changes},
            made_by=actor.id,
            made_by_name=actor.name[:80],
            how=BY_STAFF,
            made_at=at,
        )
        row.live_version_id = version.id
        session.add(version)
    session.add(row)
    outbox.put(
        session,
        "listing.changed",
        f"{row.id}:{row.version}",
        {"listing_id": row.id},
        at=at,
    )


def _live_versions(session: Session, listing_ids: Sequence[str]) -> dict[str, ListingVersion]:
    """The live versions of those that have one; it is also the newest, whatever its number."""
    rows = session.exec(
        select(ListingVersion)
        .join(Listing, col(Listing.live_version_id) == col(ListingVersion.id))
        .where(col(Listing.id).in_(listing_ids))
    )
    return {row.listing_id: row for row in rows}
