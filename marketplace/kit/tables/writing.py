"""A table as XLSX: text is text for every reader, whatever it begins with (SEC-39)."""

import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from marketplace.kit.csv import Cell, as_text
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

MOST_XLSX_CELL = 32_767
"""As Excel counts: a character outside the first plane is two."""


class CellTooLong(DomainError):
    message = N_(
        "A cell has more than the 32,767 characters that fit into an Excel workbook. Take a CSV file instead."
    )


def workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet with a frozen header; numbers by type are numbers, everything else is guarded text.

    Raises `CellTooLong`: cut off, it would come back as another text.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    try:
        for row in chain([header], rows):
            sheet.append([_cell(sheet, value) for value in row])
    except BaseException:
        sheet.close()  # or its half-written part outlives the error
        raise
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return int(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", as_text(value))
    if len(text.encode("utf-16-le")) // 2 > MOST_XLSX_CELL:
        raise CellTooLong
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
