"""Attributes that buyers narrow by: where nothing is chosen, where little is in common, what stays."""

import pytest
from sqlmodel import Session

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules.taxonomy import (
    AttributeForm,
    CategoryForm,
    TemplateForm,
    ValueForm,
)
from marketplace.domain.catalog.service import taxonomy
from marketplace.flows.find_listings.asking import Asked, asked_by
from marketplace.flows.find_listings.results import Results, find
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB
from tests.make.sale import ShopOfTests


def attribute(session: Session, code: str, *values: str) -> str:
    form = AttributeForm(
        code=code,
        name=code.title(),
        name_zh="属性",
        type=AttributeType.CHOICE,
        values=tuple(ValueForm(code=one, name=one.title(), name_zh=one) for one in values),
        is_filter=True,
    )
    return taxonomy.create_attribute(session, JOB, form, at=MONDAY)


def category(session: Session, slug: str, *attribute_ids: str) -> str:
    form = CategoryForm(name=slug.title(), name_zh="器皿", slug=slug)
    id_ = taxonomy.create_category(session, JOB, form, at=MONDAY)
    lines = [TemplateForm(attribute_id=one) for one in attribute_ids]
    taxonomy.set_category_attributes(session, JOB, id_, lines, version=1, at=MONDAY)
    return id_


def codes(results: Results) -> list[str]:
    return [one.code for one in results.filters if one.code not in ("category", "brand")]


@pytest.fixture
def shop(session: Session) -> ShopOfTests:
    """Two cups, of clay and of glass; a teapot, which asks for nothing."""
    material = attribute(session, "material", "clay", "glass", "tin")
    cups = category(session, "cups", material)
    shop = sale.shop(session, category_id=cups)
    for value in ("clay", "glass"):
        sale.on_shelf(session, shop, slug=f"{value}-cup", attributes={"material": [value]})
    sale.on_shelf(session, shop, category_id=category(session, "teapots"))
    return shop


def test_words_alone_offer_the_attributes_of_where_most_was_found(
    session: Session, shop: ShopOfTests
) -> None:
    results = find(session, Asked("porcelain"))
    assert codes(results) == ["material"]
    options = results.filters[-1].options
    assert [(one.label, one.count) for one in options] == [("Clay", 1), ("Glass", 1)]
    assert options[0].href == "/search?q=porcelain&a_material=clay"


def test_what_has_too_little_in_common_offers_none(session: Session, shop: ShopOfTests) -> None:
    for number in range(10):
        sale.on_shelf(session, shop, category_id=category(session, f"other-{number}"))
    assert codes(find(session, Asked("porcelain"))) == []


def test_what_was_chosen_can_be_taken_away_though_nothing_has_it(
    session: Session, shop: ShopOfTests
) -> None:
    asked = asked_by({"q": "porcelain", "a_material": "tin", "a_colour": "red"})
    results = find(session, asked)

    assert results.total == 0
    assert [(one.label, one.href) for one in results.on] == [("Tin", "/search?q=porcelain")]


@pytest.mark.parametrize("parameters", [{"a_colour": "red"}, {"a_material": "' OR 1=1"}])
@pytest.mark.parametrize("category", ["", "teapots", "cups"])
def test_an_attribute_or_a_choice_that_is_not_there_narrows_nothing(
    session: Session, shop: ShopOfTests, parameters: dict[str, str], category: str
) -> None:
    everything = find(session, Asked(category=category))
    results = find(session, asked_by(parameters, category))
    assert (results.total, results.kept, results.on) == (everything.total, everything.kept, [])


def test_a_category_knows_its_own_attributes_alone(session: Session, shop: ShopOfTests) -> None:
    results = find(session, asked_by({"a_material": "clay"}, "teapots"))
    assert (results.total, results.on) == (1, [])
