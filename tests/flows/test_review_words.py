"""What a rule found is told in the reader's words, not by the path of a field."""

import pytest

from marketplace.domain.catalog.rules.content import (
    ListingContent,
    Option,
    OptionValue,
    VariantContent,
)
from marketplace.flows.review_words import label_zh, place_of

CONTENT = ListingContent(
    options=[
        Option(name="Colour", name_zh="颜色", values=[OptionValue(name="Blue", name_zh="蓝色")]),
        Option(name="Volume", values=[OptionValue(name="1 l")]),
    ],
    variants=[VariantContent(id="var_1", values=["Blue", "1 l"], sku="POT-1")],
)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("title", ("English title", "", "")),
        ("seo.title_zh", ("Title for search engines, Chinese", "", "")),
        ("blocks.3.text", ("Description", "", "")),
        ("variants.0.price", ("Price", "Blue / 1 l", "蓝色 / 1 l")),
        ("variants.7.price", ("Variants", "", "")),
        ("never_heard_of", ("never_heard_of", "", "")),
    ],
)
def test_a_field_has_a_name(field: str, told: tuple[str, str, str]) -> None:
    assert place_of(field, CONTENT) == told


def test_a_variant_without_options_is_its_sku() -> None:
    only = VariantContent(id="var_2", sku="CUP-1")
    assert label_zh(ListingContent(variants=[only]), only) == "CUP-1"
