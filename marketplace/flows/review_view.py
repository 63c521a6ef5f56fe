"""One change as it is shown to whoever decides: texts word by word, pictures, prices, names."""

from sqlmodel import Session

from marketplace.domain.access.models import Staff
from marketplace.domain.media.queries import drop_files, pictures
from marketplace.domain.moderation.queries import (
    Review,
)
from marketplace.domain.sellers.queries.levels import level_of
from marketplace.flows.review_rows import (
    CellRow,
    FoundRow,
    PaperRow,
    ReviewView,
    SimilarView,
    VariantRow,
)
from marketplace.flows.review_texts import picture_sides, property_rows, text_rows
from marketplace.flows.review_words import COLUMNS, label_zh, place_of


def review_view(session: Session, staff: Staff, found: Review) -> ReviewView:
    diff, content = found.diff, found.content
    shown = {*diff.pictures.before, *diff.pictures.after, *(s.cover_id for s in found.similar)}
    urls = {id_: row.url_480 for id_, row in pictures(session, list(shown)).items()}
    properties = property_rows(session, diff.attributes, is_new=found.kind == "new")
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
        texts=text_rows(session, diff, found.flags, is_new=found.kind == "new"),
        properties=properties,
        properties_changed=sum(row.is_changed for row in properties),
        pictures_before=picture_sides(diff, urls, of_new=False),
        pictures_after=picture_sides(diff, urls, of_new=True),
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
