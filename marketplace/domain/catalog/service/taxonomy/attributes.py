"""What staff do with attributes: define them, merge their values, ask for them in categories."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import String, and_, cast, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from marketplace.domain.access.models import Permission, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import (
    Attribute,
    Category,
    CategoryAttribute,
    Listing,
    ListingVersion,
)
from marketplace.domain.catalog.rules import taxonomy as rules
from marketplace.domain.catalog.rules.taxonomy import (
    AttributeForm,
    AttributeValue,
    SameThing,
    TemplateDeed,
    TemplateForm,
    ValueForm,
    ValueInUse,
)
from marketplace.domain.catalog.service.taxonomy.relabel import tell_attribute
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_


def create_attribute(
    session: Session, actor: Staff | System, form: AttributeForm, *, at: datetime
) -> str:
    """Returns its id. Raises `Invalid` by field: `name`, `values.2.name_zh`."""
    actor.require(Permission.CATALOG_MANAGE)
    code = form.code or rules.code_of(form.name)
    values = _values(form)
    errors = _errors(form, values)
    if not rules.CODE.match(code):
        errors["code"] = N_("Use small letters, digits and underscores, a letter first.")
    elif session.exec(select(Attribute.id).where(Attribute.code == code)).first():
        errors["code"] = N_("Another attribute has this code.")
    if errors:
        raise Invalid(errors)
    row = Attribute(
        id=new_id("att"),
        **{**form.model_dump(), "code": code, "type": form.type, "values": _stored(values)},
    )
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "catalog.attribute_created", "attribute", row.id, at=at, after=_told(row)
    )
    return row.id


def update_attribute(
    session: Session,
    actor: Staff | System,
    attribute_id: str,
    form: AttributeForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """The code stays what it is, and the type, too, once listings use it.

    Raises `Invalid`, `ValueInUse` (merge instead), `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, attribute_id, version)
    values = _values(form)
    errors = _errors(form, values)
    if form.type is not row.type and _is_used(session, row.code):
        errors["type"] = N_("Listings fill this in already; its type cannot change any more.")
    if errors:
        raise Invalid(errors)
    _check_gone(session, row, values)
    before = _told(row)
    for name in ("name", "name_zh", "type", "unit", "is_filter", "is_option", "is_restricted"):
        setattr(row, name, getattr(form, name))
    row.values, row.version = _stored(values), row.version + 1
    session.add(row)
    session.flush()
    tell_attribute(session, row.id, at=at)
    audit.record(
        session,
        actor,
        "catalog.attribute_changed",
        "attribute",
        attribute_id,
        at=at,
        before=before,
        after=_told(row),
    )


def merge_values(
    session: Session,
    actor: Staff | System,
    attribute_id: str,
    away: str,
    into: str,
    *,
    version: int,
    at: datetime,
) -> None:
    """Two choices become one. What listings say stays and now means `into` (`recognised`).

    Raises `SameThing`, `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, attribute_id, version)
    values = rules.stored_values(row.values)
    if not {away, into} <= {value.code for value in values}:
        raise NotFound
    if away == into:
        raise SameThing
    row.values, row.version = _stored(rules.merged(values, away, into)), row.version + 1
    session.add(row)
    session.flush()
    tell_attribute(session, row.id, at=at)
    audit.record(
        session,
        actor,
        "catalog.values_merged",
        "attribute",
        attribute_id,
        at=at,
        after={"away": away, "into": into},
    )


def save_value(
    session: Session,
    actor: Staff | System,
    attribute_id: str,
    value: ValueForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """Change the choice of this code, or add one at the end if the code is empty.

    Raises `Invalid` by field (`name`, `name_zh`, `synonyms`), `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, attribute_id, version)
    values = rules.with_value(rules.stored_values(row.values), value)
    place = len(values) - 1
    if value.code:
        place = next(n for n, each in enumerate(values) if each.code == value.code)
    if wrong := {
        name.removeprefix(f"values.{place}."): message
        for name, message in rules.value_errors(values).items()
    }:
        raise Invalid({name if "." not in name else "name": text for name, text in wrong.items()})
    _store(session, actor, row, values, at=at)


def remove_value(
    session: Session,
    actor: Staff | System,
    attribute_id: str,
    code: str,
    *,
    version: int,
    at: datetime,
) -> None:
    """Raises `ValueInUse`, `Stale`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, attribute_id, version)
    values = rules.stored_values(row.values)
    rest = tuple(value for value in values if value.code != code)
    if len(rest) == len(values):
        raise NotFound
    _check_gone(session, row, rest)
    _store(session, actor, row, rest, at=at)


def set_category_attributes(
    session: Session,
    actor: Staff | System,
    category_id: str,
    template: Sequence[TemplateForm],
    *,
    version: int,
    at: datetime,
) -> None:
    """Ask for exactly these in this category and everything below it, in this order.

    Raises `Stale`, `NotFound`; an attribute named twice counts once.
    """
    actor.require(Permission.CATALOG_MANAGE)
    category = session.get(Category, category_id)
    wanted = {line.attribute_id: line.is_required for line in template}
    known = set(session.exec(select(Attribute.id).where(col(Attribute.id).in_(wanted))))
    if category is None or known != set(wanted):
        raise NotFound
    if category.version != version:
        raise Stale
    before = _lines(session, category_id)
    for row in session.exec(_own(category_id)).all():
        session.delete(row)
    session.flush()
    for place, (attribute_id, is_required) in enumerate(wanted.items()):
        session.add(
            CategoryAttribute(
                category_id=category_id,
                attribute_id=attribute_id,
                is_required=is_required,
                position=place,
            )
        )
    category.version += 1
    session.add(category)
    session.flush()
    audit.record(
        session,
        actor,
        "catalog.template_changed",
        "category",
        category_id,
        at=at,
        before={"attributes": before},
        after={"attributes": _lines(session, category_id)},
    )


def change_template(
    session: Session,
    actor: Staff | System,
    category_id: str,
    attribute_id: str,
    deed: TemplateDeed,
    *,
    version: int,
    at: datetime,
) -> None:
    """One step of `set_category_attributes`: ask for an attribute, or no longer, or elsewhere.

    Raises `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    rows = session.exec(_own(category_id).order_by(col(CategoryAttribute.position))).all()
    lines = [TemplateForm(attribute_id=r.attribute_id, is_required=r.is_required) for r in rows]
    template = rules.template_after(lines, attribute_id, deed)
    set_category_attributes(session, actor, category_id, template, version=version, at=at)


def _store(
    session: Session,
    actor: Staff | System,
    row: Attribute,
    values: Sequence[AttributeValue],
    *,
    at: datetime,
) -> None:
    if len(values) > rules.MOST_VALUES:
        raise Invalid({"name": N_("At most 100 values.")})
    before = {"values": row.values}
    row.values, row.version = _stored(values), row.version + 1
    session.add(row)
    session.flush()
    after = {"values": row.values}
    tell_attribute(session, row.id, at=at)
    audit.record(
        session,
        actor,
        "catalog.attribute_changed",
        "attribute",
        row.id,
        at=at,
        before=before,
        after=after,
    )


def _values(form: AttributeForm) -> tuple[AttributeValue, ...]:
    if form.type not in rules.WITH_CHOICES:
        return ()
    return tuple(
        AttributeValue(
            value.code or rules.code_of(value.name) or f"v{place + 1}",
            value.name,
            value.name_zh,
            tuple(word for word in value.synonyms if word),
        )
        for place, value in enumerate(form.values)
    )


def _errors(form: AttributeForm, values: Sequence[AttributeValue]) -> dict[str, str]:
    errors = {**rules.both_names(form.name, form.name_zh), **rules.value_errors(values)}
    if form.type in rules.WITH_CHOICES and not values:
        errors["values"] = N_("Add at least one value.")
    if len(values) > rules.MOST_VALUES:
        errors["values"] = N_("At most 100 values.")
    if form.is_option and form.type not in rules.WITH_CHOICES:
        errors["is_option"] = N_("Variants can only differ by an attribute with a list of values.")
    return errors


def _check_gone(session: Session, row: Attribute, values: Iterable[AttributeValue]) -> None:
    gone = {value["code"] for value in row.values} - {value.code for value in values}
    for code in gone:
        if _is_used(session, row.code, code):
            raise ValueInUse


def _is_used(session: Session, code: str, value: str = "") -> bool:
    """Whether the draft of any listing, or what is on sale of it, names the attribute, and the
    value if one is given.

    Read off the document's text: it may say yes of a like-named word, which only keeps a value.
    """
    said = [f'"{word}"' for word in (code, value) if word]
    drafts, sold = cast(col(Listing.draft), String), cast(col(ListingVersion.content), String)
    in_draft = and_(*(drafts.contains(word, autoescape=True) for word in said))
    on_sale = (
        select(ListingVersion.id)
        .where(
            ListingVersion.id == Listing.live_version_id,
            *(sold.contains(word, autoescape=True) for word in said),
        )
        .correlate(Listing)
    )
    found = select(Listing.id).where(or_(in_draft, on_sale.exists())).limit(1)
    return session.exec(found).first() is not None


def _stored(values: Iterable[AttributeValue]) -> list[dict[str, object]]:
    return [{**asdict(value), "synonyms": list(value.synonyms)} for value in values]


def _told(row: Attribute) -> dict[str, object]:
    told = row.model_dump(include=set(AttributeForm.model_fields) - {"code"})
    return {**told, "named": row.code}


def _lines(session: Session, category_id: str) -> list[str]:
    rows = session.exec(_own(category_id).order_by(col(CategoryAttribute.position)))
    return [f"{row.attribute_id}{' *' if row.is_required else ''}" for row in rows]


def _own(category_id: str) -> SelectOfScalar[CategoryAttribute]:
    return select(CategoryAttribute).where(CategoryAttribute.category_id == category_id)


def _of_version(session: Session, attribute_id: str, version: int) -> Attribute:
    row = session.get(Attribute, attribute_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale
    return row
