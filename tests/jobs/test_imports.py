"""Imports as tasks: checked before anything is written, resumed, refused whole, pictures afterwards."""

import csv
import io
from collections.abc import Collection

import pytest
from sqlmodel import Session, col, select

from marketplace import db, integrations
from marketplace.domain.access.models import SellerMember
from marketplace.domain.accounts.service import roles
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.imports import queries, service
from marketplace.domain.imports.models import ImportRun
from marketplace.domain.imports.rules import AlreadyRunning, HasFaults, NotChecked
from marketplace.domain.inventory import queries as stock
from marketplace.domain.inventory import service as stock_service
from marketplace.domain.inventory.models import StockLevel
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.media.models import Purpose
from marketplace.domain.sellers import queries as seller_queries
from marketplace.domain.sellers import service as sellers
from marketplace.flows import take_stock
from marketplace.flows.export_products import task as exports
from marketplace.flows.import_products import beginning, saving
from marketplace.jobs import import_pictures, media, schedule, tasks
from marketplace.kit import clock
from marketplace.kit.errors import NotFound, Stale
from marketplace.kit.tables import CellTooLong, Unreadable, read_table
from marketplace.ports import Fetched, FetchRefused
from tests.conftest import FrozenClock
from tests.make import goods, people
from tests.make.pictures import a_picture

assert schedule  # which teaches the workers what an import is

HEAD = b"Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Image Src\n"
GOOD = HEAD + b"lamp,Lamp,L,10,7,https://example.com/a.jpg\ncup,Cup,C,5,3,\n"
MIXED = HEAD + b"lamp,Lamp,L,10,7,\nbad,Bad,B,ten,1,\n"


@pytest.fixture
def member(database: str, clock_at: FrozenClock) -> SellerMember:
    """The owner of a shop, with the role that gives the rights when the worker looks again."""

    def make(session: Session) -> SellerMember:
        roles.ensure_presets(session)
        return hired(session, goods.owner_of(session, goods.open_shop(session)))

    return db.call(make)


def hired(session: Session, owner: SellerMember) -> SellerMember:
    choices = seller_queries.role_choices(session, owner)
    role = next(choice.id for choice in choices if choice.name == "Owner")
    sellers.add_member(session, people.JOB, owner.seller_id, owner.id, role, at=clock.now())
    return owner


class Web:
    """A fetcher that has some addresses."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str, *, most_bytes: int, content_types: Collection[str]) -> Fetched:
        self.asked.append(url)
        name = url.rpartition("/")[2].partition(".")[0]
        if name not in self.pages:
            raise FetchRefused("This address could not be reached.")
        return Fetched(self.pages[name], "image/jpeg", url)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    found = Web(a=a_picture())
    monkeypatch.setattr(import_pictures, "fetcher", lambda: found)
    return found


def uploaded(member: SellerMember, data: bytes) -> str:
    return media.bring_in(
        member, data, name="t.csv", content_type="text/csv", purpose=Purpose.TABLE
    )


def begun(member: SellerMember, data: bytes) -> str:
    return db.call(
        beginning.begin, member, uploaded(member, data), "t.csv", read_table(data), at=clock.now()
    )


def checked(member: SellerMember, data: bytes) -> str:
    run_id = begun(member, data)
    keys = [column.key for column in view(member, run_id).columns]
    db.call(beginning.read_as, member, run_id, keys, at=clock.now())
    tasks.work_tasks("w")
    return run_id


def started(member: SellerMember, run_id: str, *, is_valid_only: bool = False) -> None:
    db.call(
        service.start, member, run_id, is_valid_only=is_valid_only, submits=False, at=clock.now()
    )


def view(member: SellerMember, run_id: str) -> queries.RunView:
    return db.call_reading(queries.run_view, member, run_id)


def titles() -> list[str]:
    return db.call_reading(
        lambda s: list(s.exec(select(Listing.title).order_by(col(Listing.title))))
    )


def task(task_id: str) -> Task:
    return db.call(lambda session: session.get_one(Task, task_id))


def report(task_id: str) -> list[list[str]]:
    with integrations.storage().open(task(task_id).result_key) as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))


def test_a_check_writes_nothing_and_says_what_would_happen(member: SellerMember) -> None:
    run_id = checked(member, MIXED)

    found = view(member, run_id)
    assert (found.row.state, found.row.created, found.row.faulty) == ("checked", 1, 1)
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "D")]
    assert report(found.row.check_task_id)[1][:4] == ["3", "D", "Variant Price", "bad"]
    assert titles() == []


def test_an_import_with_errors_is_refused_whole(member: SellerMember) -> None:
    run_id = checked(member, MIXED)

    with pytest.raises(HasFaults):
        started(member, run_id)

    assert titles() == []


def test_the_valid_rows_alone_are_imported_if_asked_for(member: SellerMember) -> None:
    run_id = checked(member, MIXED)
    started(member, run_id, is_valid_only=True)
    tasks.work_tasks("w")

    assert titles() == ["Lamp"]
    assert view(member, run_id).row.state == "done"


def test_an_error_that_came_after_the_check_still_refuses_the_whole(member: SellerMember) -> None:
    run_id = checked(member, GOOD)
    started(member, run_id)
    db.call(goods.lamp, member, "C", handle="other")

    tasks.work_tasks("w")

    run_task = task(view(member, run_id).row.run_task_id)
    assert (run_task.status, run_task.error) == (TaskStatus.FAILED, HasFaults.message)
    assert titles() == ["Lamp"]  # the one that took the SKU


def test_nothing_runs_unchecked_nor_twice(member: SellerMember) -> None:
    run_id = begun(member, GOOD)
    with pytest.raises(NotChecked):
        started(member, run_id)

    run_id = checked(member, GOOD)
    started(member, run_id)
    with pytest.raises(AlreadyRunning):
        started(member, run_id)


def test_an_import_that_failed_is_mended_and_begins_again(member: SellerMember) -> None:
    run_id = checked(member, GOOD)
    started(member, run_id)
    db.call(goods.lamp, member, "C", handle="other")
    tasks.work_tasks("w")
    assert view(member, run_id).row.state == "failed"

    columns = {one.name: one.key for one in view(member, run_id).columns}
    columns["Variant SKU"] = "ignore"
    db.call(service.read_as, member, run_id, columns, at=clock.now())
    tasks.work_tasks("w")
    assert view(member, run_id).row.state == "checked"
    started(member, run_id)
    tasks.work_tasks("w")

    assert view(member, run_id).row.state == "done"
    assert sorted(titles()) == ["Cup", "Lamp", "Lamp"]


def test_an_import_that_is_done_is_not_done_again(member: SellerMember) -> None:
    run_id = checked(member, GOOD)
    started(member, run_id)
    tasks.work_tasks("w")

    with pytest.raises(AlreadyRunning):
        started(member, run_id)


def test_the_import_does_not_wait_for_pictures_and_they_come_afterwards(
    member: SellerMember, web: Web
) -> None:
    run_id = checked(member, GOOD)
    started(member, run_id)
    tasks.work_tasks("w")

    draft = db.call_reading(
        lambda s: s.exec(select(Listing.draft).where(Listing.handle == "lamp")).one()
    )
    assert len(ListingContent.model_validate(draft).pictures) == 1
    assert web.asked == ["https://example.com/a.jpg"]
    assert report(view(member, run_id).row.pictures_task_id)[1:] == [
        ["2", "lamp", "https://example.com/a.jpg", "Here"]
    ]


def test_a_picture_out_of_reach_is_told_by_its_row_and_stops_nothing(
    member: SellerMember, web: Web
) -> None:
    run_id = checked(member, GOOD.replace(b"/a.jpg", b"/gone.jpg"))
    started(member, run_id)
    tasks.work_tasks("w")

    assert titles() == ["Cup", "Lamp"]
    assert report(view(member, run_id).row.pictures_task_id)[1] == [
        "2", "lamp", "https://example.com/gone.jpg", "This address could not be reached.",
    ]  # fmt: skip


def test_an_import_whose_worker_died_half_way_is_finished_by_the_next(
    member: SellerMember, clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 1)
    run_id = checked(member, GOOD.replace(b"https://example.com/a.jpg", b""))
    started(member, run_id)
    save, calls = saving.save_part, []

    def dying(*args: object, **words: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return save(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "save_part", dying)
    with pytest.raises(KeyboardInterrupt):
        tasks.work_tasks("w")
    clock_at.advance(minutes=5)
    tasks.work_tasks("other")

    assert titles() == ["Cup", "Lamp"]
    assert view(member, run_id).row.state == "done"


def test_what_somebody_saved_meanwhile_is_left_out_with_its_row_and_the_rest_is_written(
    member: SellerMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.call(goods.lamp, member, "L")
    run_id = checked(member, HEAD + b"cup,Cup,C,5,3,\nlamp,New lamp,L,10,7,\nbowl,Bowl,B,5,3,\n")
    started(member, run_id)
    save = saving.save_part

    def too_late(session: Session, *args: object, **words: object) -> object:
        listing = session.exec(select(Listing).where(Listing.handle == "lamp")).one()
        listing.version = 7
        session.flush()
        return save(session, *args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "save_part", too_late)
    tasks.work_tasks("w")

    found = view(member, run_id)
    assert titles() == ["Bowl", "Cup", "Lamp"]
    assert (found.row.state, found.row.created, found.row.updated) == ("done", 2, 0)
    assert (found.row.refused, found.result["refused"]) == (1, 1)
    assert [(one.row, one.handle) for one in found.faults] == [(3, "lamp")]
    assert report(found.row.run_task_id)[1] == ["3", "", "", "lamp", "Error", Stale.message]
    units = db.call_reading(lambda s: sorted(s.exec(select(StockLevel.on_hand)).all()))
    assert units == [3, 3]


def test_pictures_whose_task_broke_off_are_fetched_when_asked_for_again(
    member: SellerMember, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = checked(member, GOOD)
    started(member, run_id)
    monkeypatch.setitem(tasks.WORK, service.PICTURES, lambda _step: 1 // 0)
    tasks.work_tasks("w")
    monkeypatch.setitem(tasks.WORK, service.PICTURES, import_pictures.fetch_pictures)
    assert (view(member, run_id).row.state, view(member, run_id).row.may_fetch_again) == (
        "done", True,
    )  # fmt: skip

    db.call(service.fetch_again, member, run_id, at=clock.now())
    with pytest.raises(AlreadyRunning):
        db.call(service.fetch_again, member, run_id, at=clock.now())
    tasks.work_tasks("w")

    found = view(member, run_id).row
    assert report(found.pictures_task_id)[1][-1] == "Here"
    assert not found.may_fetch_again
    with pytest.raises(AlreadyRunning):
        db.call(service.fetch_again, member, run_id, at=clock.now())


def test_one_run_leaves_one_entry_in_the_audit_log(member: SellerMember) -> None:
    started(member, checked(member, GOOD))
    tasks.work_tasks("w")

    entries = db.call(
        lambda s: s.exec(select(AuditEntry).where(AuditEntry.action == "products.imported")).all()
    )
    assert [(entry.after or {}).get("create") for entry in entries] == [2]


def test_the_columns_are_remembered_for_the_next_file(member: SellerMember) -> None:
    run_id = begun(member, GOOD)
    keys = [column.key for column in view(member, run_id).columns]
    db.call(beginning.read_as, member, run_id, [*keys[:-1], "ignore"], at=clock.now())

    again = view(member, begun(member, GOOD))

    assert [column.key for column in again.columns] == [*keys[:-1], "ignore"]


def test_a_column_that_is_kept_comes_out_under_its_own_name(member: SellerMember) -> None:
    """Also one whose name we know: then it is not taken for what its name says."""
    data = b"Handle,Title,Tags,Variant Inventory Policy\nlamp,Lamp,a,deny\n"
    run_id = begun(member, data)
    keys = ["handle", "title", "keep", "keep"]
    db.call(beginning.read_as, member, run_id, keys, at=clock.now())
    tasks.work_tasks("w")
    started(member, run_id)
    tasks.work_tasks("w")

    asked = db.call(exports.request_export, member, "shopify_legacy", at=clock.now())
    tasks.work_tasks("w")
    header, row = report(asked)
    found = dict(zip(header, row, strict=True))
    assert (found["Tags"], found["Tags (kept)"], found["Variant Inventory Policy"]) == (
        "", "a", "deny",
    )  # fmt: skip


def test_what_is_not_complete_is_not_handed_in_and_stops_nothing(member: SellerMember) -> None:
    run_id = checked(member, GOOD)
    db.call(service.start, member, run_id, is_valid_only=False, submits=True, at=clock.now())
    tasks.work_tasks("w")

    assert view(member, run_id).result["submitted"] == 0
    statuses = db.call_reading(lambda s: set(s.exec(select(Listing.status)).all()))
    assert statuses == {ListingStatus.DRAFT}


@pytest.mark.parametrize("deed", ["see", "map", "start", "pictures", "begin"])
def test_an_import_of_another_seller_does_not_exist(deed: str, member: SellerMember) -> None:
    stranger = db.call(
        lambda s: hired(s, goods.owner_of(s, goods.open_shop(s, "b"), id_="per_stranger"))
    )
    file = uploaded(member, GOOD)
    run_id = checked(member, GOOD)
    attempts = {
        "see": lambda: view(stranger, run_id),
        "map": lambda: db.call(beginning.read_as, stranger, run_id, [], at=clock.now()),
        "start": lambda: started(stranger, run_id),
        "pictures": lambda: db.call(service.fetch_again, stranger, run_id, at=clock.now()),
        "begin": lambda: db.call(
            beginning.begin, stranger, file, "t.csv", read_table(GOOD), at=clock.now()
        ),
    }

    with pytest.raises(NotFound):
        attempts[deed]()

    runs = db.call_reading(lambda s: s.exec(select(ImportRun.seller_id)).all())
    assert runs == [member.seller_id]


def test_an_export_is_a_file_with_its_count_in_the_log(member: SellerMember) -> None:
    db.call(goods.lamp, member, "L")
    asked = db.call(exports.request_export, member, "xlsx", at=clock.now())
    tasks.work_tasks("w")

    with integrations.storage().open(task(asked).result_key) as file:
        table = read_table(file.read())
    written = db.call(
        lambda s: s.exec(select(AuditEntry).where(AuditEntry.action == "exports.written")).one()
    )
    assert [row.cells[0] for row in table.rows] == ["lamp"]
    assert (written.after or {}).get("rows") == 1


def test_a_description_too_long_for_excel_is_not_cut_but_told(member: SellerMember) -> None:
    db.call(goods.lamp, member, "L")

    def describe(session: Session) -> None:
        listing = session.exec(select(Listing)).one()
        blocks = [{"kind": "text", "text": "x" * 20_000} for _ in range(2)]
        listing.draft = {**listing.draft, "blocks": blocks}

    db.call(describe)
    asked = [
        db.call(exports.request_export, member, format_, at=clock.now())
        for format_ in ("xlsx", "csv")
    ]
    tasks.work_tasks("w")
    refused, whole = (task(id_) for id_ in asked)
    assert (refused.status, refused.error, refused.result_key) == (
        "failed", CellTooLong.message, "",
    )  # fmt: skip
    with integrations.storage().open(whole.result_key) as file:
        assert file.read().count(b"x" * 20_000) == 2


# stock taking


def counted(member: SellerMember, text: bytes) -> take_stock.CountPlan:
    return db.call_reading(take_stock.plan_count, member, read_table(text))


@pytest.fixture
def shelf(member: SellerMember) -> list[str]:
    """Two SKUs with ten units each."""
    ids = db.call(goods.lamp, member, "S", "M")
    for id_ in ids:
        db.call(stock_service.set_stock, member, id_, 10, at=clock.now())
    return ids


def on_hand(ids: list[str]) -> list[int]:
    levels = db.call_reading(stock.levels_of_variants, ids)
    return [levels[id_].on_hand for id_ in ids]


def test_a_count_changes_what_differs_and_leaves_what_was_not_counted(
    member: SellerMember, shelf: list[str]
) -> None:
    data = b"SKU;Counted\nS;8\nM;\n"
    plan = counted(member, data)
    assert [(line.sku, line.before, line.counted) for line in plan.lines] == [("S", 10, 8)]

    db.call(take_stock.request_count, member, uploaded(member, data), "c.csv", at=clock.now())
    tasks.work_tasks("w")

    assert on_hand(shelf) == [8, 10]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (b"X,1", (3, "A")), (b"M,-1", (3, "B")), (b"M,1.5", (3, "B")), (b"M,many", (3, "B")),
        (b"S,4", (3, "A")),
    ],
)  # fmt: skip
def test_a_count_with_an_error_changes_nothing_at_all(
    line: bytes, where: tuple[int, str], member: SellerMember, shelf: list[str]
) -> None:
    data = b"sku,quantity\nS,8\n" + line + b"\n"
    assert [(f.row, f.column) for f in counted(member, data).faults] == [where]

    with pytest.raises(take_stock.CountHasFaults):
        db.call(take_stock.write_count, member, read_table(data), name="c", at=clock.now())

    assert on_hand(shelf) == [10, 10]


def test_a_count_never_takes_what_buyers_were_promised(
    member: SellerMember, shelf: list[str]
) -> None:
    db.call(stock_service.reserve, {shelf[0]: 5}, at=clock.now())

    assert [f.row for f in counted(member, b"sku,counted\nS,4\n").faults] == [2]


def test_skus_of_another_seller_cannot_be_counted(member: SellerMember, shelf: list[str]) -> None:
    stranger = db.call(lambda s: goods.owner_of(s, goods.open_shop(s, "b"), id_="per_stranger"))

    assert [f.row for f in counted(stranger, b"sku,counted\nS,4\n").faults] == [2]
    assert db.call_reading(lambda s: len(s.exec(select(StockLevel)).all())) == 2


def test_a_broken_file_fails_its_task_with_the_reason(member: SellerMember) -> None:
    data = b'a,b\n1,"x"y\n'
    with pytest.raises(Unreadable):
        begun(member, data)
