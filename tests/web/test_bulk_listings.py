"""Bulk actions of the seller's list: the ticked at once, everything that matches as a task."""

from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent, VariantContent
from marketplace.domain.catalog.rules.machine import NotOnShelf
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.jobs.models import Task
from marketplace.flows.bulk_listings.deeds import Deed
from marketplace.flows.listing_list import NothingMatches
from marketplace.jobs import schedule, tasks
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, NotFound
from marketplace.web.messages import MessageState
from marketplace.web.seller.listings.bulk import ListingBulkState
from marketplace.web.seller.listings.bulk_run import ListingBulkRunState
from marketplace.web.seller.listings.export import ListingExportState
from marketplace.web.seller.listings.listing import ListingsState
from tests.make.browsing import everything
from tests.web.demo import refusal, seller_id, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_listings import CERAMICS, DEEDS, SHOES, bulk, deed_for, member, row, theirs
from tests.web.test_staff import sent

pytestmark = pytest.mark.usefixtures("demo")
assert schedule  # which teaches the workers what a deed is
PAGE = "/seller/listings"


@pytest.fixture
def owner(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("qiu.shan"))


def jars(count: int, *, word: str = "Jar", cost: int | None = None) -> list[str]:
    """Drafts at 10.00."""
    who = member("qiu.shan", CERAMICS)
    variants = [VariantContent(id="", price=1_000, cost=cost)]
    return [
        db.call(
            listings.create_draft, who, at=clock.now(),
            content=ListingContent(title=f"{word} {number}", variants=variants),
        )
        for number in range(count)
    ]  # fmt: skip


def prices(ids: list[str]) -> list[int]:
    return [row(id_).draft["variants"][0]["price"] for id_ in ids]


def queued() -> list[Task]:
    return db.call(lambda s: list(s.exec(select(Task).where(Task.kind == "listings.bulk")).all()))


async def for_all(tab: Tab, query: str, deed: Deed, *fields: tuple[str, str]) -> None:
    tab.path = f"{PAGE}?{query}"
    await tab.send(ListingBulkState.carry_out, **deed_for([], deed, *fields, is_all=True))


async def test_the_ticked_are_changed_at_once_and_the_refused_are_shown(
    pipeline: Pipeline, owner: Tab
) -> None:
    [cheap], [dear] = jars(1), jars(1, cost=950)
    await bulk(owner, "prices", [cheap, dear], ("kind", "percent"), ("value", "-10"))
    assert prices([cheap, dear]) == [900, 1_000]
    assert queued() == []
    assert owner.value(ListingBulkState, "dialog") == "refused"
    assert (owner.value(ListingBulkState, "done"), owner.value(ListingBulkState, "label")) == (
        1, "Change prices",
    )  # fmt: skip
    [refused] = owner.value(ListingBulkState, "refused")
    assert (refused.id, refused.title) == (dear, "Jar 0")
    assert refused.reason == "调整后的价格低于成本价。"  # in the reader's language

    values = owner.value(ListingBulkState, "values")
    again = {"ids": [dear], "is_all": False, "deed": "prices", "form_data": {**values}}
    again["form_data"]["value"] = "10"
    await owner.send(ListingBulkState.carry_out, **again)
    assert prices([dear]) == [1_100]
    assert owner.value(ListingBulkState, "dialog") == ""
    assert pipeline.failures == []


async def test_all_that_match_are_changed_by_a_task_and_nothing_else(owner: Tab) -> None:
    jars_, other, foreign = jars(60), jars(1, word="Bowl"), theirs()
    await for_all(owner, "q=jar", "prices", ("kind", "set"), ("value", "7.50"))
    assert prices(jars_) == [1_000] * 60
    assert owner.value(ListingBulkRunState, "is_working") is True

    tasks.work_tasks("a")
    await owner.send(ListingBulkRunState.load)
    run = owner.value(ListingBulkRunState, "run")
    assert (run.changed, run.refused_count, run.task.status) == (60, 0, "done")
    assert owner.value(ListingBulkRunState, "is_working") is False
    assert prices(jars_) == [750] * 60
    assert prices(other) == [1_000]
    assert row(foreign).draft == ListingContent.model_validate(row(foreign).draft).model_dump(
        mode="json"
    )


async def test_what_a_task_refused_is_shown_and_tried_again(owner: Tab) -> None:
    good, dear = jars(2), jars(1, cost=950)
    await for_all(owner, "q=jar", "prices", ("kind", "percent"), ("value", "-10"))
    tasks.work_tasks("a")
    await owner.send(ListingBulkRunState.load)
    run = owner.value(ListingBulkRunState, "run")
    assert (run.changed, [each.id for each in run.refused]) == (2, dear)
    assert run.task.download == f"/files/{run.task.id}"

    await owner.send(ListingBulkRunState.again, task_id=run.task.id)
    again = owner.value(ListingBulkRunState, "run")
    assert again.task.id != run.task.id
    tasks.work_tasks("a")
    assert (prices(good), prices(dear)) == ([900, 900], [1_000])


async def test_stock_is_added_to_what_there_is(owner: Tab) -> None:
    ids = jars(2)
    await bulk(owner, "stock", ids, ("how", "set"), ("units", "5"))
    await bulk(owner, "stock", ids, ("how", "add"), ("units", "3"))
    levels = db.call(levels_of, ids)
    assert sorted(level.on_hand for level in levels.values()) == [8, 8]


@pytest.mark.parametrize(
    ("deed", "fields", "field"),
    [
        ("prices", [("kind", "set"), ("value", "")], "value"),
        ("prices", [("kind", "set"), ("value", "1.234")], "value"),
        ("prices", [("kind", "set"), ("value", "1e3")], "value"),
        ("stock", [("how", "set"), ("units", "")], "units"),
        ("stock", [("how", "set"), ("units", "-3")], "units"),
        ("stock", [("how", "halve"), ("units", "3")], "how"),
        ("category", [], "category_id"),
        ("template", [], "template_id"),
    ],
)
@pytest.mark.parametrize("is_all", [False, True])
async def test_what_a_dialog_lacks_is_told_beside_its_field(
    owner: Tab, deed: str, fields: list[tuple[str, str]], field: str, is_all: bool
) -> None:
    ids = jars(1)[: 0 if is_all else 1]
    before = everything()
    try:
        await owner.send(ListingBulkState.carry_out, **deed_for(ids, deed, *fields, is_all=is_all))
    except Invalid as refused:
        told = set(refused.fields)
    else:
        told = set(owner.value(MessageState, "errors"))
    assert told == {field}
    assert everything() == before


async def test_nothing_ticked_is_not_everything(owner: Tab) -> None:
    jars(1)
    before = everything()
    for deed, fields in DEEDS.items():
        await refusal(owner, ListingBulkState.carry_out, **deed_for([], deed, *fields))
    form = sent(("format", "csv"))
    await refusal(owner, ListingExportState.export, ids=[], is_all=False, form_data=form)
    assert everything() == before


async def test_an_empty_list_is_not_the_whole_shop(owner: Tab) -> None:
    jars(1)
    before = everything()
    owner.path = f"{PAGE}?q=nothing-like-it"
    asked = deed_for([], "archive", is_all=True)
    assert await refusal(owner, ListingBulkState.carry_out, **asked) is NothingMatches
    form = sent(("format", "csv"))
    everything_asked = {"ids": [], "is_all": True, "form_data": form}
    assert await refusal(owner, ListingExportState.export, **everything_asked) is NothingMatches
    assert everything() == before


async def test_who_only_reads_neither_changes_all_nor_repeats_a_task(
    pipeline: Pipeline, owner: Tab
) -> None:
    jars(1, cost=950)
    await for_all(owner, "q=jar", "prices", ("kind", "percent"), ("value", "-10"))
    tasks.work_tasks("a")
    [task] = queued()
    reader = pipeline.tab(
        cookie=signed_in("daniel.reed", seller=seller_id(CERAMICS)),
        token="tab-of-daniel-0123456789",
    )
    before = everything()
    for deed, fields in DEEDS.items():
        await refusal(
            reader, ListingBulkState.carry_out, **deed_for([], deed, *fields, is_all=True)
        )
    await refusal(reader, ListingBulkRunState.again, task_id=task.id)
    await refusal(reader, ListingBulkRunState.cancel, task_id=task.id)
    await reader.send(ListingBulkRunState.load)
    assert reader.value(ListingBulkRunState, "is_working") is False
    assert everything() == before


async def test_a_task_of_another_shop_is_not_there(pipeline: Pipeline, owner: Tab) -> None:
    jars(1, cost=950)
    await for_all(owner, "q=jar", "prices", ("kind", "percent"), ("value", "-10"))
    tasks.work_tasks("a")
    [task] = queued()
    stranger = pipeline.tab(
        cookie=signed_in("daniel.reed", seller=seller_id(SHOES)), token="tab-of-the-stranger-0123"
    )
    before = everything()
    assert await refusal(stranger, ListingBulkRunState.again, task_id=task.id) is NotFound
    assert everything() == before


async def test_a_file_has_what_the_list_shows_in_the_format_that_was_chosen(owner: Tab) -> None:
    chosen, _others = jars(2), jars(1, word="Bowl")
    owner.path = f"{PAGE}?q=jar"
    form = sent(("format", "xlsx"))
    await owner.send(ListingExportState.export, ids=[], is_all=True, form_data=form)
    [task] = _exports()
    assert (task.parameters["format"], sorted(task.parameters["ids"])) == ("xlsx", sorted(chosen))


async def test_a_preview_of_all_is_a_sample_of_the_list(owner: Tab) -> None:
    jars(3)
    jars(1, word="Bowl")
    owner.path = f"{PAGE}?q=jar"
    form = sent(("kind", "set"), ("value", "7.50"))
    await owner.send(ListingBulkState.preview, ids=[], is_all=True, form_data=form)
    lines = owner.value(ListingBulkState, "lines")
    assert [(line.before, line.after) for line in lines] == [(1_000, 750)] * 3


async def test_only_live_listings_are_paused_and_the_others_say_why(owner: Tab) -> None:
    live, draft = jars(2)

    def put_on_sale(session: Session) -> None:
        session.get_one(Listing, live).status = ListingStatus.LIVE

    db.call(put_on_sale)
    await bulk(owner, "pause", [live, draft])
    assert [row(id_).status for id_ in (live, draft)] == ["off_shelf", "draft"]
    [refused] = owner.value(ListingBulkState, "refused")
    assert (refused.id, bool(refused.reason)) == (draft, True)


async def test_one_is_paused_and_put_back_from_its_row(owner: Tab) -> None:
    [live] = jars(1)

    def put_on_sale(session: Session) -> None:
        session.get_one(Listing, live).status = ListingStatus.LIVE

    db.call(put_on_sale)
    await owner.send(ListingsState.pause, listing_id=live)
    assert row(live).status == "off_shelf"
    assert await refusal(owner, ListingsState.pause, listing_id=live) is NotOnShelf


def _exports() -> list[Any]:
    return db.call(lambda s: list(s.exec(select(Task).where(Task.kind == "export.products")).all()))
