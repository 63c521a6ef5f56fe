"""Finds out what a file is - XLSX or CSV, which alphabet, which separator - and reads it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from marketplace.kit.languages import N_
from marketplace.kit.tables.bounds import MOST_BYTES, Table, Unreadable, bounded, column_letter
from marketplace.kit.tables.workbooks import ZIP, rows_of_workbook

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = (",", ";", "\t")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
TOO_LONG = "field larger than field limit"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_ASCII_LETTER = bytes(range(0x40)) + bytes(range(0x7F, 0x100))


def read_table(data: bytes) -> Table:
    """The whole table. Raises `Unreadable` with the row and column where it breaks."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            N_("The file is larger than {most} megabytes."), most=MOST_BYTES // 1_000_000
        )
    if data.startswith(OLD_OFFICE):
        raise Unreadable(N_("Save the file as .xlsx or as CSV first; .xls is not read."))
    if data.startswith(ZIP):
        return bounded(rows_of_workbook(data))
    return bounded(_rows(_text(data)))


def _text(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if wide := _wide(data):
        return _decoded(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as broken:
        if _is_mostly_utf_8(data):
            raise _not_text(data, broken.start) from None
    return _chinese(data)


def _is_mostly_utf_8(data: bytes) -> bool:
    """A file of that alphabet with a broken place, which another would read as nonsense."""
    text = data.decode("utf-8", "replace")
    whole = _BEYOND_ASCII.sub("", text)
    return text.count("\ufffd") * 4 < len(text) - len(whole)


def _chinese(data: bytes) -> str:
    """GB18030. A Western alphabet would be taken for it too, as rare signs: its letters beyond
    ASCII stand before plain ones, where second bytes of Chinese are mostly no ASCII at all."""
    text = _decoded(data, "gb18030")
    signs = "".join(_BEYOND_ASCII.findall(text))
    pairs = signs.encode("gb18030")
    if len(pairs.translate(None, _NO_ASCII_LETTER)) * 2 > len(signs):
        first = next(_BEYOND_ASCII.finditer(text)).start()
        raise Unreadable(
            N_("Row {row}: the letters beyond a–z cannot be told. Save the file as “CSV UTF-8”."),
            row=text.count("\n", 0, first) + 1,
        )
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero in every other byte of the Latin header."""
    start = data[:64]
    if len(start) < 8:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd * 4 > len(start) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(start) and not odd else ""


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as broken:
        raise _not_text(data, broken.start) from None


def _not_text(data: bytes, place: int) -> Unreadable:
    return Unreadable(
        N_("Row {row}: the text is neither UTF-8 nor UTF-16 nor GB18030."),
        row=data[:place].count(b"\n") + 1,
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise _explained(text, separator, number, str(broken)) from None
        yield number, cells


def _separator(text: str) -> str:
    """The one that cuts the first line into most columns."""
    line = text[:100_000].lstrip("\r\n").partition("\n")[0]
    return max(SEPARATORS, key=line.count)


def _explained(text: str, separator: str, row: int, why: str) -> Unreadable:
    column = column_letter(_column_of(text, separator, row))
    if TOO_LONG in why:
        return Unreadable(
            N_("Row {row}, column {column}: the cell is too long, or its quote never ends."),
            row=row,
            column=column,
        )
    return Unreadable(N_("Row {row}, column {column}: a quote is broken."), row=row, column=column)


def _column_of(text: str, separator: str, row: int) -> int:
    """Walks the quotes as the reader did, to the row's first cell that is broken or never ends."""
    at_row, column, is_quoted, was_quote, is_start = 1, 0, False, False, True
    cell_length = 0
    for character in text:
        if was_quote:
            was_quote = False
            if character == '"':
                cell_length += 1
                continue
            is_quoted = False
            if character not in (separator, "\r", "\n") and at_row == row:
                return column
        if is_quoted:
            was_quote = character == '"'
        elif character == '"' and is_start:
            is_quoted, is_start = True, False
        elif character == separator:
            column, is_start, cell_length = column + 1, True, 0
        elif character == "\n":
            at_row, column, is_start, cell_length = at_row + 1, 0, True, 0
        else:
            is_start = False
        cell_length += 1
        if at_row == row and cell_length > csv.field_size_limit():
            return column
    return column
