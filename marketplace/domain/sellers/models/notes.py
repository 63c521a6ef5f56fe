"""What staff write down about a seller among themselves."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime


class SellerNote(SQLModel, table=True):
    """Never shown to the seller. What was deleted or written anew is in the audit log."""

    __tablename__ = "seller_note"
    __table_args__ = (Index("ix_seller_note_seller", "seller_id", "is_pinned", "written_at"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    text: str = Field(max_length=2000)
    is_pinned: bool = Field(default=False)
    written_by: str = Field(foreign_key="person.id", max_length=40)
    written_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)
