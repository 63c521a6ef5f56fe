"""What searches need besides the index itself: its documents, synonyms, and what was asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts by itself there


class SearchDocument(SQLModel, table=True):
    """One listing buyers can find, as filters and sorting need it; absent if they cannot.

    The words stand in the full-text index beside it: `search_words` (FTS5) on SQLite, the
    `words` column (tsvector) on PostgreSQL. Both hold `rules.analyse`d text (DESIGN D16).
    """

    __tablename__ = "search_document"
    __table_args__ = (
        Index("ix_search_document_category", "category_path"),
        Index("ix_search_document_newest", "published_at"),
        Index("ix_search_document_price", "price"),
        Index("ix_search_document_sales", "sales"),
        Index("ix_search_document_rating", "rating_bps"),
        Index("ix_search_document_seller", "seller_id"),
    )

    number: int | None = Field(
        default=None, sa_column=Column(_NUMBER, primary_key=True, autoincrement=True)
    )
    listing_id: str = Field(max_length=40, unique=True)
    seller_id: str = Field(max_length=40)
    category_path: str = Field(default="", max_length=400)
    brand_id: str = Field(default="", max_length=40)
    price: int = Field(sa_type=BigInteger, description="the lowest, minor units")
    sales: int = Field(default=0)
    rating_bps: int = Field(default=0)
    is_in_stock: bool = Field(default=False)
    boost: int = Field(default=0, description="everything but relevance, per 10000")
    published_at: datetime = Field(sa_type=UtcDateTime)
    facets: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    indexed_at: datetime = Field(sa_type=UtcDateTime)


class SearchFacet(SQLModel, table=True):
    """One value of one filterable attribute of one document, so that counts are a GROUP BY."""

    __tablename__ = "search_facet"
    __table_args__ = (Index("ix_search_facet_value", "code", "value", "number"),)

    number: int = Field(
        sa_column=Column(_NUMBER, ForeignKey("search_document.number"), primary_key=True)
    )
    code: str = Field(primary_key=True, max_length=40)
    value: str = Field(primary_key=True, max_length=80)


class Synonym(SQLModel, table=True):
    """Words that mean the same when searching: both ways, or from `word` to `others` only."""

    __tablename__ = "synonym"

    id: str = Field(primary_key=True, max_length=40)
    word: str = Field(max_length=80)
    word_key: str = Field(max_length=80, unique=True)
    others: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    is_one_way: bool = Field(default=False)
    version: int = Field(default=1)


class SearchAsked(SQLModel, table=True):
    """How often a query was asked in a day and how much it found; no person stands here."""

    __tablename__ = "search_asked"
    __table_args__ = (Index("ix_search_asked_found", "day", "found"),)

    day: str = Field(primary_key=True, max_length=10, description="ISO date, platform time zone")
    query: str = Field(primary_key=True, max_length=120, description="folded")
    locale: str = Field(primary_key=True, max_length=10)
    times: int = Field(default=0)
    found: int = Field(default=0, description="the last time")


class SearchTerm(SQLModel, table=True):
    """A word of the titles, for suggestions and spelling; counted anew by a reindex."""

    __tablename__ = "search_term"

    term: str = Field(primary_key=True, max_length=40)
    documents: int = Field(default=0)
