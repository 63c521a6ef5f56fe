"""Roles and permissions as data; who on the staff has which."""

from datetime import datetime

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.domain.access.models.permissions import Audience
from marketplace.kit.columns import UtcDateTime, stored


class Role(SQLModel, table=True):
    """A named set of permissions for one audience. Presets cannot be edited, only copied."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("audience", "code", name="uq_role_code"),)

    id: str = Field(primary_key=True, max_length=40)
    audience: Audience = Field(sa_column=Column(stored(Audience), nullable=False))
    code: str = Field(max_length=40)
    name: str = Field(max_length=80, description="message id for presets, own words otherwise")
    purpose: str = Field(default="", max_length=200)
    is_preset: bool = Field(default=False)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class RolePermission(SQLModel, table=True):
    __tablename__ = "role_permission"

    role_id: str = Field(foreign_key="role.id", primary_key=True, max_length=40)
    permission: str = Field(primary_key=True, max_length=60)


class StaffRole(SQLModel, table=True):
    """A person holds a staff role. Removing the last one ends being staff."""

    __tablename__ = "staff_role"

    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=40)
    role_id: str = Field(foreign_key="role.id", primary_key=True, max_length=40)
    granted_by: str = Field(max_length=40)
    granted_at: datetime = Field(sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """An e-mail address is asked to become staff, or a member of a seller."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "email_key",
            "seller_id",
            unique=True,
            sqlite_where=text("accepted_at IS NULL AND revoked_at IS NULL"),
            postgresql_where=text("accepted_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(
        default="", max_length=40, description="empty: an invitation to the staff"
    )
    email: str = Field(max_length=254)
    email_key: str = Field(max_length=254)
    role_id: str = Field(foreign_key="role.id", max_length=40)
    token_hash: str = Field(max_length=64, unique=True)
    invited_by: str = Field(foreign_key="person.id", max_length=40)
    invited_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_by: str | None = Field(default=None, foreign_key="person.id", max_length=40)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
