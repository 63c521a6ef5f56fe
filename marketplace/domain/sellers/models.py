"""Sellers (the business) and their members (people with a role in it)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime, stored


class SellerStatus(StrEnum):
    """DESIGN part 5; what each may do is decided in `rules`."""

    OPEN = "open"
    PAUSED = "paused"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    TERMINATED = "terminated"


class Seller(SQLModel, table=True):
    __tablename__ = "seller"

    id: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=80)
    name_zh: str = Field(default="", max_length=80)
    slug: str = Field(max_length=80, unique=True)
    about: str = Field(default="", max_length=400)
    about_zh: str = Field(default="", max_length=400)
    status: SellerStatus = Field(sa_column=Column(stored(SellerStatus), nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class SellerMembership(SQLModel, table=True):
    """A person works for a seller in one role."""

    __tablename__ = "seller_membership"

    seller_id: str = Field(foreign_key="seller.id", primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=40)
    role_id: str = Field(foreign_key="role.id", max_length=40)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)
