"""Attributes: those a category asks for, with what it inherits, and the list staff keep."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.models import Attribute, Category, CategoryAttribute
from marketplace.domain.catalog.rules.taxonomy import (
    AttributeField,
    Named,
    stored_values,
)
from marketplace.domain.catalog.rules.tree import ids_of
from marketplace.kit.errors import NotFound
from marketplace.kit.paging import ListQuery, Page

FILTERS: dict[str, tuple[str, ...] | None] = {
    "type": ("choice", "choices", "number", "text", "yes_no", "date"),
    "use": ("filter", "option", "restricted"),
    "category": None,
}
SORTS = ("name", "code", "categories")


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """`categories` counts where it is asked for, `required_in` where it must be filled in."""

    id: str
    code: str
    name: str
    name_zh: str
    type: str
    unit: str
    value_count: int
    is_filter: bool
    is_option: bool
    is_restricted: bool
    categories: int
    required_in: int


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One choice; `synonyms` as people edit them, joined by commas."""

    code: str
    name: str
    name_zh: str
    synonyms: str


@dataclass(frozen=True, slots=True)
class AttributeView:
    """One attribute as staff edit it, with its choices and the categories that ask for it."""

    row: AttributeRow
    choices: list[ValueRow]
    asked_by: list[Named]
    version: int


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One line of a category's template; `from_id` is the category that asks for it."""

    attribute_id: str
    code: str
    name: str
    name_zh: str
    type: str
    unit: str
    is_required: bool
    from_id: str


def attributes_of(session: Session, category_id: str) -> list[AttributeField]:
    """What a listing of this category can say about itself, inherited first. Public."""
    row = session.get(Category, category_id)
    if row is None:
        return []
    return _fields(_asked(session, ids_of(row.path)))


def filters_of(session: Session, category_ids: Sequence[str]) -> list[AttributeField]:
    """What buyers may narrow by in every one of these categories, inherited first. Public."""
    paths = [
        ids_of(path)
        for path in session.exec(select(Category.path).where(col(Category.id).in_(category_ids)))
    ]
    asked = _asked(session, list(dict.fromkeys(id_ for path in paths for id_ in path)))
    by_path = [_fields(pair for pair in asked if pair[0].category_id in path) for path in paths]
    if not by_path:
        return []
    common = set.intersection(*({one.id for one in fields} for fields in by_path))
    return [one for one in by_path[0] if one.is_filter and one.id in common]


def filters_named(session: Session, codes: Collection[str]) -> list[AttributeField]:
    """Those of these codes that buyers may narrow by somewhere, by code. Public."""
    named = (
        select(CategoryAttribute, Attribute)
        .join(Attribute, col(Attribute.id) == col(CategoryAttribute.attribute_id))
        .where(col(Attribute.code).in_(codes), col(Attribute.is_filter).is_(True))
        .order_by(col(Attribute.code), col(CategoryAttribute.category_id))
    )
    return _fields(session.exec(named)) if codes else []


def _fields(asked: Iterable[tuple[CategoryAttribute, Attribute]]) -> list[AttributeField]:
    """Each attribute once, as the first category asks for it and any of them needs it."""
    fields: dict[str, AttributeField] = {}
    for line, attribute_ in asked:
        before = fields.get(attribute_.id)
        fields[attribute_.id] = AttributeField(
            id=attribute_.id,
            code=attribute_.code,
            name=attribute_.name,
            name_zh=attribute_.name_zh,
            type=attribute_.type,
            unit=attribute_.unit,
            is_required=line.is_required or (before is not None and before.is_required),
            is_filter=attribute_.is_filter,
            is_option=attribute_.is_option,
            is_restricted=attribute_.is_restricted,
            from_id=before.from_id if before else line.category_id,
            values=before.values if before else stored_values(attribute_.values),
        )
    return list(fields.values())


def template_of(session: Session, path_ids: list[str]) -> list[TemplateRow]:
    """The lines of a category and its ancestors, as staff see them."""
    return [
        TemplateRow(
            attribute_id=attribute_.id,
            code=attribute_.code,
            name=attribute_.name,
            name_zh=attribute_.name_zh,
            type=attribute_.type.value,
            unit=attribute_.unit,
            is_required=asked.is_required,
            from_id=asked.category_id,
        )
        for asked, attribute_ in _asked(session, path_ids)
    ]


def list_attributes(session: Session, staff: Staff, query: ListQuery) -> Page[AttributeRow]:
    """Filters: `type`, `use` (filter, option, restricted) and `category` (an id)."""
    staff.require(Permission.CATALOG_READ)
    wanted = _matching(query)
    total = session.exec(select(func.count()).select_from(Attribute).where(*wanted)).one()
    asked, required = _uses()
    order = {"name": col(Attribute.name), "code": col(Attribute.code), "categories": asked}
    by = order[query.sort or "name"]
    rows = session.exec(
        select(Attribute, asked, required)
        .where(*wanted)
        .order_by(by.desc() if query.is_descending else by, col(Attribute.code))
        .offset(query.offset)
        .limit(query.size)
    ).all()
    return Page([_row(row, uses, needs) for row, uses, needs in rows], total)


def attribute(session: Session, staff: Staff, attribute_id: str) -> AttributeView:
    """Raises `NotFound`."""
    staff.require(Permission.CATALOG_READ)
    asked, required = _uses()
    found = session.exec(
        select(Attribute, asked, required).where(Attribute.id == attribute_id)
    ).first()
    if found is None:
        raise NotFound
    row, uses, needs = found
    asking = session.exec(
        select(Category.id, Category.name, Category.name_zh)
        .join(CategoryAttribute, col(CategoryAttribute.category_id) == col(Category.id))
        .where(CategoryAttribute.attribute_id == attribute_id)
        .order_by(col(Category.name))
    ).all()
    return AttributeView(
        row=_row(row, uses, needs),
        choices=[
            ValueRow(value.code, value.name, value.name_zh, ", ".join(value.synonyms))
            for value in stored_values(row.values)
        ],
        asked_by=[Named(id_, name, name_zh) for id_, name, name_zh in asking],
        version=row.version,
    )


def _asked(session: Session, path_ids: list[str]) -> list[tuple[CategoryAttribute, Attribute]]:
    place = {id_: number for number, id_ in enumerate(path_ids)}
    found = session.exec(
        select(CategoryAttribute, Attribute)
        .join(Attribute, col(Attribute.id) == col(CategoryAttribute.attribute_id))
        .where(col(CategoryAttribute.category_id).in_(path_ids))
    ).all()
    return sorted(
        ((asked, attribute_) for asked, attribute_ in found),
        key=lambda pair: (place[pair[0].category_id], pair[0].position, pair[1].code),
    )


def _uses() -> tuple[Any, Any]:
    own = col(CategoryAttribute.attribute_id) == col(Attribute.id)
    asked = select(func.count()).select_from(CategoryAttribute).where(own).scalar_subquery()
    required = (
        select(func.count())
        .select_from(CategoryAttribute)
        .where(own, col(CategoryAttribute.is_required))
        .scalar_subquery()
    )
    return asked, required


def _matching(query: ListQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if types := query.filters.get("type"):
        wanted.append(col(Attribute.type).in_(types))
    flags = {
        "filter": col(Attribute.is_filter),
        "option": col(Attribute.is_option),
        "restricted": col(Attribute.is_restricted),
    }
    if uses := query.filters.get("use"):
        wanted.append(or_(*(flags[use] for use in uses)))
    if categories := query.filters.get("category"):
        asking = select(CategoryAttribute.attribute_id).where(
            col(CategoryAttribute.category_id).in_(categories)
        )
        wanted.append(col(Attribute.id).in_(asking))
    if query.search:
        columns = (col(Attribute.code), col(Attribute.name), col(Attribute.name_zh))
        named = [column.icontains(query.search, autoescape=True) for column in columns]
        values = cast(col(Attribute.values), String)
        wanted.append(or_(*named, values.icontains(query.search, autoescape=True)))
    return wanted


def _row(row: Attribute, uses: int, needs: int) -> AttributeRow:
    return AttributeRow(
        id=row.id,
        code=row.code,
        name=row.name,
        name_zh=row.name_zh,
        type=row.type.value,
        unit=row.unit,
        value_count=len(row.values),
        is_filter=row.is_filter,
        is_option=row.is_option,
        is_restricted=row.is_restricted,
        categories=uses,
        required_in=needs,
    )
