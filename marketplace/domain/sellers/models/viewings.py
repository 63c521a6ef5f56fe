"""When staff looked at a shop as its members see it."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import UtcDateTime


class ShopViewing(SQLModel, table=True):
    """It belongs to one sign-in session, without a reference: sessions are forgotten after a while,
    who looked at which shop is not."""

    __tablename__ = "shop_viewing"
    __table_args__ = (
        Index(
            "uq_shop_viewing_open",
            "session_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_shop_viewing_seller", "seller_id", "begun_at"),
    )

    id: str = Field(primary_key=True, max_length=40)
    session_id: str = Field(max_length=40)
    staff_id: str = Field(foreign_key="person.id", max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    reason: str = Field(max_length=500)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, description="over then, ended or not")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
