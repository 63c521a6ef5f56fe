"""Reviews of listings: change sets, policy codes, violations, forbidden words, appeals, reports."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class ChangeKind(StrEnum):
    NEW = "new"
    EDIT = "edit"


class ChangeStatus(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class ReviewPolicy(StrEnum):
    """How a change reaches buyers (reference/features.md 2.3)."""

    AUTO = "auto"
    POST_REVIEW = "post_review"
    PRE_REVIEW = "pre_review"


class ChangeSet(SQLModel, table=True):
    """Content a seller wants on sale, against the version it was made from.

    A new listing's first content is one, too. Content that went live without waiting keeps its
    row: approved at once, and in the queue again if it is to be looked at afterwards.
    """

    __tablename__ = "change_set"
    __table_args__ = (
        Index("ix_change_set_queue", "status", "submitted_at"),
        Index("ix_change_set_seller", "seller_id", "submitted_at"),
        Index(
            "uq_change_set_open",
            "listing_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    kind: ChangeKind = Field(sa_column=Column(stored(ChangeKind), nullable=False))
    status: ChangeStatus = Field(sa_column=Column(stored(ChangeStatus), nullable=False))
    policy: ReviewPolicy = Field(sa_column=Column(stored(ReviewPolicy), nullable=False))
    base_version_id: str = Field(default="", max_length=40, description="empty for a new listing")
    content: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    fields: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    flags: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(Json, nullable=False),
        description="what rules found: [{code, field, found}]",
    )
    needs_look: bool = Field(default=False, description="live already, still to be looked at")
    assignee_id: str = Field(default="", max_length=40)
    reason: str = Field(default="", max_length=60, description="policy code")
    comments: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(Json, nullable=False), description="by field"
    )
    note: str = Field(default="", max_length=4000, description="to the seller")
    submitted_by: str = Field(default="", max_length=40)
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str = Field(default="", max_length=40)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class PolicyCode(SQLModel, table=True):
    """A rule of the marketplace that a listing can break, in words sellers understand."""

    __tablename__ = "policy_code"

    code: str = Field(primary_key=True, max_length=60)
    name: str = Field(max_length=80)
    name_zh: str = Field(max_length=80)
    advice: str = Field(max_length=400, description="what to do about it")
    advice_zh: str = Field(max_length=400)
    points: int = Field(default=0, description="of a violation when a live listing is taken down")
    decay_days: int = Field(default=180, description="after this the points are gone")
    position: int = Field(default=0)
    is_active: bool = Field(default=True)


class Violation(SQLModel, table=True):
    """A seller broke a rule. Its points count until they decay or an appeal cancels them."""

    __tablename__ = "violation"
    __table_args__ = (Index("ix_violation_seller", "seller_id", "at"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    listing_id: str = Field(default="", max_length=40)
    code: str = Field(foreign_key="policy_code.code", max_length=60)
    points: int
    note: str = Field(default="", max_length=1000)
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, description="when the points are gone")
    by: str = Field(default="", max_length=40)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AppealStatus(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    """The decision stands."""
    GRANTED = "granted"
    """The decision is taken back."""


class Appeal(SQLModel, table=True):
    """A seller asks somebody else to look again at a listing refused or taken down."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("ix_appeal_queue", "status", "at"),
        Index(
            "uq_appeal_open",
            "listing_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    violation_id: str = Field(default="", max_length=40)
    against: str = Field(max_length=40, description="who decided; they cannot decide the appeal")
    status: AppealStatus = Field(sa_column=Column(stored(AppealStatus), nullable=False))
    text: str = Field(max_length=4000)
    answer: str = Field(default="", max_length=4000)
    by: str = Field(max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str = Field(default="", max_length=40)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class Report(SQLModel, table=True):
    """Somebody says that a listing on sale breaks a rule; one open report per reader."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("listing_id", "reporter", name="uq_report_once"),
        Index("ix_report_queue", "closed_at", "at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    listing_id: str = Field(foreign_key="listing.id", max_length=40)
    reporter: str = Field(max_length=64, description="a person's id, or a hash of the guest")
    code: str = Field(foreign_key="policy_code.code", max_length=60)
    note: str = Field(default="", max_length=1000)
    at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=40)


class ForbiddenWord(SQLModel, table=True):
    """A word no listing may carry, as the analyser of search sees it, in either language."""

    __tablename__ = "forbidden_word"

    id: str = Field(primary_key=True, max_length=40)
    word: str = Field(max_length=80)
    word_key: str = Field(max_length=80, unique=True, description="folded by kit.words.fold")
    code: str = Field(foreign_key="policy_code.code", max_length=60)
    blocks: bool = Field(default=True, description="cannot be submitted; else it is only flagged")
