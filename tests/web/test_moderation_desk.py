"""The desk's address: what it narrows, which page, and what is left after a decision."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.jobs.models import Task
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.kit import clock
from marketplace.web.admin.moderation.desk import DeskState
from marketplace.web.admin.moderation.figures import FiguresState
from tests.make import sale
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")
PAGE = "/admin/moderation"


def thirty(session: Session) -> list[str]:
    shop, at = sale.shop(session), clock.now()
    return [
        sale.pending(session, shop, at=at - timedelta(hours=60 - n), title=f"Cup {n:02}").id
        for n in range(30)
    ]


@pytest.fixture
def waiting(demo: None) -> list[str]:
    return db.call(thirty)


def desk(pipeline: Pipeline, address: str = "") -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"), path=PAGE + address)


def shown(tab: Tab) -> list[str]:
    return [row.id for row in tab.value(DeskState, "rows")]


def led_to(tab: Tab) -> dict[str, list[str]]:
    """What the last redirect asks for."""
    path = next(
        event.payload["path"] for event in reversed(tab.client_events) if "path" in event.payload
    )
    return parse_qs(urlsplit(path).query)


async def test_the_first_page_shows_twenty_five_of_thirty(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    tab = desk(pipeline, "?tab=new")
    await tab.send(DeskState.load)
    assert shown(tab) == waiting[:25]
    assert (tab.value(DeskState, "total"), tab.value(DeskState, "pages")) == (30, 2)


async def test_the_second_page_shows_the_rest(pipeline: Pipeline, waiting: list[str]) -> None:
    tab = desk(pipeline, "?tab=new&page=2")
    await tab.send(DeskState.load)
    assert shown(tab) == waiting[25:]
    assert tab.value(DeskState, "key") == waiting[25]


async def test_a_page_that_emptied_shows_the_last_there_is(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    tab = desk(pipeline, "?tab=new&page=9")
    await tab.send(DeskState.load)
    assert shown(tab) == waiting[25:]
    assert tab.value(DeskState, "page") == 2


async def test_the_address_sorts_and_narrows(pipeline: Pipeline, waiting: list[str]) -> None:
    tab = desk(pipeline, "?tab=new&sort=-submitted&waiting=1&flag=nonsense")
    await tab.send(DeskState.load)
    assert shown(tab) == waiting[::-1][:25]
    assert tab.value(DeskState, "narrowed") == 1
    assert parse_qs(tab.value(DeskState, "address")[1:]) == {
        "tab": ["new"],
        "sort": ["-submitted"],
        "waiting": ["1"],
    }


async def test_a_narrowing_is_added_to_the_address_and_begins_at_its_first_page(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    tab = desk(pipeline, "?tab=new&q=cup&page=2")
    await tab.send(DeskState.load)
    await tab.send(DeskState.narrow, key="assignee", value="nobody")
    assert led_to(tab) == {"tab": ["new"], "q": ["cup"], "assignee": ["nobody"]}


async def test_a_decision_keeps_the_narrowing_and_the_page(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    chosen = waiting[-1]
    tab = desk(pipeline, f"?tab=new&waiting=1&page=2&id={chosen}")
    version = db.call_reading(lambda s: s.get_one(ChangeSet, chosen).version)
    await tab.send(DeskState.load)
    await tab.send(DeskState.approve, change_id=chosen, version=version)
    status = db.call_reading(lambda s: s.get_one(ChangeSet, chosen).status)
    assert status is ChangeStatus.APPROVED
    assert "id" not in led_to(tab)
    assert led_to(tab)["waiting"] == ["1"]


async def test_a_decision_is_offered_back_and_taken_back(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    chosen = waiting[3]
    tab = desk(pipeline, f"?tab=new&id={chosen}")
    version = db.call_reading(lambda s: s.get_one(ChangeSet, chosen).version)
    await tab.send(DeskState.load)
    await tab.send(DeskState.approve, change_id=chosen, version=version)
    offered = tab.value(DeskState, "undoable")
    assert (offered.id, offered.version, offered.title) == (chosen, version + 1, "Cup 03")

    await tab.send(DeskState.undo, change_id=offered.id, version=offered.version)
    status = db.call_reading(lambda s: s.get_one(ChangeSet, chosen).status)
    assert (status, tab.value(DeskState, "undoable")) == (ChangeStatus.OPEN, None)
    assert led_to(tab)["id"] == [chosen]


@pytest.mark.parametrize(("seconds", "is_offered"), [(0, True), (10, False)])
async def test_after_ten_seconds_nothing_is_offered_back(
    pipeline: Pipeline, waiting: list[str], seconds: int, is_offered: bool
) -> None:
    tab = desk(pipeline, "?tab=new")
    await tab.send(DeskState.approve, change_id=waiting[0], version=1)
    later = clock.now() + timedelta(seconds=seconds)
    with clock.running_on(lambda: later):
        await tab.send(DeskState.let_go)
    assert (tab.value(DeskState, "undoable") is not None) is is_offered


async def test_nobody_takes_back_what_somebody_else_decided(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    chosen = waiting[0]
    version = db.call_reading(lambda s: s.get_one(ChangeSet, chosen).version)
    tab = pipeline.tab(cookie=signed_in("xu.lei"), path=PAGE)
    await desk(pipeline).send(DeskState.approve, change_id=chosen, version=version)
    before = everything()
    await refusal(tab, DeskState.undo, change_id=chosen, version=version + 1)
    assert everything() == before


@pytest.mark.parametrize("key", ["chen.hao", "sun.mei", "qiu.shan", "xu.lei"])
async def test_who_may_not_decide_narrows_nothing(
    pipeline: Pipeline, waiting: list[str], key: str
) -> None:
    tab = pipeline.tab(cookie=signed_in(key), path=PAGE)
    before = everything()
    await refusal(tab, DeskState.load)
    await refusal(tab, DeskState.narrow, key="seller", value="x")
    assert tab.value(DeskState, "rows") in (None, [])
    assert not [event for event in tab.client_events if "path" in event.payload]
    assert everything() == before


async def test_the_queue_becomes_a_file_as_the_address_narrows_it(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    tab = desk(pipeline, "?tab=new&assignee=nobody&page=2")
    await tab.send(DeskState.load)
    await tab.send(DeskState.export, kind="csv")
    [asked] = db.call_reading(lambda s: s.exec(select(Task.kind, Task.parameters)).all())
    assert tuple(asked) == ("export.reviews", {"tab": "new", "assignee": "nobody"})


async def test_figures_count_the_days_that_are_chosen(
    pipeline: Pipeline, waiting: list[str]
) -> None:
    def decided(session: Session) -> None:
        for place, days in enumerate((1, 20)):
            change = session.get_one(ChangeSet, waiting[place])
            at = clock.now() - timedelta(days=days)
            change.submitted_at = at - timedelta(days=3 * place)
            change.status, change.decided_by, change.decided_at = ChangeStatus.APPROVED, "x", at

    db.call(decided)
    tab = pipeline.tab(cookie=signed_in("lin.na"), path=f"{PAGE}/policies")
    await tab.send(FiguresState.show, days=7)
    [week] = [row for row in tab.value(FiguresState, "rows") if row.person_id == "x"]
    assert (week.decisions, week.waited, week.in_time_bps) == (1, 0, 10_000)
    await tab.send(FiguresState.show, days=30)
    [month] = [row for row in tab.value(FiguresState, "rows") if row.person_id == "x"]
    assert (month.decisions, month.waited, month.in_time_bps) == (2, 36 * 60, 5_000)


async def test_figures_are_for_those_who_decide(pipeline: Pipeline, waiting: list[str]) -> None:
    tab = pipeline.tab(cookie=signed_in("sun.mei"), path=f"{PAGE}/policies")
    await refusal(tab, FiguresState.load)
    assert tab.value(FiguresState, "rows") in (None, [])
