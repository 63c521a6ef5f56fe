"""A table as XLSX: text is text for every reader, whatever it begins with (SEC-39)."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from marketplace.kit.csv import Cell, as_text

MOST_XLSX_CELL = 32_767


def workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet with a frozen header; numbers by type are numbers, everything else is guarded text."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return int(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", as_text(value))[:MOST_XLSX_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
