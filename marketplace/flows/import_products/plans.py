"""What is known while one product of a file is planned, and what the plan comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.domain.catalog.models import ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.inventory.rules import Level
from marketplace.flows.import_products.setting import Document
from marketplace.flows.import_products.sheet import Columns, Fault, Line, Product
from marketplace.flows.product_tables.written import Lookups, Written
from marketplace.kit.errors import Words


class Kind(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Existing:
    """A listing of the seller as it is now; `content` is its draft."""

    id: str
    version: int
    status: ListingStatus
    content: ListingContent
    levels: Mapping[str, Level]


@dataclass(slots=True)
class Planned:
    """One product of the file. `quantities` and `low_at` by variant id, only where they change."""

    handle: str
    row: int
    kind: Kind = Kind.FAULTY
    listing_id: str = ""
    version: int = 0
    content: ListingContent = field(default_factory=ListingContent)
    quantities: dict[str, int] = field(default_factory=dict)
    low_at: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    """What is told but stops nothing."""
    pictures: list[tuple[int, str]] = field(default_factory=list)
    """Addresses to fetch, with their rows."""


@dataclass(slots=True)
class Work:
    """One product between its rows and its plan. `document` is the content as plain values."""

    product: Product
    columns: Columns
    existing: Existing | None
    lookups: Lookups
    shown: Written
    document: Document
    plan: Planned
    lines: list[tuple[Line, Document]] = field(default_factory=list)
    """Each variant's row with the variant in the document."""

    def fault(self, row: int, key: str, message: str, **words: Words) -> None:
        handle = self.product.handle
        self.plan.faults.append(self.columns.fault(row, key, message, handle, **words))

    def note(self, row: int, key: str, message: str) -> None:
        self.plan.notes.append(self.columns.fault(row, key, message, self.product.handle))
