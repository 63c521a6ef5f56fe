"""Sellers (the business), their levels and switches, and their members (people with a role)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class SellerStatus(StrEnum):
    """DESIGN part 5; what each may do is decided in `rules`."""

    OPEN = "open"
    PAUSED = "paused"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"
    TERMINATED = "terminated"


class Switch(StrEnum):
    """What can be taken from a seller, one by one (reference/features.md 2.1)."""

    SEARCH_VISIBLE = "search_visible"
    BUYABLE = "buyable"
    EDIT_LISTINGS = "edit_listings"
    BOOK_SLOTS = "book_slots"
    JOIN_EVENTS = "join_events"
    PAYOUTS = "payouts"
    SESSIONS = "sessions"


class SellerLevel(SQLModel, table=True):
    """How far a seller is trusted: configured by staff, read by moderation and settlement."""

    __tablename__ = "seller_level"

    code: str = Field(primary_key=True, max_length=20)
    name: str = Field(max_length=40)
    name_zh: str = Field(max_length=40)
    position: int = Field(description="higher is more trusted")
    price_band_bps: int = Field(description="a price this near its 30-day median needs no review")
    trusts_images: bool = Field(default=False)
    sample_bps: int = Field(description="how many automatic approvals staff look at afterwards")
    most_listings: int = Field(description="live at once")
    version: int = Field(default=1)


class Seller(SQLModel, table=True):
    __tablename__ = "seller"

    id: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=80)
    name_zh: str = Field(default="", max_length=80)
    slug: str = Field(max_length=80, unique=True)
    about: str = Field(default="", max_length=400)
    about_zh: str = Field(default="", max_length=400)
    logo_id: str = Field(default="", max_length=40, description="a picture's id")
    status: SellerStatus = Field(sa_column=Column(stored(SellerStatus), nullable=False))
    level: str = Field(default="new", max_length=20, description="code of a SellerLevel")
    category_ids: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    ship_from: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    return_to: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    application_id: str = Field(default="", max_length=40)
    paused_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    suspended_for: str = Field(default="", max_length=60, description="reason code")
    suspended_by: str = Field(default="", max_length=40)
    appeal_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    appeal: str = Field(default="", max_length=4000)
    appealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    appeal_answer: str = Field(default="", max_length=4000)
    appeal_decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closing_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class SellerSwitch(SQLModel, table=True):
    """One switch that is off, why, and since when. Without an open row a switch is on."""

    __tablename__ = "seller_switch"
    __table_args__ = (
        Index(
            "uq_seller_switch_off",
            "seller_id",
            "switch",
            "reason",
            unique=True,
            sqlite_where=text("on_again_at IS NULL"),
            postgresql_where=text("on_again_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    switch: Switch = Field(sa_column=Column(stored(Switch), nullable=False))
    reason: str = Field(max_length=60, description="a code of `rules.SWITCH_REASONS`")
    note: str = Field(default="", max_length=1000)
    off_at: datetime = Field(sa_type=UtcDateTime)
    off_by: str = Field(default="", max_length=40, description="empty: the platform's own job")
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    on_again_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    on_again_by: str = Field(default="", max_length=40)


class SellerMembership(SQLModel, table=True):
    """A person works for a seller in one role."""

    __tablename__ = "seller_membership"

    seller_id: str = Field(foreign_key="seller.id", primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=40)
    role_id: str = Field(foreign_key="role.id", max_length=40)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)
