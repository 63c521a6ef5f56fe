"""What differs between two contents, as rows: texts word by word, attributes, pictures."""

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import (
    Attribute,
    AttributeType,
    Brand,
    Category,
    ShippingTemplate,
)
from marketplace.domain.catalog.rules.diff import AttributeDiff, ContentDiff, FieldDiff, TextPart
from marketplace.domain.catalog.rules.taxonomy import recognised, stored_values
from marketplace.domain.moderation.queries import FlagRow
from marketplace.flows.review_rows import PictureSide, Piece, PropertyRow, TextRow
from marketplace.flows.review_words import LABELS

YES_NO = {"yes": "Yes 是", "no": "No 否"}
NAMED = ("category_id", "brand_id", "shipping_template_id")


def text_rows(
    session: Session, diff: ContentDiff, flags: Iterable[FlagRow], *, is_new: bool
) -> list[TextRow]:
    words = [flag.found for flag in flags if flag.code == "forbidden_word" and flag.found]
    names = _names(session, diff.fields)
    rows = []
    for one in diff.fields:
        if one.field == "document_ids" or one.field.startswith("blocks.pictures"):
            continue  # ids say nothing; what they are of is shown for itself
        old, new = names.get(one.before, one.before), names.get(one.after, one.after)
        parts = one.parts if (old, new) == (one.before, one.after) else ()
        before = _pieces(parts, "added", words) if parts else _whole("removed", old)
        after = _pieces(parts, "removed", words) if parts else _whole("added", new)
        if is_new:  # nothing to compare with: only what rules found stands out
            after = [Piece("same", piece.text, piece.is_hit) for piece in after]
        rows.append(TextRow(one.field, LABELS.get(one.field, one.field), before, after))
    order = list(LABELS)
    return sorted(rows, key=lambda r: order.index(r.field) if r.field in LABELS else len(order))


def _names(session: Session, fields: Iterable[FieldDiff]) -> dict[str, str]:
    """What the ids in some fields are called."""
    ids = {id_ for one in fields if one.field in NAMED for id_ in (one.before, one.after)}
    named: dict[str, str] = {}
    for table in (Category, Brand):
        rows = session.exec(
            select(table.id, table.name, table.name_zh).where(col(table.id).in_(ids))
        )
        named |= {id_: f"{name} {name_zh}".strip() for id_, name, name_zh in rows}
    templates = select(ShippingTemplate.id, ShippingTemplate.name).where(
        col(ShippingTemplate.id).in_(ids)
    )
    named |= dict(session.exec(templates).all())
    return named


def _whole(kind: str, text: str) -> list[Piece]:
    return [Piece(kind, text)] if text else []


def _pieces(parts: Iterable[TextPart], without: str, words: Sequence[str]) -> list[Piece]:
    """One side of a text; forbidden words stand out on the side that would go on sale."""
    found = re.compile("|".join(map(re.escape, words)) or r"(?!)", re.IGNORECASE)
    pieces: list[Piece] = []
    for part in parts:
        if part.kind == without:
            continue
        place = 0
        hits = found.finditer(part.text) if without == "removed" else ()
        for hit in hits:
            if hit.start() > place:
                pieces.append(Piece(part.kind, part.text[place : hit.start()]))
            pieces.append(Piece(part.kind, hit.group(), is_hit=True))
            place = hit.end()
        if part.text[place:]:
            pieces.append(Piece(part.kind, part.text[place:]))
    return pieces


def property_rows(
    session: Session, rows: Sequence[AttributeDiff], *, is_new: bool
) -> list[PropertyRow]:
    known = {
        row.code: row
        for row in session.exec(
            select(Attribute).where(col(Attribute.code).in_([one.code for one in rows]))
        )
    }

    def worded(code: str, values: Iterable[str]) -> str:
        choices = stored_values(known[code].values) if code in known else ()
        if code in known and known[code].type == AttributeType.YES_NO:
            return ", ".join(YES_NO.get(value, value) for value in values)
        unit = f" {known[code].unit}" if code in known and known[code].unit else ""
        meant = ((recognised(choices, value), value) for value in values)
        return ", ".join(f"{one.name} {one.name_zh}" if one else v + unit for one, v in meant)

    return [
        PropertyRow(
            known[one.code].name if one.code in known else one.code,
            known[one.code].name_zh if one.code in known else one.code,
            worded(one.code, one.before),
            worded(one.code, one.after),
            one.is_changed and not is_new,
        )
        for one in rows
    ]


def picture_sides(diff: ContentDiff, urls: Mapping[str, str], *, of_new: bool) -> list[PictureSide]:
    before, after = list(diff.pictures.before), list(diff.pictures.after)
    own, other = (after, before) if of_new else (before, after)
    alone = "added" if of_new else "removed"
    stay = [id_ for id_ in own if id_ in other]
    order = [id_ for id_ in other if id_ in own]

    def mark(id_: str) -> str:
        if not before:
            return "same"
        if id_ not in other:
            return alone
        if stay.index(id_) != order.index(id_):
            return "moved"
        return "described" if of_new and id_ in diff.pictures.described else "same"

    return [
        PictureSide(
            id_,
            urls.get(id_, ""),
            mark(id_),
            place,
            other.index(id_) + 1 if id_ in other else 0,
        )
        for place, id_ in enumerate(own, start=1)
    ]
