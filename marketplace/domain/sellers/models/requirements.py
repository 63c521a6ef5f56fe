"""What sellers must hand in, what they handed in, and until when it counts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class RequirementKind(StrEnum):
    """What the applicant gives: some kinds are whole wizard steps, others one document."""

    CONTACT = "contact"
    LEGAL = "legal"
    SHOP = "shop"
    BANK = "bank"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    ATTESTATION = "attestation"


class Requirement(SQLModel, table=True):
    """Configured by staff (reference/features.md 2.2)."""

    __tablename__ = "requirement"

    id: str = Field(primary_key=True, max_length=40)
    code: str = Field(max_length=40, unique=True)
    kind: RequirementKind = Field(sa_column=Column(stored(RequirementKind), nullable=False))
    name: str = Field(max_length=80)
    name_zh: str = Field(max_length=80)
    help: str = Field(default="", max_length=400)
    help_zh: str = Field(default="", max_length=400)
    is_required: bool = Field(default=True)
    business_types: list[str] = Field(
        default_factory=list, sa_column=Column(Json, nullable=False), description="empty: all"
    )
    category_ids: list[str] = Field(
        default_factory=list, sa_column=Column(Json, nullable=False), description="empty: all"
    )
    expires: bool = Field(default=False, description="asks for the day the document ends")
    grace_days: int = Field(default=7, description="from the end to the first switch")
    condition: dict[str, Any] | None = Field(
        default=None,
        sa_column=Column(Json, nullable=True),
        description="by turnover: {window_days, orders, turnover (minor units), days to comply}",
    )
    days_to_comply: int = Field(default=30, description="for shops open when it began to apply")
    position: int = Field(default=0)
    is_active: bool = Field(default=True)
    version: int = Field(default=1)


class Verdict(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WAIVED = "waived"
    EXPIRED = "expired"


class Submission(SQLModel, table=True):
    """What was handed in for one requirement, and what staff said of it.

    It belongs to an application, and to the seller as well once that is approved; a renewed
    document is a new row, so the old one stays to be looked at.
    """

    __tablename__ = "submission"
    __table_args__ = (
        Index("ix_submission_application", "application_id", "requirement_id"),
        Index("ix_submission_seller", "seller_id", "requirement_id"),
        Index("ix_submission_expiry", "verdict", "expires_on"),
    )

    id: str = Field(primary_key=True, max_length=40)
    requirement_id: str = Field(foreign_key="requirement.id", max_length=40)
    application_id: str = Field(default="", max_length=40)
    seller_id: str = Field(default="", max_length=40)
    media_id: str = Field(default="", max_length=40, description="of a document; else empty")
    renews: str = Field(default="", max_length=40, description="the submission it will replace")
    verdict: Verdict = Field(sa_column=Column(stored(Verdict), nullable=False))
    note: str = Field(default="", max_length=1000, description="to the applicant")
    fields: dict[str, str] = Field(
        default_factory=dict,
        sa_column=Column(Json, nullable=False),
        description="what is wrong, by field; only these may then be changed",
    )
    expires_on: date | None = Field(default=None, description="the last day it counts")
    reminded: int = Field(default=0, description="the last reminder sent: 60, 30 or 7 days before")
    handed_in_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = Field(default="", max_length=40)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class SellerDeadline(SQLModel, table=True):
    """A requirement that began to apply to a live shop, and until when it must be met."""

    __tablename__ = "seller_deadline"
    __table_args__ = (UniqueConstraint("seller_id", "requirement_id", name="uq_seller_deadline"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    requirement_id: str = Field(foreign_key="requirement.id", max_length=40)
    began_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    met_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
