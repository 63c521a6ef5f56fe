"""The page of what buyers asked: who may see it, and the way from a question to a synonym."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.search.models import Synonym
from marketplace.domain.search.service import asked
from marketplace.kit import clock
from marketplace.settings import settings
from marketplace.web.admin.catalog.questions import QuestionsState
from marketplace.web.admin.catalog.synonyms import SynonymsState
from tests.web.demo import signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo", "questions")


@pytest.fixture
def questions(demo: None) -> None:
    today = clock.now().astimezone(ZoneInfo(settings().time_zone)).date()

    def fill(session: Session) -> None:
        for question, times, found, ago in (
            ("running shoes", 9, 12, 0),
            ("茶杯", 4, 0, 6),
            ("gone", 99, 0, 7),
            ("long ago", 99, 5, 40),
        ):
            batch = {asked.key(question, "en"): (times, found)}
            asked.note(session, batch, day=today - timedelta(days=ago))

    db.call(fill)


async def shown(tab: Tab, query: str = "") -> list[str]:
    tab.path = f"/admin/search?{query}"
    await tab.send(QuestionsState.load)
    return [row.query for row in tab.value(QuestionsState, "rows")]


@pytest.mark.parametrize("key", ["lin.na", "chen.hao", "huang.jing"])
async def test_the_url_says_which_questions(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))

    assert await shown(tab) == ["gone", "running shoes", "茶杯"]
    assert await shown(tab, "days=7") == ["running shoes", "茶杯"]
    assert await shown(tab, "days=90") == ["gone", "long ago", "running shoes", "茶杯"]
    assert await shown(tab, "days=7&found=nothing") == ["茶杯"]
    assert await shown(tab, "q=SHOES") == ["running shoes"]
    assert await shown(tab, "sort=times") == ["茶杯", "running shoes", "gone"]
    assert tab.value(QuestionsState, "listing").total == 3


@pytest.mark.parametrize("query", ["days=8", "days=-1", "days=x", "found=all", "sort=day"])
async def test_what_is_no_filter_is_ignored(pipeline: Pipeline, query: str) -> None:
    assert await shown(pipeline.tab(cookie=signed_in("lin.na")), query) == [
        "gone",
        "running shoes",
        "茶杯",
    ]


@pytest.mark.parametrize("key", ["wang.qi", "sun.mei", "qiu.shan", "xu.lei", ""])
async def test_who_reads_no_reports_is_told_nothing(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key) if key else "", path="/admin/search")
    await tab.send(QuestionsState.load)

    assert tab.value(QuestionsState, "rows") is None


async def test_a_question_begins_a_synonym(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in("lin.na"))
    await tab.send(SynonymsState.begin, word="茶杯")
    assert tab.value(SynonymsState, "typed") == "茶杯"
    assert tab.value(SynonymsState, "is_editing") is True
    assert tab.value(SynonymsState, "chosen") is None
    assert db.call_reading(lambda session: session.exec(select(Synonym.id)).all()) == []

    await tab.send(SynonymsState.begin)
    assert tab.value(SynonymsState, "typed") == ""


async def test_who_reads_reports_alone_begins_no_synonym(pipeline: Pipeline) -> None:
    tab = pipeline.tab(cookie=signed_in("chen.hao"))

    await tab.send(SynonymsState.begin, word="茶杯")
    assert tab.value(SynonymsState, "is_editing") is None
