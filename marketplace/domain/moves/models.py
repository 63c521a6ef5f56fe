"""The history of every state machine: who moved what from where to where, why and when."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime


class Move(SQLModel, table=True):
    """One move of one thing; written by `service.move` alone and never changed (DESIGN part 5)."""

    __tablename__ = "move"
    __table_args__ = (Index("ix_move_subject", "kind", "subject_id", "at"),)

    id: str = Field(primary_key=True, max_length=40)
    kind: str = Field(max_length=40, description="what moved: application, seller, listing, …")
    subject_id: str = Field(max_length=40)
    seller_id: str = Field(default="", max_length=40)
    from_state: str = Field(max_length=40)
    to_state: str = Field(max_length=40)
    reason: str = Field(default="", max_length=60, description="a code of the machine's own list")
    note: str = Field(default="", max_length=4000)
    actor_kind: str = Field(max_length=20)
    actor_id: str = Field(default="", max_length=40)
    actor_name: str = Field(default="", max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)
