"""An application to become a seller, and the agreement it accepts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class ApplicationStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"


class BusinessType(StrEnum):
    """Decides which documents are asked for (reference/ux.md SE-01)."""

    INDIVIDUAL = "individual"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    CROSS_BORDER = "cross_border"


class SellerApplication(SQLModel, table=True):
    """One try of one person to become a seller; what it says is kept by wizard step."""

    __tablename__ = "seller_application"
    __table_args__ = (
        Index("ix_seller_application_queue", "status", "submitted_at"),
        Index("ix_seller_application_registration", "registration_key"),
        Index("ix_seller_application_bank", "bank_key"),
        Index(
            "uq_seller_application_open",
            "person_id",
            unique=True,
            sqlite_where=text("status NOT IN ('approved', 'rejected')"),
            postgresql_where=text("status NOT IN ('approved', 'rejected')"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    status: ApplicationStatus = Field(sa_column=Column(stored(ApplicationStatus), nullable=False))
    business_type: str = Field(default="", max_length=20, description="empty until chosen")
    contact: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    legal: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    shop: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    shop_name: str = Field(default="", max_length=80)
    slug: str = Field(default="", max_length=80)
    category_ids: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    registration_key: str = Field(default="", max_length=64, description="HMAC, finds duplicates")
    bank_sealed: str = Field(default="", max_length=1000)
    bank_last: str = Field(default="", max_length=8, description="the last four digits")
    bank_key: str = Field(default="", max_length=64, description="HMAC, finds duplicates")
    ip: str = Field(default="", max_length=45, description="of the submission")
    agreement: int = Field(default=0, description="the version accepted; 0: none yet")
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    step: int = Field(default=1, description="the furthest wizard step reached, 1-6")
    round: int = Field(default=0, description="how often it was submitted")
    said_last: dict[str, Any] | None = Field(
        default=None, sa_column=Column(Json), description="by group, as last handed in"
    )
    said_before: dict[str, Any] | None = Field(
        default=None, sa_column=Column(Json), description="the same, of the round before"
    )
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="what we promise"
    )
    reviewer_id: str = Field(default="", max_length=40)
    reason: str = Field(default="", max_length=60, description="code of a rejection")
    note: str = Field(default="", max_length=4000, description="to the applicant")
    first_yes_by: str | None = Field(
        default=None, max_length=40, description="who agreed, where two people must"
    )
    first_yes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_yes_level: str | None = Field(default=None, max_length=40, description="of the shop")
    first_yes_round: int | None = Field(default=None, description="it counts in this round only")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = Field(default="", max_length=40)
    again_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    appeal: str = Field(default="", max_length=4000)
    appealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    appeal_answer: str = Field(default="", max_length=4000)
    appeal_decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seller_id: str = Field(default="", max_length=40, description="once approved")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="that it waits for its applicant"
    )
    version: int = Field(default=1)


class Agreement(SQLModel, table=True):
    """One version of the seller agreement; never changed, only followed by the next."""

    __tablename__ = "agreement"

    version: int = Field(primary_key=True)
    text: str
    text_zh: str
    published_at: datetime = Field(
        sa_type=UtcDateTime, description="from when it counts; may lie ahead"
    )
