"""One deed for every listing of a list: each once, whoever works it off, and the refused are told."""

import csv
import io
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from marketplace import db, integrations
from marketplace.domain.access.models import SellerMember
from marketplace.domain.accounts.service import roles
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.jobs.models import Task, TaskStatus
from marketplace.domain.jobs.service import cancel_task
from marketplace.flows.bulk_listings import task as bulk
from marketplace.flows.bulk_listings.deeds import Deed, Report, perform
from marketplace.flows.listing_list import NothingMatches
from marketplace.jobs import schedule, tasks
from marketplace.kit import clock
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.paging import ListQuery
from tests.conftest import FrozenClock
from tests.jobs.test_imports import hired
from tests.make import goods

assert schedule  # which teaches the workers what a deed is
EVERY = ListQuery()
UP = {"kind": "percent", "value": 1_000}


@pytest.fixture
def member(database: str, clock_at: FrozenClock) -> SellerMember:
    def make(session: Session) -> SellerMember:
        roles.ensure_presets(session)
        return hired(session, goods.owner_of(session, goods.open_shop(session)))

    return db.call(make)


def drafts(
    member: SellerMember, count: int, *, price: int = 1_000, cost: int | None = None
) -> None:
    for number in range(count):
        content = ListingContent(
            title=f"Cup {number}",
            title_zh=f"杯子 {number}",
            variants=[VariantContent(id="", price=price, cost=cost)],
        )
        db.call(listings.create_draft, member, content=content, at=clock.now())


def prices() -> list[int]:
    def work(session: Session) -> list[int]:
        rows = session.exec(select(Listing).order_by(col(Listing.id))).all()
        contents = [ListingContent.model_validate(row.draft) for row in rows]
        return [variant.price for content in contents for variant in content.variants]

    return db.call(work)


def asked(member: SellerMember, deed: Deed, values: dict[str, object]) -> str:
    return db.call(bulk.request, member, deed, EVERY, values, at=clock.now())


def task(task_id: str) -> Task:
    return db.call(lambda s: s.get_one(Task, task_id))


def done(member: SellerMember, deed: Deed, **values: object) -> Report:
    ids = list(db.call(lambda s: s.exec(select(Listing.id)).all()))
    return db.call(perform, member, deed, ids, values, at=clock.now())


def test_every_listing_gets_its_price_once(member: SellerMember) -> None:
    drafts(member, 60)
    task_id = asked(member, "prices", UP)
    tasks.work_tasks("a")
    assert prices() == [1_100] * 60
    ended = task(task_id)
    assert (ended.status, ended.done, ended.result_key) == (TaskStatus.DONE, 60, "")
    entry = db.call(
        lambda s: s.exec(select(AuditEntry).where(AuditEntry.action == "catalog.bulk_asked")).one()
    )
    assert entry.after["listings"] == 60


def test_who_takes_over_goes_on_where_the_other_stopped(
    member: SellerMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts(member, 60)
    task_id = asked(member, "prices", UP)
    whole, begun = bulk.perform, []

    def dies(*args: object, **words: object) -> Report:
        if begun:
            raise SystemExit  # as a worker that is killed
        begun.append(1)
        return whole(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk, "perform", dies)
    with pytest.raises(SystemExit):
        tasks.work_tasks("a")
    assert sorted(prices()) == [1_000] * 10 + [1_100] * 50
    monkeypatch.setattr(bulk, "perform", whole)

    def let_go(session: Session) -> None:
        session.get_one(Task, task_id).leased_until = clock.now()

    db.call(let_go)
    tasks.work_tasks("b")
    assert prices() == [1_100] * 60
    assert task(task_id).status is TaskStatus.DONE


def test_what_is_refused_is_told_in_a_file_and_tried_again(member: SellerMember) -> None:
    drafts(member, 2)
    drafts(member, 1, cost=990)
    task_id = asked(member, "prices", {"kind": "percent", "value": -2_000})
    tasks.work_tasks("a")
    assert sorted(prices()) == [800, 800, 1_000]
    with integrations.storage().open(task(task_id).result_key) as file:
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert [row[1:] for row in rows[1:]] == [["Cup 0", "The price would be below your cost."]]
    again = db.call(bulk.request_again, member, task_id, at=clock.now())
    assert len(task(again).parameters["ids"]) == 1


def test_a_task_of_another_member_is_nobodys_to_repeat(member: SellerMember) -> None:
    drafts(member, 1, cost=990)
    task_id = asked(member, "prices", {"kind": "percent", "value": -2_000})
    tasks.work_tasks("a")
    other = db.call(lambda s: goods.owner_of(s, goods.open_shop(s, "b"), id_="per_b"))
    with pytest.raises(NotFound):
        db.call(bulk.request_again, other, task_id, at=clock.now())


def test_one_that_is_cancelled_does_nothing_more(member: SellerMember) -> None:
    drafts(member, 1)
    task_id = asked(member, "prices", UP)
    db.call(cancel_task, member, task_id, at=clock.now())
    tasks.work_tasks("a")
    assert prices() == [1_000]


def test_only_the_own_shops_listings_are_taken_and_only_with_the_right(
    member: SellerMember,
) -> None:
    other = db.call(lambda s: goods.owner_of(s, goods.open_shop(s, "b"), id_="per_b"))
    drafts(other, 1)
    with pytest.raises(NothingMatches):
        asked(member, "prices", UP)
    theirs = done(member, "stock", how="set", units=5)
    assert (theirs.done, [row.title for row in theirs.refused]) == (0, [""])
    reader = replace(other, permissions=frozenset())
    with pytest.raises(NotAllowed):
        asked(reader, "prices", UP)
    with pytest.raises(NotAllowed):
        done(reader, "archive")
    assert prices() == [1_000]


def test_stock_is_set_or_added_to(member: SellerMember) -> None:
    drafts(member, 2)

    def stocked() -> list[int]:
        ids = db.call(lambda s: s.exec(select(Listing.id)).all())
        return [level.on_hand for level in db.call(levels_of, ids).values()]

    assert done(member, "stock", how="set", units=5).done == 2
    assert done(member, "stock", how="add", units=3).done == 2
    assert stocked() == [8, 8]


def test_each_that_is_refused_says_why_with_its_title(member: SellerMember) -> None:
    drafts(member, 1)
    report = done(member, "pause")
    assert report.done == 0
    assert [(row.title, row.title_zh) for row in report.refused] == [("Cup 0", "杯子 0")]
    assert report.refused[0].reason
