"""The agreement as staff write it: the next version, in both languages, and nobody else's business."""

import pytest
from sqlmodel import col, select

from marketplace import db
from marketplace.domain.sellers.models import Agreement
from marketplace.kit.errors import Invalid, Stale
from marketplace.web.admin.sellers.agreement import AgreementState
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_sellers_admin import sent

TEXTS = {"text": "1. Ship in time.\n" * 500, "text_zh": "一、按时发货。\n" * 500}

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def versions() -> list[tuple[int, str]]:
    rows = db.call(lambda s: s.exec(select(Agreement).order_by(col(Agreement.version))).all())
    return [(row.version, row.text) for row in rows]


async def test_the_next_version_follows_and_the_earlier_one_stays(chief: Tab) -> None:
    [(first, text)] = versions()
    await chief.send(AgreementState.publish, follows=first, form_data=sent(*TEXTS.items()))

    assert versions() == [(1, text), (2, TEXTS["text"].strip())]
    await chief.send(AgreementState.load)
    rows = chief.value(AgreementState, "rows")
    assert [(row.version, row.accepted, row.drafts) for row in rows] == [(2, 0, 0), (1, 0, 0)]


async def test_two_who_write_the_next_one_at_once_do_not_both_publish(chief: Tab) -> None:
    form = sent(*TEXTS.items())
    await chief.send(AgreementState.publish, follows=1, form_data=form)
    before = everything()

    other = sent(*{**TEXTS, "text": "Another"}.items())
    assert await refusal(chief, AgreementState.publish, follows=1, form_data=other) is Stale
    assert everything() == before


@pytest.mark.parametrize(
    ("texts", "fields"),
    [({"text_zh": " "}, ["text_zh"]), ({"text": ""}, ["text"]), (None, ["text", "text_zh"])],
    ids=["no Chinese", "no English", "the same again"],
)
async def test_what_is_no_new_version_is_told_at_its_field(
    chief: Tab, pipeline: Pipeline, texts: dict[str, str] | None, fields: list[str]
) -> None:
    today = db.call(lambda s: s.get_one(Agreement, 1))
    wanted = {**TEXTS, **texts} if texts else {"text": today.text, "text_zh": today.text_zh}
    before = everything()

    form = sent(*wanted.items())
    assert await refusal(chief, AgreementState.publish, follows=1, form_data=form) is Invalid
    assert list(pipeline.failures[-1].fields) == fields  # type: ignore[attr-defined]
    assert everything() == before


@pytest.mark.parametrize("key", ["emma.clark", "qiu.shan", "xu.lei"])
async def test_who_may_not_manage_sellers_publishes_nothing(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    before = everything()

    await refusal(tab, AgreementState.publish, follows=1, form_data=sent(*TEXTS.items()))
    assert everything() == before
