"""An export shows what the list shows, to who asked, with the rights they have when it is written."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, select

from marketplace import db, integrations
from marketplace.domain.access.models import Audience, Permission, SellerMember, Staff
from marketplace.domain.accounts.models import Role, RolePermission, StaffRole
from marketplace.domain.audit import service as audit
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.jobs import queries
from marketplace.domain.jobs import service as jobs
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.notifications import queries as notices
from marketplace.domain.sellers.models import Submission
from marketplace.domain.sellers.queries import shop
from marketplace.flows import export_table
from marketplace.jobs import tasks
from marketplace.kit import clock
from marketplace.kit.errors import NotAllowed, NotFound
from tests.conftest import MONDAY, FrozenClock
from tests.make import shops as made
from tests.make.people import JOB, person_row, staff

AUDITOR = staff(Permission.AUDIT_READ, Permission.AUDIT_EXPORT, id_="per_sam", locale="en")


@pytest.fixture(autouse=True)
def auditor(database: str, clock_at: FrozenClock) -> None:
    def make(session: Session) -> None:
        person_row(session, id="per_sam")
        session.add(Role(id="rol_a", audience=Audience.STAFF, code="a", name="A"))
        session.flush()
        for permission in AUDITOR.permissions:
            session.add(RolePermission(role_id="rol_a", permission=permission))
        session.add(
            StaffRole(person_id="per_sam", role_id="rol_a", granted_by="x", granted_at=clock.now())
        )
        for name in ("=HYPERLINK(1)", "Ada"):
            audit.record(
                session, JOB, "things.named", "thing", "t", at=clock.now(), after={"name": name}
            )
        audit.record(session, JOB, "other", "thing", "=1", at=clock.now())

    db.call(make)


def ask(actor: Staff = AUDITOR, table: str = "audit", **parameters: str) -> str:
    return db.call(export_table.request_export, actor, table, parameters, at=clock.now())


def task(task_id: str) -> Task:
    return db.call(lambda session: session.get_one(Task, task_id))


def rows(task_id: str) -> list[list[str]]:
    found = db.call_reading(queries.result_file, AUDITOR, task_id, at=clock.now())
    with integrations.storage().open(found.key) as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))


def test_an_export_holds_every_row_of_the_filtered_list() -> None:
    task_id = ask(action="things.named")
    assert tasks.work_tasks("w") == {"done": 1}

    header, *found = rows(task_id)
    assert header[:2] == ["Number", "Time"]
    assert [row[0] for row in found] == ["1", "2"]
    assert found[0][9] == "name:  → =HYPERLINK(1)"
    assert (task(task_id).status, task(task_id).done) == (TaskStatus.DONE, 2)


def test_a_cell_that_is_a_formula_is_guarded() -> None:
    task_id = ask(action="other")
    tasks.work_tasks("w")

    assert rows(task_id)[1][7] == "'=1"


def test_a_long_list_is_paged_without_losing_or_doubling_a_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export_table, "AT_ONCE", 2)
    task_id = ask()
    tasks.work_tasks("w")

    numbers = [int(row[0]) for row in rows(task_id)[1:]]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 3


def test_who_took_how_much_is_in_the_audit_log_and_under_the_bell() -> None:
    task_id = ask()
    tasks.work_tasks("w")

    entry = db.call(lambda s: s.exec(select(AuditEntry).order_by(AuditEntry.seq.desc())).first())  # type: ignore[attr-defined]
    assert entry is not None
    assert (entry.action, entry.actor_id, entry.after["rows"]) == ("exports.written", "per_sam", 3)
    [note] = db.call_reading(notices.recent, AUDITOR)
    assert note.link == f"/files/{task_id}"


def test_without_the_right_to_export_nothing_is_queued() -> None:
    with pytest.raises(NotAllowed):
        ask(staff(Permission.AUDIT_READ, id_="per_sam"))
    with pytest.raises(NotAllowed):
        ask(staff(Permission.AUDIT_EXPORT, id_="per_sam"))
    with pytest.raises(NotFound):
        ask(table="nonsense")
    assert db.call(lambda s: s.exec(select(Task)).all()) == []


def test_a_right_lost_before_the_worker_begins_ends_the_export() -> None:
    task_id = ask()
    db.call(lambda s: s.delete(s.get_one(RolePermission, ("rol_a", Permission.AUDIT_EXPORT))))

    assert tasks.work_tasks("w") == {"failed": 1}
    assert (task(task_id).status, task(task_id).result_key) == (TaskStatus.FAILED, "")
    assert not list((integrations.storage().folder / "private").rglob("*.csv"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("loss", ["disabled", "no longer staff"])
def test_who_is_no_longer_staff_gets_no_file(loss: str) -> None:
    task_id = ask()

    def lose(session: Session) -> None:
        if loss == "disabled":
            from marketplace.domain.accounts.models import PersonAccount

            session.get_one(PersonAccount, "per_sam").disabled_at = clock.now()
        else:
            session.delete(session.get_one(StaffRole, ("per_sam", "rol_a")))

    db.call(lose)
    tasks.work_tasks("w")
    assert task(task_id).status is TaskStatus.FAILED


def test_a_cancelled_export_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "REPORT_EVERY", 1)
    task_id = ask()
    honest = export_table.rows

    def rows_until_cancelled(*arguments, **more):  # type: ignore[no-untyped-def]
        for row in honest(*arguments, **more):
            yield row
            if task(task_id).status is TaskStatus.RUNNING and not task(task_id).cancel_asked:
                db.call(jobs.cancel_task, AUDITOR, task_id, at=clock.now())

    monkeypatch.setattr(export_table, "rows", rows_until_cancelled)
    tasks.work_tasks("w")

    assert task(task_id).status is TaskStatus.CANCELLED
    assert not list((integrations.storage().folder / "private").rglob("*"))[1:]  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", ["applications", "sellers", "papers"])
def test_lists_of_sellers_are_taken_by_those_who_look_after_them_alone(table: str) -> None:
    reader = staff(Permission.SELLERS_READ, id_="per_sam", locale="en")
    with pytest.raises(NotAllowed):
        ask(reader, table)

    keeper = staff(
        Permission.SELLERS_READ, Permission.SELLERS_REVIEW, Permission.SELLERS_MANAGE,
        id_="per_sam", locale="en",
    )  # fmt: skip
    member = made_shop()
    found = db.call_reading(
        lambda session: list(export_table.rows(session, keeper, table, {"state": "soon"}))
    )
    titles = export_table.header(keeper, table)
    assert all(len(row) == len(titles) for row in found)
    assert len(found) == (0 if table == "applications" else 1)
    assert table == "applications" or member.seller_id in found[0]


def made_shop() -> SellerMember:
    """A shop whose licence ends in six days."""

    def work(session: Session) -> SellerMember:
        member = made.opened(session, made.market(session))
        rows = {row.code: row.submission_id for row in shop.documents(session, member)}
        session.get_one(Submission, rows["licence"]).expires_on = (MONDAY + timedelta(6)).date()
        return member

    return db.call(work)


OFFICE = ("applications", "sellers", "papers", "listings", "reviews")
RIGHTS = {
    "applications": Permission.SELLERS_REVIEW,
    "sellers": Permission.SELLERS_MANAGE,
    "papers": Permission.SELLERS_MANAGE,
    "listings": Permission.CATALOG_MANAGE,
    "reviews": Permission.MODERATION_DECIDE,
}


def test_a_workbook_has_the_rows_of_the_list_and_no_formula() -> None:
    def named(session: Session) -> None:
        audit.record(session, JOB, "=1+1", "thing", "t", at=clock.now())

    db.call(named)
    task_id = db.call(
        lambda s: export_table.request_export(s, AUDITOR, "audit", {}, at=clock.now(), kind="xlsx")
    )
    assert tasks.work_tasks("w") == {"done": 1}

    found = db.call_reading(queries.result_file, AUDITOR, task_id, at=clock.now())
    assert (found.key.endswith(".xlsx"), found.name.endswith(".xlsx")) == (True, True)
    with integrations.storage().open(found.key) as file:
        sheet = load_workbook(io.BytesIO(file.read())).worksheets[0]
    header, *cells = [list(row) for row in sheet.iter_rows()]
    assert [cell.value for cell in header] == export_table.header(AUDITOR, "audit")
    assert "'=1+1" in [row[5].value for row in cells]
    assert "f" not in {cell.data_type for row in cells for cell in row}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("table", OFFICE)
def test_no_list_of_staff_becomes_a_file_without_its_right(
    table: str, kind: export_table.FileKind
) -> None:
    def asked_by(*permissions: Permission) -> str:
        actor = staff(*permissions, id_="per_sam", locale="en")
        return db.call(
            lambda s: export_table.request_export(s, actor, table, {}, at=clock.now(), kind=kind)
        )

    everything_else = set(Permission) - {RIGHTS[table]}
    with pytest.raises(NotAllowed):
        asked_by(*everything_else)
    assert db.call(lambda s: s.exec(select(Task)).all()) == []
    assert asked_by(*Permission)
