"""The audit log: who did what to which thing, before and after, in a sealed chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One fact. Append-only by trigger (in the migration); each seal covers the row and the seal before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_kind", "object_id"),
        Index("ix_audit_entry_actor", "actor_id", "seq"),
        Index("ix_audit_entry_action", "action", "seq"),
    )

    seq: int = Field(
        primary_key=True,
        description="1, 2, 3 … without a gap",
        sa_column_kwargs={"autoincrement": False},
    )
    id: str = Field(max_length=40, unique=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_kind: str = Field(max_length=20)
    actor_id: str = Field(max_length=40)
    actor_name: str = Field(max_length=80)
    seller_id: str = Field(
        default="", max_length=40, description="whose matter it is, if a seller's"
    )
    action: str = Field(max_length=80, description="capability.verb, such as accounts.role_granted")
    object_kind: str = Field(max_length=40)
    object_id: str = Field(max_length=80)
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    ip: str = Field(default="", max_length=45)
    request_id: str = Field(default="", max_length=40)
    seal: str = Field(max_length=64, description="HMAC-SHA256, hexadecimal")


class AuditHead(SQLModel, table=True):
    """The end of the chain: one row, locked by every writer, so that the chain never forks."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    seal: str = Field(max_length=64)


SEALED = (
    "seq",
    "id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "seller_id",
    "action",
    "object_kind",
    "object_id",
    "before",
    "after",
    "ip",
    "request_id",
)
"""The columns a seal covers: all but the seal."""
