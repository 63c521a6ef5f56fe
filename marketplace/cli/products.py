"""`marketplace import products` and `marketplace export products`: a shop's table, at the console."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from sqlmodel import Session, col, or_, select

from marketplace import db
from marketplace.cli.app import AsJson, Exit, answer, app, err, refuse
from marketplace.domain.access.models import SELLER_PERMISSIONS, SellerMember
from marketplace.domain.accounts.models import Role
from marketplace.domain.imports.rules import Shown
from marketplace.domain.sellers.models import Seller, SellerMembership
from marketplace.domain.sellers.rules import OWNER
from marketplace.flows.export_products import task as exports
from marketplace.flows.export_products import writing
from marketplace.flows.export_products.writing import Chosen, Format
from marketplace.flows.import_products import checking, saving, submitting
from marketplace.flows.import_products.checking import Plan
from marketplace.flows.import_products.saving import Saved
from marketplace.flows.product_tables.columns import mapped
from marketplace.jobs.import_pictures import HERE, hang_all
from marketplace.kit import clock, csv
from marketplace.kit.tables import read_table, workbook

SHOWN = 20
imports = typer.Typer(help="Bring tables in.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(imports, name="import")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX.")]
Whose = Annotated[str, typer.Option("--seller", help="The seller's id, or its shop's address.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")]
ValidOnly = Annotated[bool, typer.Option("--valid-only", help="Leave out products with errors.")]
Submit = Annotated[bool, typer.Option("--submit", help="Hand in for review what is complete.")]
Into = Annotated[Path | None, typer.Option("--out", "-o", help="A file; standard output if none.")]
How = Annotated[Format, typer.Option("--format", help="Whose columns, and which kind of file.")]


@imports.command("products")
def import_products(
    file: File,
    seller: Whose,
    dry_run: DryRun = False,
    valid_only: ValidOnly = False,
    submit: Submit = False,
    as_json: AsJson = False,
) -> None:
    """Import products into a shop: Shopify's columns or ours. Exit 1 if rows have errors."""
    member = db.call_reading(_member, seller)
    table = read_table(file.read_bytes())
    with Progress(console=err, transient=True) as progress:
        bar = progress.add_task("checking", total=len(table.rows))

        def tell(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        plan = db.call_reading(checking.plan_table, member, table, mapped(table.header), tell=tell)
        has_faults = plan.counts["faulty"] > 0
        is_written = not dry_run and (valid_only or not has_faults)
        counts, told = dict(plan.counts), checking.told(plan, "en")
        if is_written:
            saved = _write(member, plan, progress)
            told = [*saving.told(saved, "en"), *told]
            counts = saving.counts(plan, saved)
            if submit:
                ids = list(saved.ids.values())
                counts["submitted"] = db.call(submitting.submit_all, member, ids, at=clock.now())
            counts["fetched"] = _fetch(member, plan, saved, progress)
            db.call(saving.record, member, file.name, counts, at=clock.now())
    result = {"file": file.name, "written": is_written, **counts, "problems": _problems(told)}
    answer(result, as_json=as_json, words=_words(counts, told, is_written=is_written))
    if counts.get("refused") or (has_faults and not (is_written and valid_only)):
        raise typer.Exit(Exit.WRONG)


def export_products(seller: str, format_: Format, into: Path | None, *, as_json: bool) -> None:
    """Write a shop's listings; `marketplace export products` calls it."""
    member = db.call_reading(_member, seller)
    chosen = Chosen()
    rows: list[list[str]] = []
    with (
        db.transaction(read_only=True) as session,
        Progress(console=err, transient=True) as progress,
    ):
        count = writing.count_listings(session, member, chosen)
        bar = progress.add_task("products", total=count)
        columns = writing.header(session, member, chosen, format_.dialect)
        for product in writing.products(session, member, chosen, format_.dialect):
            rows += [writing.cells_of(columns, cells) for cells in product]
            progress.advance(bar)
    names = [name for _key, name in columns]
    if format_.suffix == "xlsx":
        data = workbook(names, rows, title="products")
    else:
        data = b"".join(csv.encoded(names, rows))
    if into is None:
        sys.stdout.buffer.write(data)
    else:
        into.write_bytes(data)
    noted = {"format": format_.value, "rows": count}
    db.call(exports.note, member, "products", noted, at=clock.now())
    if into:
        words = f"{count} products, {len(rows)} rows in {into}"
        result = {"products": count, "rows": len(rows), "file": str(into)}
        answer(result, as_json=as_json, words=words)


def _member(session: Session, seller: str) -> SellerMember:
    """The operator of this machine, acting for one seller."""
    found = session.exec(
        select(Seller).where(or_(Seller.id == seller, Seller.slug == seller))
    ).first()
    if found is None:
        raise refuse(f"There is no seller {seller}.", Exit.USAGE)
    return SellerMember(
        id="command",
        name="Command line",
        permissions=SELLER_PERMISSIONS,
        seller_id=found.id,
        seller_name=found.name,
        role="operator",
    )


def _write(member: SellerMember, plan: Plan, progress: Progress) -> Saved:
    products = saving.to_write(plan)
    bar = progress.add_task("writing", total=len(products))
    saved = Saved()
    for batch in saving.batches(products):
        saved += db.call(saving.save_part, member, batch, at=clock.now())
        progress.advance(bar, len(batch))
    return saved


def _fetch(member: SellerMember, plan: Plan, saved: Saved, progress: Progress) -> int:
    """How many pictures came. Files belong to somebody: to the shop's owner, as staff's do not."""
    wanted = saving.pictures(saving.to_write(plan), saved)
    owner = db.call_reading(_owner_id, member.seller_id)
    if not wanted or not owner:
        return 0
    bar = progress.add_task("pictures", total=len(wanted))
    rows = hang_all(
        member, wanted, keeper=replace(member, id=owner),
        tell=lambda done, _total: progress.update(bar, completed=done),
    )  # fmt: skip
    for row, handle, url, became in rows:
        if became != HERE:
            err.print(f"row {row} ({handle}): {url}: {became}", markup=False)
    return sum(row[3] == HERE for row in rows)


def _owner_id(session: Session, seller_id: str) -> str:
    """The one who joined first; empty if nobody works there."""
    found = session.exec(
        select(SellerMembership.person_id)
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == seller_id, Role.code == OWNER)
        .order_by(col(SellerMembership.joined_at), col(SellerMembership.person_id))
    ).first()
    return found or ""


def _problems(told: list[Shown]) -> list[dict[str, Any]]:
    return [
        {
            "row": each.row,
            "column": each.column,
            "name": each.name,
            "handle": each.handle,
            "kind": "note" if each.is_note else "error",
            "message": each.message,
        }
        for each in told
    ]


def _words(counts: dict[str, int], told: list[Shown], *, is_written: bool) -> str:
    verb = "imported" if is_written else "nothing written"
    new, changed, same, faulty = (
        counts[kind] for kind in ("create", "update", "unchanged", "faulty")
    )
    lines = [f"{verb}: {new} new, {changed} changed, {same} unchanged, {faulty} with errors"]
    if counts.get("refused"):
        lines.append(f"{counts['refused']} left out: changed by somebody else meanwhile")
    if counts["pictures"] and is_written:
        lines.append(f"{counts['fetched']} of {counts['pictures']} pictures fetched")
    for each in told[:SHOWN]:
        kind = "note" if each.is_note else "error"
        lines.append(f"row {each.row} {each.column or '-'} ({each.name}): {kind}: {each.message}")
    if len(told) > SHOWN:
        lines.append(f"… and {len(told) - SHOWN} more")
    return "\n".join(lines)
