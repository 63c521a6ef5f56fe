"""XLSX as rows of text: formulas stay text, a zip bomb and a document type are refused."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from marketplace.kit.languages import N_
from marketplace.kit.tables.bounds import MOST_COLUMNS, Unreadable

ZIP = b"PK\x03\x04"
MOST_PARTS = 500
MOST_UNPACKED = 150_000_000
MOST_PART = 120_000_000
NO_WORKBOOK = N_("The file is no workbook we can read. Save it as .xlsx or as CSV.")


def rows_of_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet, numbered from 1. Raises `Unreadable`."""
    _check_parts(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=None)
    except Unreadable:
        raise
    except Exception as broken:  # openpyxl raises whatever its parser met
        raise Unreadable(NO_WORKBOOK) from broken
    number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as broken:
            raise Unreadable(N_("Row {row}: the workbook is broken here."), row=number) from broken
        if row is None:
            return
        yield number, [_as_text(value) for value in _trimmed(row)]


def _check_parts(data: bytes) -> None:
    """Before anything is unpacked: how large it claims to be; then that no part defines entities.

    `zipfile` never unpacks more of a part than its claim, so a lie ends as a broken file.
    """
    try:
        with ZipFile(io.BytesIO(data)) as book:
            parts = book.infolist()
            names = {part.filename for part in parts}
            if any("vbaProject" in name for name in names):
                raise Unreadable(N_("The workbook contains macros. Save it as .xlsx without them."))
            if "xl/workbook.xml" not in names:
                raise Unreadable(NO_WORKBOOK)
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or any(part.file_size > MOST_PART for part in parts)
            ):
                raise Unreadable(N_("The workbook is much too large once it is unpacked."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_prolog(book, part)
    except (BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as bad:
        raise Unreadable(NO_WORKBOOK) from bad


def _check_prolog(book: ZipFile, part: zipfile.ZipInfo) -> None:
    """A document type can only stand before the first element."""
    with book.open(part) as file:
        start = file.read(4096)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Unreadable(NO_WORKBOOK)


def _trimmed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without empty cells at the end: a single format at column XFD makes 16,384 of them."""
    if len(row) <= MOST_COLUMNS:
        return row
    end = next((at for at in range(len(row), 0, -1) if row[at - 1] not in (None, "")), 0)
    return row[:end]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
