"""`marketplace export`: a list as CSV, by the operator of this machine."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from sqlmodel import Session

from marketplace import db
from marketplace.cli.app import AsJson, Exit, answer, app, err, refuse
from marketplace.cli.products import How, Whose, export_products
from marketplace.domain.access.models import STAFF_PERMISSIONS, Staff
from marketplace.domain.audit import service as audit
from marketplace.flows import export_table
from marketplace.flows.export_products.writing import Format
from marketplace.kit import clock, csv
from marketplace.kit.languages import LOCALES, as_locale

PRODUCTS = "products"
OFFICE_TABLES = tuple(code for code in export_table.TABLES if code != "stock")
LISTS = (*OFFICE_TABLES, PRODUCTS)
WhichTable = Annotated[str, typer.Argument(help=f"One of: {', '.join(LISTS)}.")]
Into = Annotated[Path | None, typer.Option("--out", "-o", help="A file; standard output if none.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", help="A filter, as action=accounts.signed_in.")
]
Language = Annotated[str, typer.Option(help=f"Of the column titles: {' or '.join(LOCALES)}.")]


@app.command()
def export(  # noqa: PLR0917  options of a command
    table: WhichTable,
    into: Into = None,
    only: Only = None,
    language: Language = "en",
    seller: Whose = "",
    format_: How = Format.SHOPIFY,
    as_json: AsJson = False,
) -> None:
    """Write a whole list as CSV that a spreadsheet opens safely."""
    if table == PRODUCTS:
        if not seller:
            raise refuse("Say whose products: --seller.", Exit.USAGE)
        export_products(seller, format_, into, as_json=as_json)
        return
    if table not in OFFICE_TABLES:
        raise refuse(f"There is no list {table}; there are {', '.join(LISTS)}.", Exit.USAGE)
    filters = dict(part.split("=", 1) for part in only or () if "=" in part)
    operator = Staff(
        id="command",
        name="Command line",
        permissions=STAFF_PERMISSIONS,
        locale=as_locale(language) or "en",
    )
    rows = _write(operator, table, filters, into)
    db.call(_record, operator, table, rows, filters)
    if into:
        words = f"{rows} rows in {into}"
        answer({"table": table, "rows": rows, "file": str(into)}, as_json=as_json, words=words)


def _write(operator: Staff, table: str, filters: dict[str, str], into: Path | None) -> int:
    written = 0
    with (
        db.transaction(read_only=True) as session,
        Progress(console=err, transient=True) as progress,
    ):
        total = export_table.count_rows(session, operator, table, filters)
        bar = progress.add_task(table, total=total)

        def counted() -> Iterator[Sequence[csv.Cell]]:
            nonlocal written
            for row in export_table.rows(session, operator, table, filters):
                yield row
                written += 1
                progress.update(bar, completed=written)

        chunks = csv.encoded(export_table.header(operator, table), counted())
        if into is None:
            sys.stdout.buffer.writelines(chunks)
        else:
            with into.open("wb") as file:
                file.writelines(chunks)
    return written


def _record(
    session: Session, operator: Staff, table: str, rows: int, filters: dict[str, str]
) -> None:
    after = {"table": table, "rows": rows, "filters": filters}
    audit.record(session, operator, "exports.written", "table", table, at=clock.now(), after=after)
