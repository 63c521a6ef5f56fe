"""The content of a listing as one document: what the editor saves, reviews compare, versions keep."""

# ruff: noqa: RUF012  pydantic copies the default for each instance

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from marketplace.kit.money import MAX_MINOR
from marketplace.kit.text import Line, Payload, one_line, several_lines

MOST_OPTIONS = 3
MOST_VARIANTS = 200
MOST_ATTRIBUTES = 200
MOST_VALUES = 100
MOST_PICTURES = 15
MOST_BLOCKS = 40

Amount = Annotated[int, Field(ge=0, le=MAX_MINOR)]
"""Minor units of the listing's currency."""
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80), AfterValidator(one_line)
]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(several_lines)]
Code = Annotated[str, StringConstraints(max_length=80)]
Key = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")]


class Part(Payload):
    """A piece of content; `model_dump(mode="json")` and `model_validate` are inverse."""


class Picture(Part):
    """`focal_x`, `focal_y`: the point crops keep, in per cent from the upper left corner."""

    id: Key
    alt: Line = ""
    alt_zh: Line = ""
    focal_x: Annotated[int, Field(ge=0, le=100)] = 50
    focal_y: Annotated[int, Field(ge=0, le=100)] = 50


class OptionValue(Part):
    """`name` is the identity of the value within its option; `swatch` is `#rrggbb` or empty."""

    name: Word
    name_zh: Word = ""
    swatch: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    picture_id: Key = ""


class Option(Part):
    """What variants differ by, such as Colour with its values in their order."""

    name: Word
    name_zh: Word = ""
    values: list[OptionValue] = []


class VariantContent(Part):
    """One row of the grid. `values` names one value of each option, in their order."""

    id: Key
    values: list[Word] = []
    sku: Word = ""
    barcode: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,14}$")] = ""
    price: Amount = 0
    reference_price: Amount | None = None
    cost: Amount | None = None
    weight: Annotated[int, Field(ge=0, le=10**9, description="grams")] = 0
    low_at: Annotated[int, Field(ge=0, le=10**6)] = 0
    """What its stock level begins with; once there is one, the level's own holds."""
    picture_id: Key = ""
    is_active: bool = True
    extra: dict[str, str] = {}
    """Columns of an imported table that we have no field for, kept for the export."""


class Block(Part):
    """A piece of the description. `rows` are the cells of a table or size chart."""

    kind: Literal["text", "picture", "columns", "table"] = "text"
    text: Text = ""
    text_zh: Text = ""
    picture_ids: list[Key] = []
    rows: list[list[Line]] = []


class Parcel(Part):
    """Of one unit, packed: millimetres and grams."""

    length: Annotated[int, Field(ge=0, le=10**5)] = 0
    width: Annotated[int, Field(ge=0, le=10**5)] = 0
    height: Annotated[int, Field(ge=0, le=10**5)] = 0


class Seo(Part):
    title: Line = ""
    title_zh: Line = ""
    description: Annotated[str, StringConstraints(max_length=400), AfterValidator(one_line)] = ""
    description_zh: Annotated[str, StringConstraints(max_length=400), AfterValidator(one_line)] = ""


class ListingContent(Part):
    """Everything a seller says about a listing but its stock."""

    title: Line = ""
    title_zh: Line = ""
    category_id: Key = ""
    brand_id: Key = ""
    tags: list[Word] = []
    pictures: list[Picture] = []
    video_url: Annotated[str, StringConstraints(max_length=400)] = ""
    attributes: Annotated[
        dict[Code, Annotated[list[Line], Field(max_length=MOST_VALUES)]],
        Field(max_length=MOST_ATTRIBUTES),
    ] = {}
    """By attribute code; a single value is a list of one."""
    options: list[Option] = []
    variants: list[VariantContent] = []
    blocks: list[Block] = []
    shipping_template_id: Key = ""
    handling_days: Annotated[int, Field(ge=0, le=60)] = 2
    parcel: Parcel = Parcel()
    return_days: Annotated[int, Field(ge=0, le=365)] = 7
    warranty_months: Annotated[int, Field(ge=0, le=240)] = 0
    protects_price: bool = False
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]*$", max_length=100)] = ""
    seo: Seo = Seo()
    document_ids: list[Key] = []
    extra: dict[str, str] = {}
    """Columns of an imported table that we have no field for, kept for the export."""
