"""Each point a listing's quality lacks names a field of the editor that mends it."""

import re
from pathlib import Path

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules.content import (
    Block,
    ListingContent,
    VariantContent,
)
from marketplace.domain.catalog.rules.quality import QualityFacts, score
from marketplace.domain.catalog.rules.taxonomy import AttributeField

SCRIPTS = Path("marketplace/web/seller/listings/scripts")


def missing(content: ListingContent, **facts: object) -> dict[str, str]:
    """Fields by message."""
    return {point.message: point.field for point in score(content, QualityFacts(**facts)).missing}


def test_the_points_of_an_empty_listing_lead_to_fields_the_editor_has() -> None:
    source = "".join(path.read_text() for path in SCRIPTS.glob("*.jsx"))
    named = set(re.findall(r'name="([a-z_.]+)"', source))
    points = score(ListingContent(), QualityFacts(in_stock=False)).missing
    sections = set(re.findall(r'<Section name="([a-z]+)"', source))
    assert {point.code for point in points} <= sections
    assert {point.field for point in points if point.field} <= named
    assert len([point for point in points if point.field]) >= 6


def test_what_is_half_done_leads_to_the_other_half() -> None:
    content = ListingContent(
        title="Blue porcelain cup for tea",
        shipping_template_id="shp_1",
        return_days=0,
        blocks=[Block(kind="text", text="Short.")],
        variants=[VariantContent(id="var_1", price=1)],
    )
    found = missing(content)
    assert found["Give the title in both languages."] == "title_zh"
    assert found["Choose a shipping template and give buyers days to return."] == "return_days"
    assert found["Describe it in 60 English words or 150 Chinese characters."] == "blocks.0.text"


def test_the_first_attribute_without_a_value_is_the_one() -> None:
    fields = tuple(
        AttributeField(
            id=code, code=code, name=code, name_zh=code, type=AttributeType.TEXT, unit="",
            is_required=False, is_filter=False, is_option=False, is_restricted=False, from_id="",
        )
        for code in ("colour", "origin")
    )  # fmt: skip
    found = missing(ListingContent(attributes={"colour": ["red"]}), fields=fields)
    assert found["Fill in the remaining attributes."] == "attributes.origin"
