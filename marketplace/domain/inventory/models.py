"""How many there are of each SKU, every movement of them, and who waits for more."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime, stored


class StockLevel(SQLModel, table=True):
    """Units of one SKU. Available is on hand less reserved; the database refuses less than zero."""

    __tablename__ = "stock_level"
    __table_args__ = (
        Index("ix_stock_level_seller", "seller_id"),
        Index("ix_stock_level_listing", "listing_id"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("on_hand >= reserved", name="available"),
        CheckConstraint("on_hand <= 1000000000", name="on_hand"),
    )

    variant_id: str = Field(primary_key=True, foreign_key="variant.id", max_length=40)
    listing_id: str = Field(max_length=40)
    seller_id: str = Field(max_length=40)
    on_hand: int = Field(default=0)
    reserved: int = Field(default=0)
    low_at: int = Field(default=0, description="alert when available falls to this; 0: never")
    alerted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class StockReason(StrEnum):
    SET = "set"
    """Somebody typed a number."""
    RECEIVED = "received"
    COUNTED = "counted"
    """A stock taking found another number."""
    DAMAGED = "damaged"
    IMPORTED = "imported"
    SOLD = "sold"
    RETURNED = "returned"
    CORRECTION = "correction"


class StockMovement(SQLModel, table=True):
    """One change of units on hand, why, and what was there after it. Never changed."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        Index("ix_stock_movement_variant", "variant_id", "at"),
        Index("ix_stock_movement_seller", "seller_id", "at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    variant_id: str = Field(foreign_key="variant.id", max_length=40)
    seller_id: str = Field(max_length=40)
    change: int
    on_hand: int = Field(description="after the change")
    reason: StockReason = Field(sa_column=Column(stored(StockReason), nullable=False))
    reference: str = Field(default="", max_length=80)
    note: str = Field(default="", max_length=200)
    actor_kind: str = Field(max_length=20)
    actor_id: str = Field(default="", max_length=40)
    actor_name: str = Field(default="", max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)


class BackInStock(SQLModel, table=True):
    """Somebody wants to hear when a sold-out SKU is there again; told once."""

    __tablename__ = "back_in_stock"
    __table_args__ = (
        UniqueConstraint("variant_id", "email_key", name="uq_back_in_stock_once"),
        Index("ix_back_in_stock_waiting", "variant_id", "told_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    variant_id: str = Field(foreign_key="variant.id", max_length=40)
    seller_id: str = Field(max_length=40)
    email: str = Field(max_length=254)
    email_key: str = Field(max_length=254)
    person_id: str = Field(default="", max_length=40)
    locale: str = Field(max_length=10)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
