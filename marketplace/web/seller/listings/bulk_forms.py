"""What the dialogs of the bulk actions send, and what it means for the deed."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from marketplace.domain.catalog.rules.prices import PriceRule
from marketplace.flows.bulk_listings.deeds import Deed
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.kit.text import Id, Line
from marketplace.settings import settings
from marketplace.web.guard.forms import Form

Kind = Literal["percent", "amount", "set"]
Number = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([+-]?\d{1,13}(\.\d{1,4})?)?$")
]
Units = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{0,6}$")]
Some = Annotated[list[Id], Field(max_length=50)]
"""The ticked rows; none where all that match are meant."""


class Prices(Form):
    kind: Kind
    value: Number


class Values(Form):
    """The fields of all these dialogs; a deed reads its own."""

    kind: Kind = "percent"
    value: Number = ""
    how: Literal["set", "add"] = "set"
    units: Units = ""
    category_id: Id | Literal[""] = ""
    template_id: Id | Literal[""] = ""
    add: Line = ""
    remove: Line = ""


def values_of(deed: Deed, form: Values) -> dict[str, Any]:
    """What `flows.bulk_listings` needs for the deed, as JSON. Raises `Invalid`."""
    match deed:
        case "prices":
            rule = rule_of(form.kind, form.value)
            return {"kind": rule.kind, "value": rule.value}
        case "stock":
            return {"how": form.how, "units": int(_given(form.units, "units"))}
        case "category":
            return {"category_id": _given(form.category_id, "category_id")}
        case "template":
            return {"template_id": _given(form.template_id, "template_id")}
        case "tags":
            return {"add": words_of(form.add), "remove": words_of(form.remove)}
        case _:
            return {}


def rule_of(kind: Kind, value: str) -> PriceRule:
    """A percentage as basis points, an amount as minor units. Raises `Invalid`."""
    places = 2 if kind == "percent" else exponent(settings().currency)
    whole, _, decimals = _given(value, "value").lstrip("+").partition(".")
    if len(decimals.rstrip("0")) > places:
        raise Invalid({"value": N_("Too many decimals for this currency.")})
    sign = -1 if whole.startswith("-") else 1
    minor = int(whole.lstrip("-") + decimals.rstrip("0").ljust(places, "0"))
    return PriceRule(kind, sign * minor)


def words_of(text: str) -> list[str]:
    words = (word.strip() for word in text.replace("，", ",").split(","))
    return list(dict.fromkeys(word[:80] for word in words if word))


def _given(text: str, field: str) -> str:
    if not text:
        raise Invalid({field: N_("This field is required.")})
    return text
