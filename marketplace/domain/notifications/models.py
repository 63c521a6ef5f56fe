"""What we tell people: the bell in the page, and letters by mail."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class Notification(SQLModel, table=True):
    """One line under the bell. The text is a message id, shown in the reader's language."""

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_person", "person_id", "read_at", "created_at"),)

    id: str = Field(primary_key=True, max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    kind: str = Field(max_length=60)
    message: str = Field(max_length=200)
    words: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    link: str = Field(default="", max_length=200)
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NotificationChoice(SQLModel, table=True):
    """A person's wish for one kind of notice; no row means both ways."""

    __tablename__ = "notification_choice"

    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=40)
    kind: str = Field(primary_key=True, max_length=60)
    in_app: bool = Field(default=True)
    by_mail: bool = Field(default=True)


class MailStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Mail(SQLModel, table=True):
    """A letter: which template, to whom, and what became of it.

    Secret words (links that let somebody in) are sealed and forgotten once sent, so that
    the staff's *Mail* page can never be used to take over an account.
    """

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_created", "created_at"),
        Index("ix_mail_status", "status", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    person_id: str | None = Field(default=None, max_length=40)
    to: str = Field(max_length=254)
    locale: str = Field(max_length=10)
    template: str = Field(max_length=60)
    words: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    sealed: str = Field(default="", max_length=4000)
    subject: str = Field(default="", max_length=200)
    status: MailStatus = Field(sa_column=Column(stored(MailStatus), nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = Field(default="", max_length=500)
