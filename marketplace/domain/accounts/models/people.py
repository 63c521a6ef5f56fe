"""People, their sessions, and the secrets that let them in (only hashes are kept)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class PersonAccount(SQLModel, table=True):
    """One human being with one e-mail address; buyer, member and staff are hats they wear."""

    __tablename__ = "person"

    id: str = Field(primary_key=True, max_length=40)
    email: str = Field(max_length=254, description="as typed, for writing to them")
    email_key: str = Field(max_length=254, unique=True, description="case-folded, for finding them")
    name: str = Field(max_length=80)
    password_hash: str = Field(max_length=255, description="argon2id")
    locale: str = Field(default="en", max_length=10)
    theme: str = Field(default="system", max_length=10)
    has_shortcuts: bool = Field(default=True, description="single-key shortcuts (WCAG 2.1.4)")
    is_compact: bool = Field(default=False, description="table density")
    created_at: datetime = Field(sa_type=UtcDateTime)
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    totp_secret: str = Field(default="", max_length=255, description="sealed; empty: none")
    totp_enrolled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    totp_last_step: int = Field(default=0, description="last accepted 30 s step: a code works once")
    version: int = Field(default=1)


class AuthSession(SQLModel, table=True):
    """One browser somebody signed in on. Signing in always makes a new row."""

    __tablename__ = "auth_session"
    __table_args__ = (Index("ix_auth_session_person", "person_id"),)

    id: str = Field(primary_key=True, max_length=40)
    token_hash: str = Field(max_length=64, unique=True, description="SHA-256 of the cookie")
    person_id: str = Field(foreign_key="person.id", max_length=40)
    seller_id: str | None = Field(default=None, max_length=40, description="the shop being run")
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, description="absolute end")
    idle_seconds: int = Field(description="ends this long after last_seen_at")
    mfa_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    proved_at: datetime | None = Field(default=None, sa_type=UtcDateTime, description="step-up")
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    user_agent: str = Field(default="", max_length=255)
    ip: str = Field(default="", max_length=45)


class TokenPurpose(StrEnum):
    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  a purpose, not a password


class OneTimeToken(SQLModel, table=True):
    """A link sent by mail: works once, for one purpose, for half an hour."""

    __tablename__ = "one_time_token"
    __table_args__ = (Index("ix_one_time_token_person", "person_id", "purpose"),)

    id: str = Field(primary_key=True, max_length=40)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    purpose: TokenPurpose = Field(sa_column=Column(stored(TokenPurpose), nullable=False))
    email: str = Field(default="", max_length=254, description="the new address, when it changes")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """Lets a person in once when the phone is gone."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_person", "person_id"),)

    id: str = Field(primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    code_hash: str = Field(max_length=64, unique=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TwoStepReset(SQLModel, table=True):
    """Taking away a lost second factor needs two members of staff and a day's wait (SEC-20)."""

    __tablename__ = "two_step_reset"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> requested_by", name="two_people"),
        Index(
            "uq_two_step_reset_open",
            "person_id",
            unique=True,
            sqlite_where=text("done_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    requested_by: str = Field(foreign_key="person.id", max_length=40)
    requested_at: datetime = Field(sa_type=UtcDateTime)
    approved_by: str | None = Field(default=None, foreign_key="person.id", max_length=40)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SavedView(SQLModel, table=True):
    """A list as somebody likes it: its query string, kept under a name (ux.md C1)."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("uq_saved_view", "person_id", "page", "name", unique=True),)

    id: str = Field(primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    page: str = Field(max_length=80)
    name: str = Field(max_length=80)
    query: str = Field(max_length=2000)
    columns: list[Any] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    is_shared: bool = Field(default=False)
    is_default: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
