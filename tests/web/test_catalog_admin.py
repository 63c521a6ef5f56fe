"""The back office's catalogue: who may change it, through the events a browser sends."""

from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.models import Attribute, Brand, Category, Listing, ListingStatus
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ForbiddenWord
from marketplace.domain.moderation.rules.codes import WordForm
from marketplace.domain.search.models import Synonym
from marketplace.domain.search.service.synonyms import SynonymForm, create_synonym
from marketplace.domain.sellers.models import Seller
from marketplace.flows.seed.taxonomy import seed_taxonomy
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, Stale
from marketplace.kit.ids import new_id
from marketplace.web.admin.catalog.attributes import AttributesState
from marketplace.web.admin.catalog.brands import BrandsState
from marketplace.web.admin.catalog.categories import CategoriesState
from marketplace.web.admin.catalog.listings import AllListingsState
from marketplace.web.admin.catalog.synonyms import SynonymsState
from marketplace.web.admin.moderation.desk import DeskState
from marketplace.web.admin.moderation.policies import PoliciesState
from marketplace.web.guard.policy import MARK
from tests.make.browsing import everything
from tests.make.people import JOB, staff
from tests.web.demo import refusal, signed_in
from tests.web.harness import Pipeline, Tab

pytestmark = pytest.mark.usefixtures("demo")
WITHOUT_THE_RIGHT = ["chen.hao", "emma.clark", "sun.mei", "qiu.shan", "xu.lei"]
"""Operations, an auditor who reads all of it, support, a shop's owner, a buyer."""
ALL = staff(Permission.MODERATION_DECIDE, Permission.CATALOG_MANAGE)


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


@pytest.fixture(autouse=True)
def catalogue(demo: None) -> None:
    def fill(session: Session) -> None:
        if session.exec(select(Category.id)).first() is None:
            seed_taxonomy(session, JOB, at=clock.now())
        moderation.install_defaults(session)
        word = WordForm(word="replica", code="counterfeit", blocks=True)
        moderation.save_word(session, ALL, word, at=clock.now())
        form = SynonymForm(word="qwerty", others=("asdf",))
        create_synonym(session, JOB, form, at=clock.now())

    db.call(fill)


def first(column: Any) -> Any:
    """Of the first row of a table, by its id."""
    order = column.class_.id
    return db.call_reading(lambda session: session.exec(select(column).order_by(order)).first())


def sent(**fields: str) -> dict[str, Any]:
    """A form as Reflex's client sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


CATEGORY = sent(name="Cups", name_zh="杯", slug="cups-of-clay", return_days="7", commission="8.25")


def changes() -> list[tuple[Any, dict[str, Any]]]:
    """Every event of these pages that changes something, with good values."""
    category, attribute, brand = first(Category.id), first(Attribute.id), first(Brand.id)
    value, other = (each["code"] for each in first(Attribute.values)[:2])
    change, refused = new_id("chg"), sent(reason="counterfeit", note="No.")
    on = {"version": 1}
    return [
        (CategoriesState.create, {"parent_id": "", "form_data": CATEGORY}),
        (CategoriesState.save, {"category_id": category, **on, "form_data": CATEGORY}),
        (CategoriesState.shift, {"category_id": category, "step": 1}),
        (CategoriesState.move, {"category_id": category, **on, "parent_id": ""}),
        (CategoriesState.retire, {"category_id": category, **on, "into": ""}),
        (CategoriesState.restore, {"category_id": category, **on}),
        (CategoriesState.ask_for, {"category_id": category, "attribute_id": attribute,
                                   "deed": "require", **on}),
        (AttributesState.create, {"form_data": sent(name="A", name_zh="甲", type="text")}),
        (AttributesState.save, {"attribute_id": attribute, **on,
                                "form_data": sent(name="A", name_zh="甲", type="choice")}),
        (AttributesState.save_value, {"attribute_id": attribute, **on,
                                      "form_data": sent(name="Teal", name_zh="青")}),
        (AttributesState.remove_value, {"attribute_id": attribute, **on, "code": value}),
        (AttributesState.merge, {"attribute_id": attribute, **on, "away": value,
                                 "into": other}),
        (BrandsState.save, {"brand_id": "", "version": 0, "form_data": sent(name="New one")}),
        (BrandsState.save, {"brand_id": brand, **on, "form_data": sent(name="Other")}),
        (BrandsState.set_active, {"brand_id": brand, **on, "is_active": False}),
        (BrandsState.merge, {"brand_id": brand, **on, "into": brand}),
        (SynonymsState.save, {"synonym_id": "", "version": 0,
                              "form_data": sent(word="cup", others="mug")}),
        (SynonymsState.delete, {"synonym_id": first(Synonym.id)}),
        (AllListingsState.take_down, {"ids": [new_id("lst")],
                                      "form_data": sent(code="counterfeit", note="")}),
        (AllListingsState.restore, {"ids": [new_id("lst")]}),
        (AllListingsState.recategorise, {"ids": [new_id("lst")],
                                         "form_data": sent(category_id=category)}),
        (AllListingsState.export, {}),
        (DeskState.export, {}),
        (DeskState.approve, {"change_id": change, **on}),
        (DeskState.approve_many, {"ids": [change]}),
        (DeskState.reject, {"change_id": change, **on, "form_data": refused}),
        (DeskState.request_changes, {"change_id": change, **on, "form_data": refused}),
        (DeskState.rebase, {"change_id": change, **on}),
        (DeskState.undo, {"change_id": change, **on}),
        (DeskState.look_done, {"change_id": change}),
        (DeskState.take, {"change_id": change, "is_mine": True}),
        (DeskState.take_down, {"listing_id": new_id("lst"), "form_data": refused}),
        (DeskState.decide_appeal, {"appeal_id": new_id("apl"), **on, "is_granted": True,
                                   "form_data": sent(answer="Yes.")}),
        (DeskState.close_reports, {"listing_id": new_id("lst")}),
        (PoliciesState.save_code, {"code": "other", "form_data": sent(
            name="A", name_zh="甲", advice="", advice_zh="", points="1", decay_days="9")}),
        (PoliciesState.save_word, {"form_data": sent(
            word="fake", code="counterfeit", force="blocks")}),
        (PoliciesState.remove_word, {"word_id": first(ForbiddenWord.id)}),
    ]  # fmt: skip


@pytest.mark.parametrize("key", WITHOUT_THE_RIGHT)
async def test_without_the_right_nothing_can_be_changed(pipeline: Pipeline, key: str) -> None:
    tab = pipeline.tab(cookie=signed_in(key))
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(tab, handler, **payload)

    assert everything() == before


async def test_a_guest_changes_nothing(pipeline: Pipeline) -> None:
    events = changes()
    before = everything()
    for handler, payload in events:
        await refusal(pipeline.tab(), handler, **payload)

    assert everything() == before


def test_every_event_that_changes_something_is_in_the_list() -> None:
    """Else a new one would escape the tests above."""
    states = (CategoriesState, AttributesState, BrandsState, SynonymsState, AllListingsState,
              DeskState, PoliciesState)  # fmt: skip
    listed = {handler.fn.__qualname__ for handler, _ in changes()}
    for state in states:
        for name, handler in state.event_handlers.items():
            policy = getattr(handler.fn, MARK, None)
            if policy is not None and policy.is_change:
                assert f"{state.__name__}.{name}" in listed
                assert policy.audience is Audience.STAFF


async def test_a_category_is_made_and_a_second_editor_is_told(chief: Tab) -> None:
    await chief.send(CategoriesState.create, parent_id="", form_data=CATEGORY)
    id_, name_zh, rate = db.call_reading(
        lambda s: s.exec(
            select(Category.id, Category.name_zh, Category.commission_bps).where(
                Category.slug == "cups-of-clay"
            )
        ).one()
    )
    assert (name_zh, rate) == ("杯", 825)

    before = everything()
    late = {"category_id": id_, "version": 7, "form_data": CATEGORY}
    assert await refusal(chief, CategoriesState.save, **late) is Stale
    assert everything() == before


@pytest.mark.parametrize("rate", ["-1", "100.01", "8.255", "abc", "1e3"])
async def test_a_rate_that_is_none_is_marked(chief: Tab, rate: str) -> None:
    before = everything()
    form = sent(name="Cups", name_zh="杯", slug="clay", return_days="7", commission=rate)
    refused = await refusal(chief, CategoriesState.create, parent_id="", form_data=form)

    assert refused is Invalid
    assert everything() == before


async def test_many_listings_are_taken_down_and_put_back(chief: Tab) -> None:
    ids = [db.call(on_sale) for _ in range(2)]
    form = sent(code="counterfeit", note="Copies.")
    await chief.send(AllListingsState.take_down, ids=list(ids), form_data=form)
    assert status_of(ids) == {ListingStatus.TAKEN_DOWN}

    await chief.send(AllListingsState.restore, ids=list(ids))
    assert status_of(ids) == {ListingStatus.LIVE}


def on_sale(session: Session) -> str:
    """A listing of a demo shop that buyers see."""
    id_, at = new_id("lst"), clock.now()
    shop = session.exec(select(Seller.id).order_by(Seller.id)).first()
    assert shop is not None
    session.add(
        Listing(
            id=id_, seller_id=shop, status=ListingStatus.LIVE, handle=id_, slug=id_, title="Cup",
            currency="CNY", draft={}, created_at=at, updated_at=at,
        )
    )  # fmt: skip
    return id_


def status_of(ids: Any) -> set[ListingStatus]:
    return db.call_reading(lambda s: {s.get_one(Listing, id_).status for id_ in ids})
