"""What a list that becomes a file is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Permission
from marketplace.kit.csv import Cell
from marketplace.kit.paging import ListQuery, Page


@dataclass(frozen=True, slots=True)
class Table:
    """One list that can be exported: the screen's query, and how its rows become cells."""

    code: str
    title: str
    columns: tuple[str, ...]
    list_rows: Callable[[Session, Any, ListQuery], Page[Any]]
    cells: Callable[[Any], Sequence[Cell]]
    filters: Mapping[str, tuple[str, ...] | None]
    sorts: tuple[str, ...]
    permission: Permission | None = None
    """Asked for besides what the list itself requires."""
