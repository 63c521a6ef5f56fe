"""Listings: the row that lists and searches show, its content by version, its variants."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class ListingStatus(StrEnum):
    """DESIGN part 5. A waiting edit is no state: the live version stays on sale meanwhile."""

    DRAFT = "draft"
    PENDING = "pending"
    LIVE = "live"
    NEEDS_CHANGES = "needs_changes"
    REJECTED = "rejected"
    OFF_SHELF = "off_shelf"
    TAKEN_DOWN = "taken_down"
    ARCHIVED = "archived"


class Listing(SQLModel, table=True):
    """What lists show is copied here from the live version, or from the draft before there is one.

    `draft` is the working copy the editor shows: a `rules.content.ListingContent` as JSON.
    `version` is its optimistic lock. The live content is `live_version_id`'s.
    """

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_seller", "seller_id", "status", "updated_at"),
        Index("ix_listing_category", "category_id", "status"),
        Index("ix_listing_published", "status", "published_at"),
        UniqueConstraint("seller_id", "handle", name="uq_listing_handle"),
        CheckConstraint("price_low >= 0 AND price_high <= 1000000000000", name="price"),
    )

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    status: ListingStatus = Field(sa_column=Column(stored(ListingStatus), nullable=False))
    handle: str = Field(max_length=120, description="key of imports, unique per seller")
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(default="", max_length=200)
    title_zh: str = Field(default="", max_length=200)
    category_id: str | None = Field(default=None, foreign_key="category.id", max_length=40)
    brand_id: str | None = Field(default=None, foreign_key="brand.id", max_length=40)
    cover_id: str = Field(default="", max_length=40, description="a picture's id")
    currency: str = Field(max_length=3)
    price_low: int = Field(default=0, sa_type=BigInteger, description="minor units")
    price_high: int = Field(default=0, sa_type=BigInteger, description="minor units")
    variant_count: int = Field(default=0)
    quality: int = Field(default=0, description="0-100, reference/ux.md 3.3")
    tags: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    draft: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    has_draft: bool = Field(default=False, description="the draft differs from the live version")
    live_version_id: str = Field(default="", max_length=40)
    reason: str = Field(default="", max_length=60, description="policy code of the last refusal")
    note: str = Field(default="", max_length=4000, description="to the seller, with the refusal")
    sold_30d: int = Field(default=0, description="units; kept by the roll-up of orders")
    views_30d: int = Field(default=0, description="kept by the roll-up of traffic")
    rating_bps: int = Field(default=0, description="average stars x 2000, so 5 stars are 10000")
    rating_count: int = Field(default=0)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)
    saved_by: str | None = Field(
        default=None, max_length=80, description="name of who saved the draft last"
    )


class ListingRedirect(SQLModel, table=True):
    """An address a listing once had in public."""

    __tablename__ = "listing_redirect"
    __table_args__ = (Index("ix_listing_redirect_listing", "listing_id"),)

    slug: str = Field(primary_key=True, max_length=120)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    since: datetime = Field(sa_type=UtcDateTime)


class ListingVersion(SQLModel, table=True):
    """Content that was on sale once. Never changed; restoring one makes a new draft."""

    __tablename__ = "listing_version"
    __table_args__ = (UniqueConstraint("listing_id", "number", name="uq_listing_version"),)

    id: str = Field(primary_key=True, max_length=40)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    number: int = Field(description="1, 2, 3 …")
    content: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    made_by: str = Field(default="", max_length=40)
    made_by_name: str = Field(default="", max_length=80)
    how: str = Field(max_length=20, description="review, auto, post_review, import")
    made_at: datetime = Field(sa_type=UtcDateTime)


class Variant(SQLModel, table=True):
    """One SKU: an exact combination of option values. Rows follow the live version, or the draft
    before there is one; a variant taken out is archived, because orders name it."""

    __tablename__ = "variant"
    __table_args__ = (
        Index(  # a SKU is free again once its variant is archived
            "uq_variant_sku",
            "seller_id",
            "sku",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
        Index("ix_variant_listing", "listing_id", "position"),
        CheckConstraint("price >= 0 AND price <= 1000000000000", name="price"),
        CheckConstraint(
            "reference_price IS NULL OR (reference_price >= 0 AND reference_price <= 1000000000000)",
            name="reference_price",
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    sku: str = Field(max_length=80)
    barcode: str = Field(default="", max_length=14)
    values: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    title: str = Field(default="", max_length=200, description="the values, joined, in English")
    title_zh: str = Field(default="", max_length=200)
    position: int = Field(default=0)
    price: int = Field(sa_type=BigInteger, description="minor units")
    reference_price: int | None = Field(default=None, sa_type=BigInteger, description="minor units")
    cost: int | None = Field(default=None, sa_type=BigInteger, description="minor units, private")
    weight: int = Field(default=0, description="grams")
    picture_id: str = Field(default="", max_length=40)
    is_active: bool = Field(default=True)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PriceChange(SQLModel, table=True):
    """From this moment a variant on sale cost this much: proof of reference prices and medians."""

    __tablename__ = "price_change"
    __table_args__ = (Index("ix_price_change_variant", "variant_id", "at"),)

    id: str = Field(primary_key=True, max_length=40)
    variant_id: str = Field(foreign_key="variant.id", max_length=40)
    price: int = Field(sa_type=BigInteger, description="minor units")
    at: datetime = Field(sa_type=UtcDateTime)


class ShippingTemplate(SQLModel, table=True):
    """How a seller ships a kind of goods. Zones and steps are priced by the shipping capability."""

    __tablename__ = "shipping_template"
    __table_args__ = (UniqueConstraint("seller_id", "name", name="uq_shipping_template"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    name: str = Field(max_length=80)
    handling_days: int = Field(default=2)
    fee: int = Field(default=0, sa_type=BigInteger, description="minor units per order")
    free_from: int | None = Field(default=None, sa_type=BigInteger, description="minor units")
    is_default: bool = Field(default=False)
    version: int = Field(default=1)
