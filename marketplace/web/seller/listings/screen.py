"""What the editor is told about a listing: its content once, and everything around it as rows."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.listings import (
    EditView,
    TemplateRow,
    listing_for_edit,
    price_facts,
    templates,
)
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.prices import is_proved
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.media.queries import (
    DropFile,
    GalleryPicture,
    drop_files,
    gallery_rows,
)
from marketplace.domain.moderation.queries import (
    ChangeView,
    appeals_of,
    change_of,
    list_codes,
    may_appeal,
    sanction_of,
)
from marketplace.flows.save_listing import Kept, kept_listing
from marketplace.kit.languages import N_
from marketplace.web.seller.listings.wording import field_name

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class EditorData:
    """What the editor's script begins with. `content` is one document, not rows of a state: it
    goes out once, is edited in the browser and comes back whole (docs/decisions)."""

    id: str = ""
    load_key: str = ""
    """Another one means: forget what is typed, begin again from `content`."""
    saved: int = 0
    """Counts the saves of this visit; a new one tells the script that its last was kept."""
    saved_at: str = ""
    status: str = ""
    version: int = 0
    slug: str = ""
    earlier_slugs: list[str] = field(default_factory=list)
    currency: str = "CNY"
    content: dict[str, Any] = field(default_factory=dict)
    stock: dict[str, int] = field(default_factory=dict)
    stockable: list[str] | None = None
    """Variants whose stock can be set; None: all, also new ones."""
    proofs: dict[str, str] = field(default_factory=dict)
    is_live: bool = False
    can_edit: bool = False
    may_submit: bool = False


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    id: str = ""
    parent_id: str = ""
    name: str = ""
    name_zh: str = ""
    trail: str = ""
    """Its ancestors and itself, from the top."""
    trail_zh: str = ""
    has_children: bool = False


@dataclass(frozen=True, slots=True)
class BrandChoice:
    id: str = ""
    name: str = ""
    name_zh: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A point the quality score lacks; `code` and `field` say where it can be mended."""

    code: str
    points: int
    message: str
    field: str


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal of the shop's, with its answer once there is one."""

    id: str
    status: str
    text: str
    answer: str
    at: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Comment:
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """Where the listing stands: its quality, what moderation said, what waits."""

    title: str = ""
    title_zh: str = ""
    quality: int = 0
    missing: list[Missing] = field(default_factory=list)
    reason: str = ""
    """A policy code; `reason_text` is what it says."""
    reason_text: str = ""
    reason_text_zh: str = ""
    advice: str = ""
    advice_zh: str = ""
    points: int = 0
    """What a taking down cost; they count until `points_until`."""
    points_until: str = ""
    note: str = ""
    comments: list[Comment] = field(default_factory=list)
    change_id: str = ""
    """Of the edit that waits; empty if none does."""
    change_since: str = ""
    change_fields: list[str] = field(default_factory=list)
    may_withdraw: bool = False
    appeals: list[Appealed] = field(default_factory=list)
    """Newest first."""
    may_appeal: bool = False
    has_draft: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    data: EditorData
    told: Told
    fields: list[AttributeField]
    category: CategoryChoice
    brand: BrandChoice
    templates: list[TemplateRow]
    pictures: list[GalleryPicture]
    documents: list[DropFile]


def read_screen(session: Session, member: SellerMember, listing_id: str, *, at: datetime) -> Screen:
    """Everything the editor shows at first. Raises `NotFound` for another seller's listing."""
    kept = kept_listing(session, member, listing_id)
    in_stock = any(kept.stock.values())
    edit = listing_for_edit(session, member, listing_id, in_stock=in_stock)
    change = change_of(session, member, listing_id)
    content = edit.content
    found = [row for row in choices(session) if row.id == content.category_id]
    named = taxonomy.brands(session, ids=(content.brand_id,)) if content.brand_id else []
    brands = [row for row in named if row.id == content.brand_id]
    return Screen(
        _data(session, member, edit, change, kept, at),
        replace(
            _told(session, edit, change),
            **_judged(session, member, listing_id),
            may_appeal=member.can(Permission.SHOP_LISTINGS_EDIT)
            and may_appeal(session, member, listing_id),
        ),
        list(edit.fields),
        found[0] if found else CategoryChoice(),
        BrandChoice(brands[0].id, brands[0].name, brands[0].name_zh) if brands else BrandChoice(),
        templates(session, member),
        gallery_rows(session, content.pictures),
        list(drop_files(session, content.document_ids).values()),
    )


def choices(session: Session) -> list[CategoryChoice]:
    """The tree as a picker shows it, in its order; retired ones are left out."""
    rows: dict[str, CategoryChoice] = {}
    for node in taxonomy.tree(session):
        rows[node.id] = _choice(node, rows.get(node.parent_id))
    return list(rows.values())


def find_categories(
    session: Session, member: SellerMember, search: str, parent_id: str
) -> list[CategoryChoice]:
    """Those with all words of `search` in their trail, the lowest first; without any words what
    is below `parent_id`, the top if that is empty."""
    member.require(Permission.SHOP_LISTINGS_READ)
    every = choices(session)
    words = search.casefold().split()
    if not words:
        return [row for row in every if row.parent_id == parent_id][:MOST_FOUND]
    found = [
        row
        for row in every
        if all(word in f"{row.trail} {row.trail_zh}".casefold() for word in words)
    ]
    return sorted(found, key=lambda row: row.has_children)[:MOST_FOUND]


def find_brands(session: Session, member: SellerMember, search: str) -> list[BrandChoice]:
    member.require(Permission.SHOP_LISTINGS_READ)
    return [BrandChoice(row.id, row.name, row.name_zh) for row in taxonomy.brands(session, search)]


def _choice(node: CategoryNode, parent: CategoryChoice | None) -> CategoryChoice:
    above, above_zh = (f"{parent.trail} / ", f"{parent.trail_zh} / ") if parent else ("", "")
    return CategoryChoice(
        node.id,
        node.parent_id,
        node.name,
        node.name_zh,
        above + node.name,
        above_zh + node.name_zh,
        node.has_children,
    )


def _data(
    session: Session,
    member: SellerMember,
    edit: EditView,
    change: ChangeView | None,
    kept: Kept,
    at: datetime,
) -> EditorData:
    return EditorData(
        id=edit.id,
        load_key=f"{edit.id}:{edit.version}:{at.timestamp()}",
        status=edit.status,
        version=edit.version,
        slug=edit.slug,
        earlier_slugs=list(edit.earlier_slugs),
        currency=edit.currency,
        content=kept.content.model_dump(mode="json"),
        stock=kept.stock,
        stockable=None if edit.live is None else list(kept.stockable),
        proofs=_proofs(session, edit.content, at),
        is_live=edit.live is not None,
        can_edit=member.can(Permission.SHOP_LISTINGS_EDIT) and edit.status != "archived",
        may_submit=_may_submit(edit, change),
    )


def _may_submit(edit: EditView, change: ChangeView | None) -> bool:
    """Without a change since: a draft, something sent back, an edit not yet sent in."""
    is_waiting = change is not None and change.may_withdraw
    return not is_waiting and (edit.live is None or edit.has_draft or edit.status == "taken_down")


def _proofs(session: Session, content: ListingContent, at: datetime) -> dict[str, str]:
    """Whether the struck-through price of each variant may be shown."""
    rows = [row for row in content.variants if row.reference_price is not None]
    facts = price_facts(session, [row.id for row in rows], at=at) if rows else {}
    return {
        row.id: N_("Proved: it was asked for within 30 days.")
        if row.id in facts and is_proved(row.reference_price, row.price, facts[row.id])
        else N_("Not shown: it was not asked for within 30 days.")
        for row in rows
    }


def _judged(session: Session, member: SellerMember, listing_id: str) -> dict[str, Any]:
    """What a taking down cost, and what the shop said against decisions."""
    sanction = sanction_of(session, member, listing_id)
    return {
        "points": sanction.points if sanction else 0,
        "points_until": sanction.until if sanction else "",
        "appeals": [
            Appealed(row.id, row.status, row.text, row.answer, row.at, row.decided_at)
            for row in appeals_of(session, member, listing_id)
        ],
    }


def _told(session: Session, edit: EditView, change: ChangeView | None) -> Told:
    reason = edit.reason or (change.reason if change else "")
    code = next((row for row in list_codes(session, with_retired=True) if row.code == reason), None)
    is_waiting = change is not None and change.status == "open"
    return Told(
        title=edit.content.title,
        title_zh=edit.content.title_zh,
        quality=edit.quality,
        missing=[
            Missing(each.code, each.points, each.message, each.field) for each in edit.missing
        ],
        reason=reason,
        reason_text=code.name if code else "",
        reason_text_zh=code.name_zh if code else "",
        advice=code.advice if code else "",
        advice_zh=code.advice_zh if code else "",
        note=edit.note or (change.note if change else ""),
        comments=[Comment(field_name(name), text) for name, text in change.comments.items()]
        if change
        else [],
        change_id=change.id if change and is_waiting else "",
        change_since=change.submitted_at if change and is_waiting else "",
        change_fields=[field_name(name) for name in change.diff.changed]
        if change and is_waiting
        else [],
        may_withdraw=bool(change and is_waiting and change.may_withdraw),
        has_draft=edit.has_draft,
    )
