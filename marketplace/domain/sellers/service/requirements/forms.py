"""What staff may say of requirements, levels and the agreement."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from marketplace.kit.text import Document, Id, Key, Name, Payload

Kind = Literal["contact", "legal", "shop", "bank", "agreement", "document", "attestation"]
Business = Literal["individual", "sole_trader", "company", "cross_border"]
Days = Annotated[int, Field(ge=0, le=365)]
Bps = Annotated[int, Field(ge=0, le=10_000)]
Text = Annotated[str, Field(max_length=400)]


class RequirementForm(Payload):
    """`orders` and `turnover` (minor units) in a year: from then on it applies; 0 and 0: always."""

    code: Key
    kind: Kind
    name: Name
    name_zh: Name
    help: Text = ""
    help_zh: Text = ""
    is_required: bool = True
    business_types: Annotated[list[Business], Field(max_length=4)] = []  # noqa: RUF012  pydantic copies it
    category_ids: Annotated[list[Id], Field(max_length=50)] = []  # noqa: RUF012  the same
    expires: bool = False
    grace_days: Days = 7
    days_to_comply: Days = 30
    position: Annotated[int, Field(ge=0, le=10_000)] = 100
    orders: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    turnover: Annotated[int, Field(ge=0, le=10**12)] = 0


class LevelForm(Payload):
    code: Key
    name: Annotated[Name, Field(max_length=40)]
    name_zh: Annotated[Name, Field(max_length=40)]
    position: Annotated[int, Field(ge=0, le=100)]
    price_band_bps: Bps
    trusts_images: bool = False
    sample_bps: Bps
    most_listings: Annotated[int, Field(ge=1, le=10_000_000)]


class AgreementForm(Payload):
    """`begins_on`: a day in the platform's own time zone; None for at once."""

    text: Document
    text_zh: Document
    begins_on: date | None = None
