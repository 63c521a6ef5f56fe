"""A list on the screen becomes a file: queued by its reader, written by a worker, kept seven days.

The worker asks the same query as the screen, as the same person with the rights they have
*then*, so that an export never shows more than the list would.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Actor, Permission, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.queries import identity
from marketplace.domain.audit import queries as audit_queries
from marketplace.domain.audit import service as audit
from marketplace.domain.audit.queries import AuditRow
from marketplace.domain.inventory import queries as stock_queries
from marketplace.domain.inventory.queries import StockRow
from marketplace.domain.jobs import queries as job_queries
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.queries import RunRow
from marketplace.domain.jobs.rules import Claimed
from marketplace.domain.notifications import queries as mail_queries
from marketplace.domain.notifications import service as notifications
from marketplace.domain.notifications.queries import MailRow
from marketplace.domain.outbox import queries as outbox_queries
from marketplace.domain.outbox.queries import MessageRow
from marketplace.domain.sellers.queries import shops_of
from marketplace.kit.csv import Cell
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.languages import N_, as_locale, translate
from marketplace.kit.paging import ListQuery, Page

KIND = "export."
AT_ONCE = 500
MOST = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """One list that can be exported: the screen's query, and how its rows become cells."""

    code: str
    title: str
    columns: tuple[str, ...]
    list_rows: Callable[[Session, Any, ListQuery], Page[Any]]
    cells: Callable[[Any], Sequence[Cell]]
    filters: Mapping[str, tuple[str, ...] | None]
    sorts: tuple[str, ...]
    permission: Permission | None = None
    """Asked for besides what the list itself requires."""


def request_export(
    session: Session, actor: Actor, table: str, parameters: Mapping[str, str], *, at: datetime
) -> str:
    """Queue the export of a list as its URL `parameters` show it; returns the task's id.

    Raises `NotFound` for an unknown table, `NotAllowed` as the list itself would.
    """
    wanted = _table(table)
    _check(session, actor, wanted, parameters)
    kept = {
        key: value[:200]
        for key, value in parameters.items()
        if key in {*wanted.filters, "q", "sort"}
    }
    return jobs.request_task(session, actor, KIND + table, wanted.title, kept, at=at)


def owner_of(session: Session, task: Claimed) -> Actor:
    """Who asked, with the rights they have now. Raises `NotAllowed` if they lost the hat."""
    person = session.get(PersonAccount, task.owner_id)
    if person is None or person.disabled_at is not None:
        raise NotAllowed
    locale = as_locale(person.locale) or "en"
    if task.audience == "staff":
        roles, rights = identity.staff_rights(session, person.id)
        if not roles:
            raise NotAllowed
        return Staff(id=person.id, name=person.name, locale=locale, permissions=rights, roles=roles)
    shop = next((s for s in shops_of(session, person.id) if s.seller_id == task.seller_id), None)
    if task.audience != "member" or shop is None:
        raise NotAllowed
    return SellerMember(
        id=person.id,
        name=person.name,
        locale=locale,
        permissions=identity.role_rights(session, [shop.role_id]),
        seller_id=shop.seller_id,
        seller_name=shop.name,
        role=shop.role,
    )


def header(actor: Actor, table: str) -> list[str]:
    """The column titles in the reader's language."""
    return [translate(actor.locale, column) for column in _table(table).columns]


def count_rows(session: Session, actor: Actor, table: str, parameters: Mapping[str, str]) -> int:
    """How many rows there will be. Raises `NotAllowed`."""
    return min(_check(session, actor, _table(table), parameters), MOST)


def rows(
    session: Session, actor: Actor, table: str, parameters: Mapping[str, str]
) -> Iterator[Sequence[Cell]]:
    """All rows, some hundred at a time, oldest first: what is added meanwhile comes last."""
    wanted = _table(table)
    query = replace(_query(wanted, parameters), size=AT_ONCE, is_descending=False)
    for number in range(1, MOST // AT_ONCE + 1):
        page = wanted.list_rows(session, actor, replace(query, page=number))
        for row in page.rows:
            yield wanted.cells(row)
        if len(page.rows) < AT_ONCE:
            return


def record(
    session: Session,
    worker: str,
    actor: Actor,
    task: Claimed,
    *,
    rows: int,
    key: str,
    name: str,
    at: datetime,
) -> None:
    """The file is there: end the task, tell its owner, and keep in the log who took how much."""
    jobs.finish_task(session, worker, task.id, at=at, done=rows, result_key=key, result_name=name)
    notifications.notify(
        session,
        actor.id,
        "task",
        N_("Your file {file} is ready."),
        at=at,
        link=f"/files/{task.id}",
        file=name,
    )
    table = task.kind.removeprefix(KIND)
    audit.record(
        session,
        actor,
        "exports.written",
        "task",
        task.id,
        at=at,
        after={"table": table, "rows": rows, "filters": task.parameters},
    )


def _table(code: str) -> Table:
    if code not in TABLES:
        raise NotFound
    return TABLES[code]


def _check(session: Session, actor: Actor, table: Table, parameters: Mapping[str, str]) -> int:
    if table.permission:
        actor.require(table.permission)
    return table.list_rows(session, actor, replace(_query(table, parameters), size=1)).total


def _query(table: Table, parameters: Mapping[str, str]) -> ListQuery:
    return ListQuery.parse(parameters, filters=table.filters, sorts=table.sorts)


def _audit_cells(row: AuditRow) -> Sequence[Cell]:
    changes = "; ".join(f"{c.field}: {c.before} → {c.after}" for c in row.changes)
    return (
        row.seq,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.actor_name,
        row.action,
        row.object_kind,
        row.object_id,
        row.seller_id,
        changes,
        row.ip,
        row.request_id,
    )


def _run_cells(row: RunRow) -> Sequence[Cell]:
    return (
        row.job,
        row.scheduled_for,
        row.started_at,
        row.finished_at,
        row.milliseconds,
        row.status,
        row.worker,
        row.result,
        row.error,
    )


def _mail_cells(row: MailRow) -> Sequence[Cell]:
    return (
        row.created_at,
        row.sent_at,
        row.address,
        row.template,
        row.locale,
        row.subject,
        row.status,
        row.error,
    )


def _message_cells(row: MessageRow) -> Sequence[Cell]:
    return row.created_at, row.topic, row.key, row.status, row.attempts, row.due_at, row.last_error


def _stock_cells(row: StockRow) -> Sequence[Cell]:
    return (
        row.sku,
        row.title,
        row.title_zh,
        row.variant,
        row.on_hand,
        row.reserved,
        row.available,
        row.low_at,
        "",
    )


TABLES: dict[str, Table] = {
    table.code: table
    for table in (
        Table(
            "audit",
            N_("Audit log"),
            (
                N_("Number"),
                N_("Time"),
                N_("Actor kind"),
                N_("Actor ID"),
                N_("Actor"),
                N_("Action"),
                N_("Object kind"),
                N_("Object ID"),
                N_("Seller ID"),
                N_("Changes"),
                N_("Address"),
                N_("Request ID"),
            ),
            audit_queries.list_entries,
            _audit_cells,
            audit_queries.FILTERS,
            audit_queries.SORTS,
            Permission.AUDIT_EXPORT,
        ),
        Table(
            "runs",
            N_("Job runs"),
            (
                N_("Job"),
                N_("Scheduled for"),
                N_("Started"),
                N_("Finished"),
                N_("Milliseconds"),
                N_("Status"),
                N_("Worker"),
                N_("Result"),
                N_("Error"),
            ),
            job_queries.list_runs,
            _run_cells,
            job_queries.RUN_FILTERS,
            job_queries.RUN_SORTS,
        ),
        Table(
            "messages",
            N_("Outbox"),
            (
                N_("Created"),
                N_("Topic"),
                N_("Key"),
                N_("Status"),
                N_("Attempts"),
                N_("Due"),
                N_("Last error"),
            ),
            outbox_queries.list_messages,
            _message_cells,
            outbox_queries.FILTERS,
            outbox_queries.SORTS,
        ),
        Table(
            "mail",
            N_("Mail"),
            (
                N_("Created"),
                N_("Sent"),
                N_("To"),
                N_("Template"),
                N_("Language"),
                N_("Subject"),
                N_("Status"),
                N_("Error"),
            ),
            mail_queries.list_mail,
            _mail_cells,
            mail_queries.MAIL_FILTERS,
            mail_queries.MAIL_SORTS,
        ),
        Table(
            "stock",
            N_("Stock"),
            (
                N_("SKU"),
                N_("Title"),
                N_("Title in Chinese"),
                N_("Variant"),
                N_("On hand"),
                N_("Reserved"),
                N_("Available"),
                N_("Alert at"),
                N_("Counted"),
            ),
            stock_queries.list_stock,
            _stock_cells,
            stock_queries.FILTERS,
            stock_queries.SORTS,
        ),
    )
}
