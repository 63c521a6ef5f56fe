"""A shop's imports: the list, one of them on its way, how a header was read last time."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.imports import rules
from marketplace.domain.imports.models import ImportMapping, ImportRun
from marketplace.domain.imports.rules import Shown
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

SORTS = ("-created",)
ENDED_BADLY = (TaskStatus.FAILED, TaskStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import in the list. `state`: mapping, checking, checked, running, done, failed."""

    id: str
    name: str
    who: str
    rows: int
    state: str
    created: int
    updated: int
    unchanged: int
    faulty: int
    refused: int
    """Left out because the shop changed while the import wrote."""
    check_task_id: str
    run_task_id: str
    pictures_task_id: str
    may_fetch_again: bool
    created_at: str
    finished_at: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file, as it is read; `sample` is its first cell that says something."""

    name: str
    key: str
    sample: str


@dataclass(frozen=True, slots=True)
class RunView:
    row: RunRow
    media_id: str
    dialect: str
    columns: list[ColumnRow]
    faults: list[Shown]
    is_valid_only: bool
    submits: bool
    result: dict[str, int]


def list_runs(session: Session, member: SellerMember, query: ListQuery) -> Page[RunRow]:
    """The shop's imports, newest first."""
    member.require(Permission.SHOP_LISTINGS_READ)
    mine = ImportRun.seller_id == member.seller_id
    total = session.exec(select(func.count()).select_from(ImportRun).where(mine)).one()
    rows = session.exec(
        select(ImportRun)
        .where(mine)
        .order_by(col(ImportRun.created_at).desc(), col(ImportRun.id).desc())
        .offset(query.offset)
        .limit(query.size)
    ).all()
    return Page([_row(row, _statuses(session, row)) for row in rows], total)


def run_view(session: Session, member: SellerMember, run_id: str) -> RunView:
    """Raises `NotFound` for another seller's import as for none."""
    member.require(Permission.SHOP_LISTINGS_READ)
    run = own_run(session, member, run_id)
    samples = [str(each) for each in run.samples]
    return RunView(
        _row(run, _statuses(session, run)),
        run.media_id,
        run.dialect,
        [
            ColumnRow(name, run.columns.get(name, ""), sample)
            for name, sample in zip(run.header, samples, strict=True)
        ],
        [Shown(**each) for each in run.faults],
        run.is_valid_only,
        run.submits,
        dict(run.result),
    )


def own_run(session: Session, member: SellerMember, run_id: str) -> ImportRun:
    """The table row, for services. Raises `NotFound`."""
    run = session.get(ImportRun, run_id)
    if run is None or run.seller_id != member.seller_id:
        raise NotFound
    return run


def saved_mapping(session: Session, member: SellerMember, header: list[str]) -> dict[str, str]:
    """Empty if the shop never read such a header."""
    member.require(Permission.SHOP_LISTINGS_READ)
    found = session.exec(
        select(ImportMapping).where(
            ImportMapping.seller_id == member.seller_id,
            ImportMapping.signature == rules.signature(header),
        )
    ).first()
    return dict(found.columns) if found else {}


def _statuses(session: Session, run: ImportRun) -> dict[str, TaskStatus]:
    ids = [each for each in (run.check_task_id, run.run_task_id, run.pictures_task_id) if each]
    return {
        id_: TaskStatus(status)
        for id_, status in session.exec(select(Task.id, Task.status).where(col(Task.id).in_(ids)))
    }


def _row(run: ImportRun, statuses: dict[str, TaskStatus]) -> RunRow:
    counts: dict[str, Any] = run.result or run.counts
    return RunRow(
        id=run.id,
        name=run.name,
        who=run.person_name,
        rows=run.rows,
        state=_state(run, statuses),
        created=counts.get("create", 0),
        updated=counts.get("update", 0),
        unchanged=counts.get("unchanged", 0),
        faulty=counts.get("faulty", 0),
        refused=counts.get("refused", 0),
        check_task_id=run.check_task_id,
        run_task_id=run.run_task_id,
        pictures_task_id=run.pictures_task_id,
        may_fetch_again=statuses.get(run.pictures_task_id) in ENDED_BADLY,
        created_at=iso(run.created_at),
        finished_at=iso(run.finished_at),
    )


def _state(run: ImportRun, statuses: dict[str, TaskStatus]) -> str:
    unfinished = (TaskStatus.QUEUED, TaskStatus.RUNNING)
    if run.finished_at:
        return "done"
    if run.run_task_id:
        return "running" if statuses.get(run.run_task_id) in unfinished else "failed"
    if run.checked_at:
        return "checked"
    if run.check_task_id:
        return "checking" if statuses.get(run.check_task_id) in unfinished else "failed"
    return "mapping"
