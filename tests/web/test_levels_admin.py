"""Levels as staff set them: shares in per cent, and nobody else's business."""

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.sellers.models import SellerLevel
from marketplace.kit.errors import Invalid, Stale
from marketplace.web.admin.sellers.levels import LevelsState
from tests.make.browsing import everything
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_sellers_admin import sent

GOLD = {
    "code": "gold",
    "name": "Gold",
    "name_zh": "金牌",
    "position": "9",
    "price_band": "12.5",
    "sample": "0.25",
    "most_listings": "5000",
    "trusts_images": "on",
}

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def stored(code: str) -> SellerLevel | None:
    return db.call(lambda s: s.exec(select(SellerLevel).where(SellerLevel.code == code)).first())


async def test_a_new_level_keeps_its_shares_in_basis_points(chief: Tab) -> None:
    await chief.send(LevelsState.save, version=0, form_data=sent(*GOLD.items()))

    row = stored("gold")
    assert row is not None
    assert (row.price_band_bps, row.sample_bps, row.most_listings) == (1250, 25, 5000)
    assert (row.position, row.trusts_images, row.version) == (9, True, 1)
    await chief.send(LevelsState.load)
    shown = {one.code: one for one in chief.value(LevelsState, "rows")}
    assert (shown["gold"].price_band, shown["gold"].sample) == ("12.5", "0.25")


async def test_a_level_is_changed_by_its_newest_version_only(chief: Tab) -> None:
    await chief.send(LevelsState.open, code="new")
    chosen = chief.value(LevelsState, "chosen")
    form = sent(*{**GOLD, "code": "new", "name": "Newcomer"}.items())
    await chief.send(LevelsState.save, version=chosen.version, form_data=form)
    before = everything()

    assert await refusal(chief, LevelsState.save, version=chosen.version, form_data=form) is Stale
    assert everything() == before
    row = stored("new")
    assert row is not None
    assert row.name == "Newcomer"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", "Gold level"),
        ("code", ""),
        ("price_band", "100.01"),
        ("price_band", "-1"),
        ("price_band", "NaN"),
        ("price_band", "1.005"),
        ("sample", ""),
        ("position", "one"),
        ("position", "101"),
        ("most_listings", "0"),
        ("most_listings", "\uff19"),
    ],
)
async def test_a_wrong_figure_is_told_at_its_field(
    chief: Tab, pipeline: Pipeline, field: str, typed: str
) -> None:
    before = everything()
    form = sent(*{**GOLD, field: typed}.items())

    assert await refusal(chief, LevelsState.save, version=0, form_data=form) is Invalid
    assert list(pipeline.failures[-1].fields) == [field]  # type: ignore[attr-defined]
    assert everything() == before


@pytest.mark.parametrize("key", ["emma.clark", "qiu.shan", "xu.lei"])
async def test_who_may_not_manage_sellers_changes_no_level(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    before = everything()

    await refusal(tab, LevelsState.save, version=0, form_data=sent(*GOLD.items()))
    assert stored("gold") is None
    assert everything() == before
