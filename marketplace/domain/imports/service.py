"""The four steps of an import: begun with a file, its columns read, checked, run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.imports import rules
from marketplace.domain.imports.models import ImportMapping, ImportRun
from marketplace.domain.imports.queries import ENDED_BADLY, own_run
from marketplace.domain.imports.rules import Shown
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.models import Task
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_

CHECK, RUN, PICTURES = "import.check", "import.run", "import.pictures"
SAMPLE = 80


def begin(
    session: Session,
    member: SellerMember,
    media_id: str,
    *,
    name: str,
    dialect: str,
    header: Sequence[str],
    samples: Sequence[str],
    columns: Mapping[str, str],
    rows: int,
    at: datetime,
) -> str:
    """Note a file that was read; returns the id of its import. The caller checked whose file it is."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    run = ImportRun(
        id=new_id("imp"),
        seller_id=member.seller_id,
        person_id=member.id,
        person_name=member.name[:80],
        media_id=media_id,
        name=name[:200],
        dialect=dialect,
        rows=rows,
        header=list(header),
        samples=[sample[:SAMPLE] for sample in samples],
        columns=dict(columns),
        created_at=at,
    )
    session.add(run)
    session.flush()
    return run.id


def read_as(
    session: Session, member: SellerMember, run_id: str, columns: Mapping[str, str], *, at: datetime
) -> str:
    """Say what each column is, remember it for the next file, and queue the check: its task's id.

    Raises `NotFound`, `AlreadyRunning`.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    run = own_run(session, member, run_id)
    _require_idle(session, run)
    run.run_task_id = ""
    run.columns = {name: columns.get(name, "ignore") for name in run.header}
    run.checked_at, run.counts, run.faults = None, {}, []
    _save_mapping(session, member, run, at)
    run.check_task_id = jobs.request_task(
        session, member, CHECK, N_("Check of an import"), {"import": run.id}, at=at
    )
    session.flush()
    return run.check_task_id


def note_check(
    session: Session,
    member: SellerMember,
    run_id: str,
    counts: Mapping[str, int],
    faults: Sequence[Shown],
    *,
    at: datetime,
) -> None:
    """For the worker: what the file would do."""
    run = own_run(session, member, run_id)
    run.counts, run.checked_at = dict(counts), at
    run.faults = [asdict(each) for each in faults[: rules.SHOWN_FAULTS]]
    session.flush()


def start(
    session: Session,
    member: SellerMember,
    run_id: str,
    *,
    is_valid_only: bool,
    submits: bool,
    at: datetime,
) -> str:
    """Queue the import itself; returns its task's id.

    Raises `NotFound`, `NotChecked`, `AlreadyRunning`, and `HasFaults` unless only valid rows are
    asked for.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    run = own_run(session, member, run_id)
    if run.checked_at is None:
        raise rules.NotChecked
    _require_idle(session, run)
    if run.counts.get("faulty") and not is_valid_only:
        raise rules.HasFaults
    run.is_valid_only, run.submits = is_valid_only, submits
    run.run_task_id = jobs.request_task(
        session, member, RUN, N_("Import of products"), {"import": run.id}, at=at
    )
    session.flush()
    return run.run_task_id


def _require_idle(session: Session, run: ImportRun) -> None:
    """One that failed or was cancelled may begin again: what it wrote is found unchanged then."""
    task = session.get(Task, run.run_task_id) if run.run_task_id else None
    has_ended_badly = task is None or task.status in ENDED_BADLY
    if run.finished_at is not None or (run.run_task_id and not has_ended_badly):
        raise rules.AlreadyRunning


def note_result(
    session: Session,
    member: SellerMember,
    run_id: str,
    result: Mapping[str, int],
    told: Sequence[Shown] = (),
    *,
    at: datetime,
) -> None:
    """For the worker: what was written, and what was left out."""
    run = own_run(session, member, run_id)
    run.result, run.finished_at = dict(result), at
    run.faults = [asdict(each) for each in told[: rules.SHOWN_FAULTS]]
    session.flush()


def fetch_pictures(session: Session, member: SellerMember, run_id: str, *, at: datetime) -> str:
    """For the worker: queue the fetching of pictures; returns its task's id."""
    run = own_run(session, member, run_id)
    run.pictures_task_id = jobs.request_task(
        session, member, PICTURES, N_("Pictures of an import"), {"import": run.id}, at=at
    )
    session.flush()
    return run.pictures_task_id


def fetch_again(session: Session, member: SellerMember, run_id: str, *, at: datetime) -> str:
    """Queue the fetching of pictures once more, after it broke off; returns its task's id.

    Raises `NotFound`, `AlreadyRunning` unless its task failed or was cancelled.
    """
    member.require(Permission.SHOP_LISTINGS_EDIT)
    run = own_run(session, member, run_id)
    task = session.get(Task, run.pictures_task_id) if run.pictures_task_id else None
    if task is None or task.status not in ENDED_BADLY:
        raise rules.AlreadyRunning
    audit.record(session, member, "products.pictures_asked", "import", run.id, at=at)
    return fetch_pictures(session, member, run_id, at=at)


def _save_mapping(session: Session, member: SellerMember, run: ImportRun, at: datetime) -> None:
    signature = rules.signature(run.header)
    saved = session.exec(
        select(ImportMapping)
        .where(ImportMapping.seller_id == member.seller_id, ImportMapping.signature == signature)
        .with_for_update()
    ).first()
    if saved is None:
        saved = ImportMapping(
            id=new_id("map"), seller_id=member.seller_id, signature=signature, saved_at=at
        )
    saved.columns, saved.saved_at = dict(run.columns), at
    session.add(saved)
    session.flush()
