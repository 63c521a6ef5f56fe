"""What a buyer sees of one listing: live content, stock, prices with their proof. Public.

The same answer goes into the HTML of `http/listing_page.py` and into the app's own page.
"""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.catalog.models import Category
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.listings.pages import (
    ListingPage,
    PageVariant,
    listing_page,
)
from marketplace.domain.catalog.rules.content import Picture
from marketplace.domain.catalog.rules.prices import PRICE_PROTECTION_DAYS
from marketplace.domain.catalog.rules.prose import plain, rendered
from marketplace.domain.catalog.rules.taxonomy import recognised
from marketplace.domain.catalog.rules.validate import is_video
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.inventory.rules import Level
from marketplace.domain.media.queries import PictureRow, pictures
from marketplace.domain.search.queries.found import Request, first_of
from marketplace.flows.listing_cards import MIDDLE, Card, cards, focus_at
from marketplace.flows.shown_listing import (
    Choice,
    Fact,
    ListingView,
    Named,
    Option,
    Passage,
    Shipping,
    Shown,
    ShownVariant,
)
from marketplace.kit.errors import NotFound

LOW = 5  # units: from here on buyers are told how many are left
LONGEST_SUMMARY = 160
SIMILAR = 5


def show(session: Session, slug: str, *, at: datetime) -> ListingView:
    """Raises `NotFound` unless it is on sale in a shop buyers find."""
    page = listing_page(session, slug, at=at)
    content = page.content
    shown = {
        id_: row
        for id_, row in pictures(
            session,
            [
                *(picture.id for picture in content.pictures),
                *(id_ for block in content.blocks for id_ in block.picture_ids),
            ],
        ).items()
        if row.url_480
    }
    levels = levels_of(session, [page.id])
    title, title_zh = content.title or content.title_zh, content.title_zh or content.title
    told = " ".join(plain(block.text) for block in content.blocks)
    told_zh = " ".join(plain(block.text_zh) for block in content.blocks)
    brands = taxonomy.brands(session, ids=(content.brand_id,)) if content.brand_id else []
    return ListingView(
        id=page.id,
        slug=page.slug,
        title=title,
        title_zh=title_zh,
        summary=(content.seo.description or told or told_zh)[:LONGEST_SUMMARY],
        summary_zh=(content.seo.description_zh or told_zh or told)[:LONGEST_SUMMARY],
        seller=page.seller,
        seller_zh=page.seller_zh or page.seller,
        seller_slug=page.seller_slug,
        currency=page.currency,
        brand=next((row.name for row in brands if row.id == content.brand_id), ""),
        crumbs=_crumbs(session, content.category_id),
        images=[
            _shown(
                shown[picture.id],
                picture.alt or _numbered(title, place),
                picture.alt_zh or _numbered(title_zh, place),
                picture,
            )
            for place, picture in enumerate(content.pictures, start=1)
            if picture.id in shown
        ],
        options=[
            Option(
                option.name,
                option.name_zh or option.name,
                [
                    Choice(value.name, value.name_zh or value.name, value.swatch)
                    for value in option.values
                ],
            )
            for option in content.options
            if option.values
        ],
        variants=[_variant(page, variant, levels.get(variant.id)) for variant in page.variants],
        facts=_facts(session, page),
        passages=[
            Passage(
                block.kind,
                rendered(block.text or block.text_zh),
                rendered(block.text_zh or block.text),
                [_shown(shown[id_], title, title_zh) for id_ in block.picture_ids if id_ in shown],
                block.rows,
            )
            for block in content.blocks
        ],
        is_buyable=page.is_buyable,
        is_paused=page.is_paused,
        paused_until=page.paused_until,
        video_url=content.video_url if is_video(content.video_url) else "",
        shipping=Shipping(page.postage.fee, page.postage.free_from or 0) if page.postage else None,
        handling_days=content.handling_days,
        return_days=content.return_days,
        warranty_months=content.warranty_months,
        protection_days=PRICE_PROTECTION_DAYS if content.protects_price else 0,
        seo_title=content.seo.title or title,
        seo_title_zh=content.seo.title_zh or title_zh,
        similar=_similar(session, page),
    )


def look(session: Session, slug: str, *, at: datetime) -> ListingView | None:
    """As `show`; None instead of an error, for a page that says so itself."""
    try:
        return show(session, slug, at=at)
    except NotFound:
        return None


def _crumbs(session: Session, category_id: str) -> list[Named]:
    nodes = {node.id: node for node in taxonomy.tree(session)}
    here = nodes.get(category_id)
    line = [nodes[id_] for id_ in here.path.split("/") if id_ in nodes] if here else []
    return [Named(node.name, node.name_zh, f"/c/{node.slug}") for node in line]


def _similar(session: Session, page: ListingPage) -> list[Card]:
    category = session.get(Category, page.content.category_id)
    if category is None:
        return []
    near = Request(category_path=category.path, size=SIMILAR + 1)
    return cards(session, [id_ for id_ in first_of(session, near) if id_ != page.id])[:SIMILAR]


def _numbered(title: str, place: int) -> str:
    """A picture nobody described is called as the listing is, so that an imported catalogue can
    be sold; listeners tell one from the next by its number."""
    return f"{title} ({place})" if place > 1 else title


def _shown(row: PictureRow, alt: str, alt_zh: str, of: Picture | None = None) -> Shown:
    focus = focus_at(of.focal_x, of.focal_y) if of else MIDDLE
    large = row.url_960 or row.url_480
    return Shown(row.id, row.url_160, row.url_480, large, alt, alt_zh, focus)


def _variant(page: ListingPage, variant: PageVariant, level: Level | None) -> ShownVariant:
    options = [option for option in page.content.options if option.values]
    chinese = []
    for option, name in zip(options, variant.values, strict=False):
        value = next((one for one in option.values if one.name == name), None)
        chinese.append((value.name_zh if value else "") or name)
    available = level.available if level else 0
    return ShownVariant(
        variant.id,
        "|".join(variant.values),
        " / ".join(variant.values),
        " / ".join(chinese),
        variant.price,
        variant.reference_price or 0,
        available > 0,
        available if 0 < available <= LOW else 0,
        variant.picture_id,
    )


def _facts(session: Session, page: ListingPage) -> list[Fact]:
    """In the category's order; what is empty is left out, and so is what buyers choose: the size
    of one kind is not a fact about them all."""
    facts = []
    chosen = {
        name.casefold()
        for option in page.content.options
        if option.values
        for name in (option.name, option.name_zh)
    }
    for field in taxonomy.attributes_of(session, page.content.category_id):
        values = [value for value in page.content.attributes.get(field.code, ()) if value]
        is_chosen = {field.code, field.name.casefold(), field.name_zh.casefold()} & chosen
        if not values or is_chosen:
            continue
        choices = [recognised(field.values, value) for value in values]
        words = {"yes": ("Yes", "是"), "no": ("No", "否")}
        english, chinese = [], []
        for value, choice in zip(values, choices, strict=True):
            plain_text = f"{value} {field.unit}".strip()
            name, name_zh = words.get(value, (plain_text, plain_text))
            english.append(choice.name if choice else name)
            chinese.append(choice.name_zh if choice else name_zh)
        facts.append(Fact(field.name, field.name_zh, ", ".join(english), "、".join(chinese)))
    return facts
