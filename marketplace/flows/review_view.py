"""One change as it is shown to whoever decides: texts word by word, pictures, prices, names."""

import re
from collections.abc import Iterable, Mapping, Sequence

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
from marketplace.domain.media.queries import drop_files, pictures
from marketplace.domain.moderation.queries import (
    FlagRow,
    Review,
)
from marketplace.domain.sellers.queries.levels import level_of
from marketplace.flows.review_rows import (
    CellRow,
    FoundRow,
    PaperRow,
    PictureSide,
    Piece,
    PropertyRow,
    ReviewView,
    SimilarView,
    TextRow,
    VariantRow,
)
from marketplace.flows.review_words import COLUMNS, LABELS, label_zh, place_of

YES_NO = {"yes": "Yes 是", "no": "No 否"}
NAMED = ("category_id", "brand_id", "shipping_template_id")


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
        papers=_papers(session, found),
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


def _papers(session: Session, found: Review) -> list[PaperRow]:
    """Those handed in, then those that would go."""
    before = found.live.document_ids if found.live else []
    after = found.content.document_ids
    wanted = list(dict.fromkeys([*after, *before]))
    files = drop_files(session, wanted)

    def mark(id_: str) -> str:
        if id_ not in after:
            return "removed"
        return "same" if id_ in before else "added"

    return [
        PaperRow(id_, file.name, mark(id_), file.status)
        for id_ in wanted
        if (file := files.get(id_)) is not None
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
