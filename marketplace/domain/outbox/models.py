"""What the outside must hear once we have committed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class MessageStatus(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    DROPPED = "dropped"


class OutboxMessage(SQLModel, table=True):
    """An effect we owe, written in the transaction that caused it and performed by a worker."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "status", "due_at"),)

    id: str = Field(primary_key=True, max_length=40)
    topic: str = Field(max_length=60, description="who performs it, such as mail.send")
    key: str = Field(
        max_length=120, unique=True, description="one effect, one key: a second put is ignored"
    )
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    status: MessageStatus = Field(sa_column=Column(stored(MessageStatus), nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = Field(default=0)
    leased_by: str = Field(default="", max_length=80)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=500)
