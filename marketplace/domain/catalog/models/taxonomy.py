"""Categories (a tree), the attributes their listings carry, and brands."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime, stored


class Category(SQLModel, table=True):
    """A place in the tree. `path` is the ids from the root down to itself, joined by `/`."""

    __tablename__ = "category"
    __table_args__ = (
        Index("ix_category_parent", "parent_id", "position"),
        Index("ix_category_path", "path"),
        CheckConstraint(
            "commission_bps IS NULL OR (commission_bps >= 0 AND commission_bps <= 10000)",
            name="commission",
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    parent_id: str | None = Field(default=None, foreign_key="category.id", max_length=40)
    path: str = Field(max_length=400)
    position: int = Field(default=0)
    name: str = Field(max_length=80)
    name_zh: str = Field(max_length=80)
    slug: str = Field(max_length=80, unique=True)
    icon: str = Field(default="", max_length=40, description="a name of our icons")
    about: str = Field(default="", max_length=400, description="for search engines")
    about_zh: str = Field(default="", max_length=400)
    google_category: str = Field(default="", max_length=200)
    return_days: int = Field(default=7)
    commission_bps: int | None = Field(default=None, description="None: as its parent")
    is_restricted: bool = Field(default=False, description="listings always wait for a review")
    is_active: bool = Field(default=True)
    version: int = Field(default=1)


class CategoryRedirect(SQLModel, table=True):
    """An address a category once had."""

    __tablename__ = "category_redirect"

    slug: str = Field(primary_key=True, max_length=80)
    category_id: str = Field(foreign_key="category.id", max_length=40)
    since: datetime = Field(sa_type=UtcDateTime)


class AttributeType(StrEnum):
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    DATE = "date"


class Attribute(SQLModel, table=True):
    """One property of goods. `values`: [{code, name, name_zh, synonyms: [...]}] of the choices."""

    __tablename__ = "attribute"

    id: str = Field(primary_key=True, max_length=40)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=80)
    name_zh: str = Field(max_length=80)
    type: AttributeType = Field(sa_column=Column(stored(AttributeType), nullable=False))
    unit: str = Field(default="", max_length=20)
    values: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(Json, nullable=False)
    )
    is_filter: bool = Field(default=False)
    is_option: bool = Field(default=False, description="variants may differ by it")
    is_restricted: bool = Field(default=False, description="a change of it is reviewed")
    version: int = Field(default=1)


class CategoryAttribute(SQLModel, table=True):
    """An attribute of a category and of everything below it."""

    __tablename__ = "category_attribute"

    category_id: str = Field(foreign_key="category.id", primary_key=True, max_length=40)
    attribute_id: str = Field(foreign_key="attribute.id", primary_key=True, max_length=40)
    is_required: bool = Field(default=False)
    position: int = Field(default=0)


class Brand(SQLModel, table=True):
    __tablename__ = "brand"

    id: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=80)
    name_zh: str = Field(default="", max_length=80)
    slug: str = Field(max_length=80, unique=True)
    name_key: str = Field(max_length=80, unique=True, description="case-folded, finds duplicates")
    needs_authorisation: bool = Field(default=False)
    is_active: bool = Field(default=True)
    version: int = Field(default=1)
