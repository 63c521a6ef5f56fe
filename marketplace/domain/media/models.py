"""Files people give us, and what they are used for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class Purpose(StrEnum):
    """What a file was uploaded for; it decides size, type and who may see it."""

    PICTURE = "picture"
    """Of a listing, shop, category or brand: public once it is ready."""
    DOCUMENT = "document"
    """Identity, licence, permit: private for ever (reference/security.md SEC-38)."""
    TABLE = "table"
    """A CSV or XLSX to import: private, forgotten after the run."""


class MediaStatus(StrEnum):
    WAITING = "waiting"
    """A permission to upload was given; nothing has arrived yet, as far as we know."""
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"


class Media(SQLModel, table=True):
    """One file. The original stays in quarantine; people get what we encoded ourselves."""

    __tablename__ = "media"
    __table_args__ = (
        Index("ix_media_seller", "seller_id", "created_at"),
        Index("ix_media_uploader", "person_id", "created_at"),
        Index("ix_media_sha256", "sha256"),
        Index("ix_media_fingerprint", "fingerprint"),
        Index("ix_media_idle", "idle_since"),
        CheckConstraint("size >= 0", name="size"),
    )

    id: str = Field(primary_key=True, max_length=40)
    purpose: Purpose = Field(sa_column=Column(stored(Purpose), nullable=False))
    status: MediaStatus = Field(sa_column=Column(stored(MediaStatus), nullable=False))
    seller_id: str = Field(
        default="", max_length=40, description="empty: an applicant's, or staff's"
    )
    person_id: str = Field(foreign_key="person.id", max_length=40, description="who uploaded it")
    name: str = Field(default="", max_length=200, description="as the uploader called it")
    content_type: str = Field(default="", max_length=80, description="as we found it, not as told")
    size: int = Field(default=0, sa_type=BigInteger, description="bytes")
    width: int = Field(default=0)
    height: int = Field(default=0)
    sha256: str = Field(default="", max_length=64)
    fingerprint: str = Field(default="", max_length=16, description="perceptual hash, hex")
    colour: str = Field(default="", max_length=7, description="on average, `#rrggbb`")
    token: str = Field(max_length=40, unique=True, description="128 random bits; in every key")
    widths: list[int] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    refusal: str = Field(default="", max_length=200, description="message id; with `refused`")
    created_at: datetime = Field(sa_type=UtcDateTime)
    idle_since: datetime = Field(sa_type=UtcDateTime, description="counts while nothing uses it")
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MediaUse(SQLModel, table=True):
    """A thing shows or keeps a file; a file without a use is an orphan after a day."""

    __tablename__ = "media_use"
    __table_args__ = (Index("ix_media_use_owner", "owner_kind", "owner_id"),)

    media_id: str = Field(foreign_key="media.id", primary_key=True, max_length=40)
    owner_kind: str = Field(primary_key=True, max_length=40)
    owner_id: str = Field(primary_key=True, max_length=40)
