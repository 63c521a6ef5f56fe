"""Tables as CSV that a spreadsheet opens safely and in the right alphabet (SEC-39)."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

Cell = str | int | Decimal | bool | date | datetime | None

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads Chinese as Latin
TRIGGERS = frozenset("=+-@\t\r\n\0")
ROWS_AT_ONCE = 200


def encoded(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in chunks: RFC 4180 with a byte order mark, CRLF, and no cell that is a formula.

    `rows` may be a generator of any length; only some hundred rows are in memory at once.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([as_text(title) for title in header])
    yield BYTE_ORDER_MARK
    for count, row in enumerate(rows, start=1):
        writer.writerow([as_text(cell) for cell in row])
        if count % ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def as_text(cell: Cell) -> str:
    """One cell. Numbers by type stay numbers, `-12.50` too; text never becomes a formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, Enum):
        return str(cell) if isinstance(cell, int) else f"{cell:f}"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(str(cell))


def guarded(text: str) -> str:
    """`text`, with an apostrophe before it if a spreadsheet might read it as a formula.

    Looked at in its compatibility form, so that a full-width `U+FF1D` counts, and past anything
    invisible at its start.
    """
    text = text.replace("\0", "")
    plain = unicodedata.normalize("NFKC", text)
    if (plain[:1] in TRIGGERS and plain) or _first_visible(plain) in TRIGGERS:
        return "'" + text
    return text


def _first_visible(text: str) -> str:
    return next(
        (c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")), ""
    )


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
