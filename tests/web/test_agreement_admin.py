"""The agreement's page: asked once more before it is published, and nobody else's business."""

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.sellers.models import Agreement
from marketplace.kit.errors import Invalid, Stale
from marketplace.web.admin.sellers.agreement import AgreementState
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_sellers_admin import sent

FORM = {"text": "1. Sell.", "text_zh": "1. 卖。", "begins_on": ""}

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def stored() -> list[int]:
    return db.call(lambda s: sorted(row.version for row in s.exec(select(Agreement))))


async def test_publishing_says_whom_it_concerns_first(chief: Tab) -> None:
    await chief.send(AgreementState.load)
    newest = chief.value(AgreementState, "rows")[0]
    await chief.send(AgreementState.begin)
    assert chief.value(AgreementState, "shown").version == newest.version
    form = sent(*FORM.items())

    await chief.send(AgreementState.publish, version=newest.version, is_sure=False, form_data=form)
    effect = chief.value(AgreementState, "effect")
    assert (effect.is_at_once, effect.drafts) == (True, 0)
    assert stored() == [1]

    await chief.send(AgreementState.publish, version=newest.version, is_sure=True, form_data=form)
    assert stored() == [1, 2]
    assert chief.value(AgreementState, "dialog") == ""
    assert [row.state for row in chief.value(AgreementState, "rows")] == ["current", "past"]
    await chief.send(AgreementState.read, version=2)
    assert chief.value(AgreementState, "shown").text_zh == "1. 卖。"


async def test_what_is_wrong_or_old_publishes_nothing(chief: Tab) -> None:
    before = everything()
    send = AgreementState.publish
    bad = sent(*{**FORM, "begins_on": "2026-02-31"}.items())
    empty = sent(*{**FORM, "text_zh": ""}.items())
    good = sent(*FORM.items())

    assert await refusal(chief, send, version=1, is_sure=True, form_data=bad) is Invalid
    assert await refusal(chief, send, version=1, is_sure=False, form_data=empty) is Invalid
    assert await refusal(chief, send, version=7, is_sure=True, form_data=good) is Stale
    assert everything() == before


@pytest.mark.parametrize("key", ["emma.clark", "qiu.shan", "xu.lei"])
async def test_who_may_not_manage_sellers_publishes_nothing(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    before = everything()

    await refusal(
        tab, AgreementState.publish, version=1, is_sure=True, form_data=sent(*FORM.items())
    )
    assert everything() == before
