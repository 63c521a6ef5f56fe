"""What staff may write about categories, attributes and brands, and how a value is recognised."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from marketplace.domain.catalog.models import AttributeType
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Name, Payload, one_line
from marketplace.kit.words import fold

MOST_VALUES = 100
MOST_SYNONYMS = 20
CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
WITH_CHOICES = frozenset({AttributeType.CHOICE, AttributeType.CHOICES})

Summary = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=400), AfterValidator(one_line)
]
ShortName = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80), AfterValidator(one_line)
]


class ValueInUse(DomainError):
    message = N_("Listings use this value. Merge it into another one instead.")


class SameThing(DomainError):
    message = N_("Choose a different one to merge into.")


class CategoryForm(Payload):
    """An empty `slug` follows the English name. `commission_bps` None: as the parent."""

    name: ShortName
    name_zh: ShortName
    slug: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    icon: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,40}$")] = ""
    about: Summary = ""
    about_zh: Summary = ""
    google_category: Line = ""
    return_days: Annotated[int, Field(ge=0, le=365)] = 7
    commission_bps: Annotated[int, Field(ge=0, le=10_000)] | None = None
    is_restricted: bool = False


class ValueForm(Payload):
    """One choice. An empty `code` follows the English name and never changes afterwards."""

    code: Annotated[str, StringConstraints(max_length=40)] = ""
    name: ShortName
    name_zh: ShortName
    synonyms: tuple[ShortName, ...] = ()


class AttributeForm(Payload):
    """`code` names the attribute in listings and files; it is set once."""

    code: Annotated[str, StringConstraints(max_length=40)] = ""
    name: ShortName
    name_zh: ShortName
    type: AttributeType
    unit: Annotated[str, StringConstraints(max_length=20), AfterValidator(one_line)] = ""
    values: tuple[ValueForm, ...] = ()
    is_filter: bool = False
    is_option: bool = False
    is_restricted: bool = False


class TemplateForm(Payload):
    """One attribute of a category's own template, in its order."""

    attribute_id: Id
    is_required: bool = False


TemplateDeed = Literal["add", "remove", "require", "relax", "up", "down"]


class BrandForm(Payload):
    name: Name
    name_zh: ShortName = ""
    needs_authorisation: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in both languages."""

    id: str
    name: str
    name_zh: str


@dataclass(frozen=True, slots=True)
class AttributeValue:
    code: str
    name: str
    name_zh: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeField:
    """An attribute as a listing of some category has it. `from_id` is the category that asks."""

    id: str
    code: str
    name: str
    name_zh: str
    type: AttributeType
    unit: str
    is_required: bool
    is_filter: bool
    is_option: bool
    is_restricted: bool
    from_id: str
    values: tuple[AttributeValue, ...] = field(default=())


def template_after(
    lines: Sequence[TemplateForm], attribute_id: str, deed: TemplateDeed
) -> list[TemplateForm]:
    """The lines of a template after one step; a step that cannot be taken changes nothing."""
    here = next((n for n, line in enumerate(lines) if line.attribute_id == attribute_id), None)
    if here is None:
        added = [TemplateForm(attribute_id=attribute_id)] if deed == "add" else []
        return [*lines, *added]
    rest = [line for line in lines if line.attribute_id != attribute_id]
    if deed == "remove":
        return rest
    if deed in ("up", "down"):
        place = max(0, here + (-1 if deed == "up" else 1))
        return [*rest[:place], lines[here], *rest[place:]]
    required = {"require": True, "relax": False}.get(deed, lines[here].is_required)
    changed = TemplateForm(attribute_id=attribute_id, is_required=required)
    return [*rest[:here], changed, *rest[here:]]


def both_names(name: str, name_zh: str) -> dict[str, str]:
    """Errors by field: nothing is named in one language only."""
    errors = {}
    if not name:
        errors["name"] = N_("Enter the English name.")
    if not name_zh:
        errors["name_zh"] = N_("Enter the Chinese name.")
    return errors


def code_of(name: str) -> str:
    """`Screen size` is `screen_size`."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40].strip("_")


def stored_values(values: Iterable[Mapping[str, Any]]) -> tuple[AttributeValue, ...]:
    return tuple(
        AttributeValue(
            value["code"], value["name"], value["name_zh"], tuple(value.get("synonyms", ()))
        )
        for value in values
    )


def recognised(values: Iterable[AttributeValue], text: str) -> AttributeValue | None:
    """The choice `text` means: by its code, either name or a synonym, however it is spelt.

    Values merged away are synonyms of what they became, so older listings still mean it.
    """
    wanted = fold(text)
    for value in values:
        if wanted in {fold(word) for word in (value.code, value.name, value.name_zh)}:
            return value
        if wanted in {fold(word) for word in value.synonyms}:
            return value
    return None


def with_value(values: Sequence[AttributeValue], form: ValueForm) -> tuple[AttributeValue, ...]:
    """The choice of the form's code changed, or a new one added. Raises `NotFound`."""
    taken = {value.code for value in values}
    if form.code and form.code not in taken:
        raise NotFound
    base = code_of(form.name) or "value"
    numbered = (base, *(f"{base[:36]}_{number}" for number in range(2, MOST_VALUES + 3)))
    code = form.code or next(each for each in numbered if each not in taken)
    synonyms = tuple(word for word in form.synonyms if word)
    made = AttributeValue(code, form.name, form.name_zh, synonyms)
    if not form.code:
        return (*values, made)
    return tuple(made if value.code == code else value for value in values)


def value_errors(values: Iterable[AttributeValue]) -> dict[str, str]:
    """Errors by field (`values.3.name`): names in both languages, no word meaning two choices."""
    errors: dict[str, str] = {}
    taken: dict[str, int] = {}
    for place, value in enumerate(values):
        for part, message in both_names(value.name, value.name_zh).items():
            errors[f"values.{place}.{part}"] = message
        if len(value.synonyms) > MOST_SYNONYMS:
            errors[f"values.{place}.synonyms"] = N_("At most 20 synonyms.")
        for word in {fold(w) for w in (value.code, value.name, value.name_zh, *value.synonyms)}:
            if word and taken.setdefault(word, place) != place:
                errors[f"values.{place}.name"] = N_("Another value has this name or synonym.")
    return errors


def merged(values: Iterable[AttributeValue], away: str, into: str) -> tuple[AttributeValue, ...]:
    """Without the value `away`; all its words lead to `into` from now on."""
    by_code = {value.code: value for value in values}
    gone, stays = by_code[away], by_code[into]
    words = (*stays.synonyms, gone.code, gone.name, gone.name_zh, *gone.synonyms)
    known = {fold(word) for word in (stays.code, stays.name, stays.name_zh)}
    kept: dict[str, str] = {}
    for word in words:
        if fold(word) not in known:
            kept.setdefault(fold(word), word)
    joined = AttributeValue(stays.code, stays.name, stays.name_zh, tuple(kept.values()))
    return tuple(
        joined if value.code == into else value for value in by_code.values() if value.code != away
    )
