"""Tables a seller brought in: one run from upload to result, and how its columns were read."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kit.columns import Json, UtcDateTime


class ImportRun(SQLModel, table=True):
    """One file on its four steps. What it is doing now is the state of its tasks."""

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_seller", "seller_id", "created_at"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=40)
    person_name: str = Field(default="", max_length=80)
    media_id: str = Field(max_length=40)
    name: str = Field(default="", max_length=200, description="of the file")
    dialect: str = Field(default="", max_length=20)
    rows: int = Field(default=0)
    header: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    samples: list[Any] = Field(
        default_factory=list,
        sa_column=Column(Json, nullable=False),
        description="the first cell of each column that says something",
    )
    columns: dict[str, str] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    check_task_id: str = Field(default="", max_length=40)
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    faults: list[Any] = Field(
        default_factory=list, sa_column=Column(Json, nullable=False), description="the first ones"
    )
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_valid_only: bool = Field(default=False)
    submits: bool = Field(default=False)
    run_task_id: str = Field(default="", max_length=40)
    pictures_task_id: str = Field(default="", max_length=40)
    result: dict[str, int] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportMapping(SQLModel, table=True):
    """How a seller read the columns of a table with this header last time."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("seller_id", "signature", name="uq_import_mapping"),)

    id: str = Field(primary_key=True, max_length=40)
    seller_id: str = Field(foreign_key="seller.id", max_length=40)
    signature: str = Field(max_length=64, description="digest of the column names")
    columns: dict[str, str] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    saved_at: datetime = Field(sa_type=UtcDateTime)
