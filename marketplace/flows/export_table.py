"""A list on the screen becomes a file: queued by its reader, written by a worker, kept seven days.

The worker asks the same query as the screen, as the same person with the rights they have
*then*, so that an export never shows more than the list would.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from marketplace.domain.access.models import Actor, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.queries import identity
from marketplace.domain.audit import service as audit
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.rules import Claimed
from marketplace.domain.notifications import service as notifications
from marketplace.domain.sellers.queries import shops_of
from marketplace.flows.export_tables import TABLES as TABLES
from marketplace.flows.export_tables import Table
from marketplace.kit import csv
from marketplace.kit.csv import Cell
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.languages import N_, as_locale, translate
from marketplace.kit.paging import ListQuery
from marketplace.kit.tables.writing import workbook

KIND = "export."
FileKind = Literal["csv", "xlsx"]
AS = "file"
"""What a task remembers of the kind; no list has a filter of this name."""
AT_ONCE = 500
MOST = 200_000


def request_export(
    session: Session,
    actor: Actor,
    table: str,
    parameters: Mapping[str, str],
    *,
    at: datetime,
    kind: FileKind = "csv",
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
    chosen = {AS: kind} if kind != "csv" else {}
    return jobs.request_task(session, actor, KIND + table, wanted.title, kept | chosen, at=at)


def kind_of(task: Claimed) -> FileKind:
    return "xlsx" if task.parameters.get(AS) == "xlsx" else "csv"


def encoded(
    actor: Actor, table: str, found: Iterable[Sequence[Cell]], kind: FileKind
) -> Iterator[bytes]:
    """The file of these rows, with the table's columns; no cell of either kind is a formula."""
    titles = header(actor, table)
    if kind == "csv":
        return csv.encoded(titles, found)
    return iter([workbook(titles, found, title=translate(actor.locale, _table(table).title))])


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
