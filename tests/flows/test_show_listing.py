"""Facts of a listing: what is the same of every kind of it."""

import pytest
from sqlmodel import Session

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules.content import Option, OptionValue, Picture, VariantContent
from marketplace.domain.catalog.rules.taxonomy import AttributeForm, TemplateForm
from marketplace.domain.catalog.service import taxonomy
from marketplace.flows.show_listing import show
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB


def attribute(session: Session, code: str, name: str, name_zh: str) -> str:
    form = AttributeForm(code=code, name=name, name_zh=name_zh, type=AttributeType.TEXT)
    return taxonomy.create_attribute(session, JOB, form, at=MONDAY)


@pytest.mark.parametrize(
    ("option", "option_zh", "facts"),
    [
        ("Shoe size", "鞋码", ["Material"]),
        ("shoe size", "", ["Material"]),
        ("Width", "宽度", ["Shoe size", "Material"]),
    ],
)
def test_what_buyers_choose_is_no_fact_about_all_kinds(
    session: Session, option: str, option_zh: str, facts: list[str]
) -> None:
    category = sale.category(session, "Shoes", "鞋")
    ids = [
        attribute(session, "shoe_size", "Shoe size", "鞋码"),
        attribute(session, "material", "Material", "材质"),
    ]
    lines = [TemplateForm(attribute_id=id_) for id_ in ids]
    taxonomy.set_category_attributes(session, JOB, category, lines, version=1, at=MONDAY)
    sizes = ["38", "39"]
    sale.on_shelf(
        session,
        sale.shop(session, category_id=category),
        slug="boots",
        attributes={"shoe_size": ["38"], "material": ["Leather"]},
        options=[
            Option(name=option, name_zh=option_zh, values=[OptionValue(name=n) for n in sizes])
        ],
        variants=[VariantContent(id=new_id("var"), values=[n], price=5900) for n in sizes],
    )

    assert [fact.label for fact in show(session, "boots", at=MONDAY).facts] == facts


def test_a_picture_nobody_described_is_called_as_the_listing_is(session: Session) -> None:
    shop = sale.shop(session)
    first, second, third = (sale.picture(session, shop.member) for _ in range(3))
    pictures = [Picture(id=first), Picture(id=second, alt="From above"), Picture(id=third)]
    sale.on_shelf(session, shop, slug="cup", title="Cup", title_zh="杯", pictures=pictures)

    shown = show(session, "cup", at=MONDAY).images
    assert [one.alt for one in shown] == ["Cup", "From above", "Cup (3)"]
    assert [one.alt_zh for one in shown] == ["杯", "杯 (2)", "杯 (3)"]
