"""One change as it is shown to whoever decides: texts word by word, pictures, prices, names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Staff
from marketplace.domain.catalog.models import (
    Attribute,
    AttributeType,
    Brand,
    Category,
    ShippingTemplate,
)
from marketplace.domain.catalog.rules.diff import AttributeDiff, ContentDiff, FieldDiff, TextPart
from marketplace.domain.catalog.rules.taxonomy import recognised, stored_values
from marketplace.domain.media.queries import pictures
from marketplace.domain.moderation.queries import (
    FlagRow,
    Review,
    SellerFacts,
)
from marketplace.domain.moves.queries import MoveRow
from marketplace.domain.sellers.queries.levels import level_of
from marketplace.flows.review_words import COLUMNS, LABELS, label_zh, place_of

YES_NO = {"yes": "Yes 是", "no": "No 否"}
NAMED = ("category_id", "brand_id", "shipping_template_id")


@dataclass(frozen=True, slots=True)
class Piece:
    """`is_hit`: a rule found this very text."""

    kind: str
    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """A field that differs: its two sides word by word. `label` is a message id."""

    field: str
    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class PropertyRow:
    name: str
    name_zh: str
    before: str
    after: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PictureSide:
    """One picture of one side. `mark`: added, removed, moved, described or same; `place` counts
    from 1, `was` is its place on the other side."""

    id: str
    url: str
    mark: str
    place: int
    was: int


@dataclass(frozen=True, slots=True)
class CellRow:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a rule found. `message` and `label` are message ids, the first with `{found}`;
    `variant` is empty where it is about the listing as a whole."""

    message: str
    found: str
    label: str
    variant: str
    variant_zh: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """Prices in minor units, -1 for none. `against_median` is in basis points, 0 without one."""

    id: str
    label: str
    label_zh: str
    kind: str
    before: int
    after: int
    reference: int
    is_proved: bool
    median: int
    lowest: int
    against_median: int
    cells: list[CellRow]
    history: list[int]


@dataclass(frozen=True, slots=True)
class SimilarView:
    listing_id: str
    slug: str
    title: str
    title_zh: str
    cover: str
    seller: str
    why: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One change as it is decided upon. `field_labels` are the commented fields: (key, label)."""

    id: str
    version: int
    kind: str
    policy: str
    status: str
    is_open: bool
    needs_look: bool
    listing_id: str
    listing_slug: str
    listing_status: str
    title: str
    title_zh: str
    cover: str
    currency: str
    submitted_at: str
    submitted_by: str
    assignee: str
    is_mine: bool
    decided_by: str
    decided_at: str
    reason: str
    note: str
    needs_rebase: bool
    overlaps: str
    texts: list[TextRow]
    properties: list[PropertyRow]
    properties_changed: int
    pictures_before: list[PictureSide]
    pictures_after: list[PictureSide]
    pictures_changed: bool
    variants: list[VariantRow]
    variants_changed: int
    category_median: int
    flags: list[FoundRow]
    seller: SellerFacts
    level: str
    level_zh: str
    similar: list[SimilarView]
    history: list[MoveRow]


def review_view(session: Session, staff: Staff, found: Review) -> ReviewView:
    diff, content = found.diff, found.content
    shown = {*diff.pictures.before, *diff.pictures.after, *(s.cover_id for s in found.similar)}
    urls = {id_: row.url_480 for id_, row in pictures(session, list(shown)).items()}
    properties = _properties(session, diff.attributes, is_new=found.kind == "new")
    variants = _variants(found)
    level = level_of(session, found.seller.id)
    return ReviewView(
        id=found.id,
        version=found.version,
        kind=found.kind,
        policy=found.policy,
        status=found.status,
        is_open=found.status == "open",
        needs_look=found.needs_look,
        listing_id=found.listing_id,
        listing_slug=found.listing_slug,
        listing_status=found.listing_status,
        title=content.title or content.title_zh,
        title_zh=content.title_zh or content.title,
        cover=urls.get(next(iter(diff.pictures.after), ""), ""),
        currency=found.currency,
        submitted_at=found.submitted_at,
        submitted_by=found.submitted_by,
        assignee=found.assignee,
        is_mine=found.assignee_id == staff.id,
        decided_by=found.decided_by,
        decided_at=found.decided_at,
        reason=found.reason,
        note=found.note,
        needs_rebase=found.needs_rebase,
        overlaps=", ".join(found.overlaps),
        texts=_texts(session, diff, found.flags, is_new=found.kind == "new"),
        properties=properties,
        properties_changed=sum(row.is_changed for row in properties),
        pictures_before=_side(diff, urls, of_new=False),
        pictures_after=_side(diff, urls, of_new=True),
        pictures_changed=diff.pictures.is_changed,
        variants=variants,
        variants_changed=sum(row.kind != "same" for row in variants),
        category_median=found.category_median or 0,
        flags=[
            FoundRow(flag.message, flag.found, *place_of(flag.field, content))
            for flag in found.flags
        ],
        seller=found.seller,
        level=level.name,
        level_zh=level.name_zh,
        similar=[
            SimilarView(
                one.listing_id,
                one.slug,
                one.title or one.title_zh,
                one.title_zh or one.title,
                urls.get(one.cover_id, ""),
                one.seller,
                one.why,
            )
            for one in found.similar
        ],
        history=list(found.history),
    )


def _texts(
    session: Session, diff: ContentDiff, flags: Iterable[FlagRow], *, is_new: bool
) -> list[TextRow]:
    words = [flag.found for flag in flags if flag.code == "forbidden_word" and flag.found]
    names = _names(session, diff.fields)
    rows = []
    for one in diff.fields:
        if one.field.startswith("blocks.pictures"):
            continue  # ids say nothing; the pictures stand in the diff of pictures
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


def _properties(
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


def _side(diff: ContentDiff, urls: Mapping[str, str], *, of_new: bool) -> list[PictureSide]:
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


def _variants(found: Review) -> list[VariantRow]:
    prices = {row.variant_id: row for row in found.prices}
    sides = [content for content in (found.live, found.content) if content]
    chinese = {one.id: label_zh(side, one) for side in sides for one in side.variants}
    rows = []
    for one in found.diff.variants:
        price = prices.get(one.id)
        median = price.median if price and price.median else 0
        after = -1 if one.price is None else one.price
        rows.append(
            VariantRow(
                id=one.id,
                label=one.label,
                label_zh=chinese.get(one.id, one.label),
                kind="same" if found.kind == "new" else one.kind,
                before=-1 if one.price_before is None else one.price_before,
                after=after,
                reference=price.reference if price and price.reference is not None else -1,
                is_proved=bool(price and price.is_proved),
                median=median or -1,
                lowest=price.lowest if price and price.lowest is not None else -1,
                against_median=(after - median) * 10_000 // median if median and after >= 0 else 0,
                cells=[
                    CellRow(COLUMNS[cell.column], cell.before, cell.after)
                    for cell in one.cells
                    if cell.column in COLUMNS
                ],
                history=[point.price for point in price.history] if price else [],
            )
        )
    return rows
