"""What a table may be at most, and how a refusal says where it is broken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.kit.csv import guarded
from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

MOST_BYTES = 50_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 500
MOST_CELL = 100_000
"""Characters."""


class Unreadable(DomainError):
    """The file as a whole is refused. The message names row and column where there is one."""

    status = 422
    message = N_("This file cannot be read as a table.")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as a spreadsheet counts: the header is row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as the header; rows that are empty are left out."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def column_letter(place: int) -> str:
    """The spreadsheet's name of a column counted from 0: A … Z, AA …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def bounded(rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The first row is the header. Raises `Unreadable`."""
    header: tuple[str, ...] = ()
    found: list[Row] = []
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS and _width(cells) > MOST_COLUMNS:
            raise Unreadable(
                N_("Row {row} has more than {most} columns."), row=number, most=MOST_COLUMNS
            )
        _check_cells(number, cells)
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _header(number, cells)
            continue
        if len(found) == MOST_ROWS:
            raise Unreadable(N_("There are more than {most} rows."), most=MOST_ROWS)
        found.append(Row(number, _fitted(number, cells, len(header))))
    if not header:
        raise Unreadable(N_("The file is empty."))
    return Table(header, tuple(found))


def _width(cells: Sequence[str]) -> int:
    """Up to the last cell that is not empty."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _check_cells(number: int, cells: Sequence[str]) -> None:
    for place, cell in enumerate(cells):
        if len(cell) > MOST_CELL:
            raise Unreadable(
                N_("Row {row}, column {column}: more than {most} characters."),
                row=number,
                column=column_letter(place),
                most=MOST_CELL,
            )
        if "\0" in cell:
            raise Unreadable(
                N_("Row {row}, column {column}: there is a character that no text has."),
                row=number,
                column=column_letter(place),
            )


def _header(number: int, cells: Sequence[str]) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells[: _width(cells)]]
    seen: set[str] = set()
    for place, name in enumerate(names):
        if not name or name.casefold() in seen:
            raise Unreadable(
                N_("Row {row}, column {column}: two columns have the same name, or one has none."),
                row=number,
                column=column_letter(place),
            )
        seen.add(name.casefold())
    return tuple(names)


def _fitted(number: int, cells: Sequence[str], width: int) -> tuple[str, ...]:
    if _width(cells) > width:
        raise Unreadable(
            N_("Row {row}, column {column}: there is no column name above this cell."),
            row=number,
            column=column_letter(_width(cells) - 1),
        )
    whole = (*cells[:width], *("" for _ in range(width - len(cells))))
    return tuple(map(_unguarded, whole))


def _unguarded(cell: str) -> str:
    """Without the apostrophe that our own export puts before what looks like a formula."""
    if cell[:1] == "'" and guarded(cell[1:]) == cell:
        return cell[1:]
    return cell
