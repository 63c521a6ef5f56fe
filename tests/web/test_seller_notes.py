"""Notes on a seller, through the events a browser sends; the seller never hears of them."""

from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db, integrations
from marketplace.domain.access.models import Permission
from marketplace.domain.jobs.models import Task
from marketplace.domain.sellers.models import SellerNote
from marketplace.domain.sellers.service import notes as service
from marketplace.jobs import tasks
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.web.admin.sellers.notes import SellerNotesState
from marketplace.web.admin.sellers.seller import SellerState
from marketplace.web.guard import visitors
from marketplace.web.sitemap import PAGES
from tests.make import canary
from tests.make.browsing import everything
from tests.make.people import staff
from tests.web.crawling import attempt, payloads, told, within_reach
from tests.web.demo import id_of, refusal, seller_id, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.timeout(600)]
SHOP, OWNER = "qingshan-ceramics", "qiu.shan"
SECRET = "whispered-9f4c"


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    path = f"/admin/sellers/{seller_id(SHOP)}/notes"
    return pipeline.tab(cookie=signed_in("lin.na"), path=path)


def sent(*pairs: tuple[str, str]) -> dict[str, Any]:
    """A form as Reflex's client sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in pairs]}


def kept() -> list[tuple[str, bool]]:
    rows = db.call(lambda s: s.exec(select(SellerNote).order_by(SellerNote.id)).all())
    return [(row.text, row.is_pinned) for row in rows]


async def test_a_note_is_written_changed_pinned_and_deleted(chief: Tab) -> None:
    form = sent(("text", "Pays late."), ("pinned", "on"))
    await chief.send(SellerNotesState.write, seller_id=seller_id(SHOP), form_data=form)
    [row] = chief.value(SellerNotesState, "notes").rows
    assert (row.text, row.is_pinned, row.is_mine) == ("Pays late.", True, True)

    await chief.send(SellerNotesState.ask, kind="edit", note_id=row.id)
    assert chief.value(SellerNotesState, "dialog") == "edit"
    words = {"note_id": row.id, "version": 1, "form_data": sent(("new_text", "Pays on time."))}
    await chief.send(SellerNotesState.rewrite, **words)
    await chief.send(SellerNotesState.pin, note_id=row.id, is_pinned=False)
    assert kept() == [("Pays on time.", False)]

    await chief.send(SellerNotesState.delete, note_id=row.id)
    assert kept() == []
    assert chief.value(SellerNotesState, "notes").rows == ()


async def test_an_empty_note_is_told_at_its_field(chief: Tab) -> None:
    before = everything()
    form = sent(("text", "  "))
    refused = await refusal(
        chief, SellerNotesState.write, seller_id=seller_id(SHOP), form_data=form
    )
    assert refused is Invalid
    assert everything() == before


@pytest.mark.parametrize("key", ["emma.clark", OWNER, "xu.lei"])
async def test_without_the_right_nothing_is_written(pipeline: Pipeline, key: str) -> None:
    """An auditor, the shop's owner, a buyer."""
    id_ = a_note("Ours")
    tab = pipeline.tab(cookie=signed_in(key))
    before = everything()
    events: list[tuple[Any, dict[str, Any]]] = [
        (SellerNotesState.write, {"seller_id": seller_id(SHOP), "form_data": sent(("text", "x"))}),
        (SellerNotesState.rewrite, {"note_id": id_, "version": 1, "form_data": sent(("new_text", "x"))}),
        (SellerNotesState.pin, {"note_id": id_, "is_pinned": True}),
        (SellerNotesState.delete, {"note_id": id_}),
    ]  # fmt: skip
    for handler, payload in events:
        await refusal(tab, handler, **payload)
    assert everything() == before


async def test_the_overview_counts_the_notes(chief: Tab) -> None:
    a_note("One")
    a_note("Two")
    chief.path = f"/admin/sellers/{seller_id(SHOP)}"
    await chief.send(SellerState.load)
    assert chief.value(SellerState, "detail").notes == 2


async def test_no_event_page_or_file_tells_the_seller(pipeline: Pipeline) -> None:
    """Everything the owner of the shop can send, with the note's own id wherever one fits."""
    ids = [a_note(SECRET), seller_id(SHOP), *db.call(planted)]
    cookie = signed_in(OWNER, seller=seller_id(SHOP))
    heard = []
    for name, policy in within_reach():
        tab = pipeline.tab(cookie=cookie, path="/seller")
        for payload in payloads(policy, ids):
            visitors.forget_everybody()
            await attempt(tab, name, payload)
        heard.append(told(tab))
    for page in PAGES:
        tab = pipeline.tab(cookie=cookie, path=page.route.replace("[any_seller]", ids[1]))
        for handler in page.load:
            visitors.forget_everybody()
            await attempt(tab, handler, {})
        heard.append(told(tab))

    assert sum(canary.MARK in one for one in heard) >= 2, (
        "the crawler reaches the shop's own things"
    )
    assert [one for one in heard if SECRET in one] == []
    files = exported()
    assert files, "the crawler asked for a file of the shop"
    assert [name for name, content in files.items() if SECRET.encode() in content] == []


def a_note(text: str) -> str:
    def work(session: Session) -> str:
        chief = staff(Permission.SELLERS_MANAGE, id_=id_of("lin.na"))
        return service.write_note(session, chief, seller_id(SHOP), text=text, at=clock.now())

    return db.call(work)


def planted(session: Session) -> list[str]:
    """Something of the shop's own in every table, so that its pages have something to show."""
    made = canary.plant(session, seller_id(SHOP), id_of(OWNER))
    return [made[table] for table in ("listing", "variant")]


def exported() -> dict[str, bytes]:
    """What the tasks that were asked for wrote."""
    while tasks.work_tasks("w"):
        pass
    found: dict[str, bytes] = {}
    for task in db.call(lambda s: s.exec(select(Task)).all()):
        if task.result_key and canary.MARK not in task.result_key:
            with integrations.storage().open(task.result_key) as file:
                found[task.id] = file.read()
    return found
