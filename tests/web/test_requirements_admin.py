"""What staff ask applicants for: typed figures, both languages, and nobody else's business."""

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.sellers.models import Requirement
from marketplace.kit.errors import Invalid, Stale
from marketplace.web.admin.sellers.requirements import RequirementsState
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_sellers_admin import sent

PERMIT = {
    "code": "food_permit",
    "kind": "document",
    "name": "Food permit",
    "name_zh": "食品经营许可证",
    "help": "Both pages.",
    "help_zh": "正副本。",
    "is_required": "on",
    "business_types": "company",
    "expires": "on",
    "grace_days": "14",
    "days_to_comply": "30",
    "position": "150",
    "orders": "10",
    "turnover": "12000.50",
}

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def stored(code: str) -> Requirement | None:
    return db.call(lambda s: s.exec(select(Requirement).where(Requirement.code == code)).first())


async def test_a_new_requirement_is_kept_as_it_was_typed(chief: Tab) -> None:
    form = sent(*PERMIT.items(), ("business_types", "cross_border"))
    await chief.send(RequirementsState.save, requirement_id="", version=0, form_data=form)

    row = stored("food_permit")
    assert row is not None
    assert (row.name, row.name_zh, row.grace_days) == ("Food permit", "食品经营许可证", 14)
    assert row.business_types == ["company", "cross_border"]
    assert row.condition == {"window_days": 365, "orders": 10, "turnover": 1_200_050}
    await chief.send(RequirementsState.open, requirement_id=row.id)
    assert chief.value(RequirementsState, "chosen").turnover == "12000.5"


async def test_nobody_is_asked_for_what_was_switched_off(chief: Tab) -> None:
    await chief.send(
        RequirementsState.save, requirement_id="", version=0, form_data=sent(*PERMIT.items())
    )
    row = stored("food_permit")
    assert row is not None
    words = {"requirement_id": row.id, "version": row.version, "is_active": False}
    await chief.send(RequirementsState.set_active, **words)
    before = everything()

    assert await refusal(chief, RequirementsState.set_active, **words) is Stale
    assert everything() == before
    row = stored("food_permit")
    assert row is not None
    assert not row.is_active


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", "Food permit"),
        ("grace_days", "366"),
        ("grace_days", "a week"),
        ("days_to_comply", "-1"),
        ("position", ""),
        ("orders", "1.5"),
        ("turnover", "much"),
        ("turnover", "-1"),
        ("turnover", "1.005"),
        ("turnover", "NaN"),
    ],
)
async def test_a_wrong_figure_is_told_at_its_field(
    chief: Tab, pipeline: Pipeline, field: str, typed: str
) -> None:
    before = everything()
    form = sent(*{**PERMIT, field: typed}.items())

    refused = await refusal(
        chief, RequirementsState.save, requirement_id="", version=0, form_data=form
    )
    assert refused is Invalid
    assert list(pipeline.failures[-1].fields) == [field]  # type: ignore[attr-defined]
    assert everything() == before


@pytest.mark.parametrize("key", ["emma.clark", "qiu.shan", "xu.lei"])
async def test_who_may_not_manage_sellers_asks_for_nothing(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    asked = db.call(lambda s: s.exec(select(Requirement)).first())
    assert asked is not None
    before = everything()

    await refusal(
        tab, RequirementsState.save, requirement_id="", version=0, form_data=sent(*PERMIT.items())
    )
    await refusal(
        tab,
        RequirementsState.set_active,
        requirement_id=asked.id,
        version=asked.version,
        is_active=False,
    )
    assert everything() == before
