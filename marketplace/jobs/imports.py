"""Works off imports and exports of products: read the file, check it, write it."""

from collections.abc import Iterator, Sequence

import structlog
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import SellerMember
from marketplace.domain.imports import queries, rules, service
from marketplace.domain.imports.queries import RunView
from marketplace.domain.imports.rules import Shown
from marketplace.domain.jobs import service as jobs
from marketplace.domain.media import queries as media
from marketplace.domain.notifications import service as notifications
from marketplace.flows import take_stock
from marketplace.flows.export_products import task as exports
from marketplace.flows.export_products import writing
from marketplace.flows.import_products import checking, saving, submitting
from marketplace.flows.import_products.checking import Plan
from marketplace.flows.import_products.saving import Saved
from marketplace.flows.product_tables.written import Cells
from marketplace.integrations import storage
from marketplace.jobs import import_pictures
from marketplace.jobs.import_pictures import member_of
from marketplace.jobs.tasks import Step, Work
from marketplace.kit import clock, csv
from marketplace.kit.languages import N_, Locale, translate
from marketplace.kit.tables import Table, read_table, workbook

PAGE = "/seller/listings/import"
FEW = 25
DONE = N_("The import of {file} is done.")
DONE_BUT = N_("The import of {file} is done; left out: {n}.")
log = structlog.get_logger("jobs.imports")

PROBLEMS = (N_("Row"), N_("Column"), N_("Column name"), N_("Handle"), N_("Kind"), N_("Message"))


def check(step: Step) -> None:
    """Plan the whole file and say what it would do; every fault goes to a file."""
    member, view, table = _opened(step)
    plan = _planned(step, member, table, view)
    told = checking.told(plan, member.locale)
    key = _write_problems(step, told, member.locale) if told else ""
    db.call(_checked, step, member, view, plan=plan, told=told, key=key)


def run(step: Step) -> None:
    """Plan again, for the shop may have changed since; then write, or refuse before writing.

    What changes while this writes is left out product by product, and told.
    """
    member, view, table = _opened(step)
    plan = _planned(step, member, table, view)
    if plan.counts["faulty"] and not view.is_valid_only:
        raise rules.HasFaults
    products = saving.to_write(plan)
    step.report(0, len(products))
    done = 0
    saved = Saved()
    for batch in saving.batches(products):
        saved += db.call(saving.save_part, member, batch, at=clock.now())
        done += len(batch)
        step.report(done, len(products))
    counts = saving.counts(plan, saved)
    if view.submits:
        counts["submitted"] = _submitted(step, member, list(saved.ids.values()))
    pictures = saving.pictures(products, saved)
    if pictures:
        import_pictures.keep(view.row.id, pictures)
    told = [*saving.told(saved, member.locale), *checking.told(plan, member.locale)]
    key = _write_problems(step, told, member.locale) if told else ""
    db.call(_ran, step, member, view, counts, told, key=key)


def export(step: Step) -> None:
    """The listings that the list's filters chose, in the dialect that was asked for."""
    member = member_of(step)
    chosen, format_ = exports.asked(step.task.parameters)
    total = db.call_reading(writing.count_listings, member, chosen)
    step.report(0, total)
    key = f"private/exports/{step.task.id}.{format_.suffix}"
    with db.transaction(read_only=True) as session:
        columns = writing.header(session, member, chosen, format_.dialect)
        names = [name for _key, name in columns]
        products = writing.products(session, member, chosen, format_.dialect)
        rows = _exported(step, products, columns, total=total)
        if format_.suffix == "xlsx":
            storage().write(key, [workbook(names, rows, title="products")])
        else:
            storage().write(key, csv.encoded(names, rows))
    name = f"products-{format_}-{clock.now():%Y-%m-%d}.{format_.suffix}"
    db.call(
        exports.record, step.worker, member, step.task, rows=total, key=key, name=name,
        at=clock.now(),
    )  # fmt: skip


def _exported(
    step: Step, products: Iterator[list[Cells]], columns: list[tuple[str, str]], *, total: int
) -> Iterator[Sequence[csv.Cell]]:
    for count, rows in enumerate(products, start=1):
        for cells in rows:
            yield writing.cells_of(columns, cells)
        if count % 200 == 0:
            step.report(count, total)


def _opened(step: Step) -> tuple[SellerMember, RunView, Table]:
    """Raises `Unreadable`, and `NotFound` if the file is gone."""
    member = member_of(step)
    view = db.call_reading(queries.run_view, member, str(step.task.parameters["import"]))
    stored = db.call_reading(media.file_for, member, view.media_id)
    with storage().open(stored.key) as file:
        return member, view, read_table(file.read())


def _planned(step: Step, member: SellerMember, table: Table, view: RunView) -> Plan:
    mapping = {column.name: column.key for column in view.columns}
    return db.call_reading(checking.plan_table, member, table, mapping, tell=step.report)


def _write_problems(step: Step, told: Sequence[Shown], locale: Locale) -> str:
    header = [translate(locale, title) for title in PROBLEMS]
    error, note = translate(locale, N_("Error")), translate(locale, N_("Note"))
    rows = (
        (
            each.row,
            each.column,
            each.name,
            each.handle,
            note if each.is_note else error,
            each.message,
        )
        for each in told
    )
    key = f"private/imports/{step.task.id}.csv"
    storage().write(key, csv.encoded(header, rows))
    return key


def _checked(
    session: Session,
    step: Step,
    member: SellerMember,
    view: RunView,
    *,
    plan: Plan,
    told: Sequence[Shown],
    key: str,
) -> None:
    at = clock.now()
    service.note_check(session, member, view.row.id, plan.counts, told, at=at)
    jobs.finish_task(
        session, step.worker, step.task.id, at=at, done=len(plan.products), result_key=key,
        result_name=f"errors-{view.row.id}.csv" if key else "",
    )  # fmt: skip


def _ran(
    session: Session,
    step: Step,
    member: SellerMember,
    view: RunView,
    counts: dict[str, int],
    told: Sequence[Shown],
    *,
    key: str,
) -> None:
    at = clock.now()
    if counts["pictures"]:
        service.fetch_pictures(session, member, view.row.id, at=at)
    jobs.finish_task(
        session, step.worker, step.task.id, at=at, done=counts["create"] + counts["update"],
        result_key=key, result_name=f"errors-{view.row.id}.csv" if key else "",
    )  # fmt: skip
    left_out = counts["faulty"] + counts["refused"]
    notifications.notify(
        session, member.id, "task", DONE_BUT if left_out else DONE, at=at,
        link=f"{PAGE}?run={view.row.id}", file=view.row.name, n=left_out,
    )  # fmt: skip
    saving.record(session, member, view.row.name, counts, run_id=view.row.id, told=told, at=at)


def _submitted(step: Step, member: SellerMember, ids: list[str]) -> int:
    """A few at a time: each may go on sale at once, with all that follows."""
    handed_in = 0
    for start in range(0, len(ids), FEW):
        part = ids[start : start + FEW]
        handed_in += db.call(submitting.submit_all, member, part, at=clock.now())
        step.report(start + len(part), len(ids))
    return handed_in


def count_stock(step: Step) -> None:
    """Write a stock taking whole, or refuse it whole."""
    member = member_of(step)
    stored = db.call_reading(media.file_for, member, str(step.task.parameters["media"]))
    with storage().open(stored.key) as file:
        table = read_table(file.read())
    name = str(step.task.parameters["name"])
    changed = db.call(take_stock.write_count, member, table, name=name, at=clock.now())
    db.call(jobs.finish_task, step.worker, step.task.id, at=clock.now(), done=changed)


WORK: dict[str, Work] = {
    take_stock.KIND: count_stock,
    service.CHECK: check,
    service.RUN: run,
    service.PICTURES: import_pictures.fetch_pictures,
    exports.KIND: export,
}
