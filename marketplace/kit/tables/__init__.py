"""Tables people send us, CSV or XLSX, read with bounds on everything (SEC-40)."""

from marketplace.kit.tables.bounds import (
    MOST_BYTES,
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Table,
    Unreadable,
    column_letter,
)
from marketplace.kit.tables.reading import read_table
from marketplace.kit.tables.writing import CellTooLong, workbook

__all__ = [
    "MOST_BYTES",
    "MOST_CELL",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "CellTooLong",
    "Row",
    "Table",
    "Unreadable",
    "column_letter",
    "read_table",
    "workbook",
]
