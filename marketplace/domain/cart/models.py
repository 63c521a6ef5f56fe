"""Carts and their lines. A cart promises nothing: prices and stock are those of the moment."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime


class Cart(SQLModel, table=True):
    """One for each person, or for each browser nobody signed in with."""

    __tablename__ = "cart"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (browser IS NULL)", name="owner"),
        Index("ix_cart_touched", "touched_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    person_id: str | None = Field(default=None, foreign_key="person.id", unique=True, max_length=40)
    browser: str | None = Field(
        default=None, unique=True, max_length=64, description="the hash of its cookie"
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    touched_at: datetime = Field(sa_type=UtcDateTime, description="when a line changed last")


class CartLine(SQLModel, table=True):
    """So many of one SKU. `is_saved`: put aside for later, not part of the sum."""

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id", name="uq_cart_line_variant"),
        CheckConstraint("quantity BETWEEN 1 AND 9999", name="quantity"),
    )

    id: str = Field(primary_key=True, max_length=40)
    cart_id: str = Field(foreign_key="cart.id", max_length=40)
    variant_id: str = Field(foreign_key="variant.id", max_length=40)
    quantity: int
    seen_price: int = Field(
        sa_type=BigInteger, description="minor units, of one; what its owner was told last"
    )
    is_saved: bool = Field(default=False)
    is_chosen: bool = Field(default=True, description="part of the next checkout")
    added_at: datetime = Field(sa_type=UtcDateTime)
