"""The demo's catalogue in bulk: 300 listings to look at, or 10,000 and 1,000,000 to measure with.

Rows are written as publishing would leave them, in batches; services would take minutes. What a
person decides (reviews, refusals, appeals) is not made here but by `flows/seed/reviews.py`.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select

from marketplace.domain.access.models import System
from marketplace.domain.catalog.models import (
    Listing,
    ListingStatus,
    ListingVersion,
    PriceChange,
    ShippingTemplate,
    Variant,
)
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.quality import QualityFacts, score
from marketplace.domain.catalog.rules.slugs import slug_of
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.domain.inventory.models import StockLevel, StockMovement, StockReason
from marketplace.domain.media.models import MediaUse
from marketplace.domain.media.service import Findings, place
from marketplace.domain.moves.models import Move
from marketplace.domain.sellers.models import Seller, SellerMembership
from marketplace.domain.sellers.rules import SHOWN
from marketplace.flows import index_listing
from marketplace.flows.seed import shelves
from marketplace.flows.seed.goods import GOODS, Goods, Make, makes_of
from marketplace.flows.seed.shelves import Series, Setting, series_of
from marketplace.flows.seed.taxonomy import seed_taxonomy
from marketplace.kit import ids
from marketplace.settings import settings

COUNTS = {"s": 300, "m": 10_000, "l": 1_000_000}
BATCH = 250
WIDTHS = (160, 480, 960)
SIDE = 1000
MOST_VARIANTS = 20
KEPT_BY = {"tableware": "qingshan-ceramics", "shoes": "strider-lab", "ball-sports": "strider-lab"}
"""Shelves of the shops whose people the demo prints."""

DEMO = System(id="seed", name="Demo data")


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file beside this one, `{name}.{width}.webp`, the public key's `token`, and its row."""

    name: str
    token: str
    media_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in one make, on one seller's shelf; `person_id` filled it."""

    goods: Goods
    make: Make
    seller_id: str
    person_id: str
    setting: Setting


Rows = dict[type[SQLModel], list[dict[str, Any]]]
"""Rows to write by table, in the order they have to be written."""

TABLES: tuple[type[SQLModel], ...] = (
    Listing,
    ListingVersion,
    Variant,
    PriceChange,
    StockLevel,
    StockMovement,
    MediaUse,
    Move,
)


def seed_catalogue(
    session: Session, *, number: int, at: datetime
) -> tuple[list[Line], tuple[PictureFile, ...]]:
    """The taxonomy, a shipping template for each shop, and the pictures. Returns what
    `seed_listings` makes listings of, and the files that the caller copies into the storage."""
    tree = seed_taxonomy(session, DEMO, at=at)
    departments = {node.slug: node.path.split("/")[0] for node in taxonomy.tree(session)}
    slugs = {id_: slug for slug, id_ in tree.categories.items()}
    sellers = session.exec(
        select(Seller)
        .where(col(Seller.status).in_(SHOWN))
        .order_by(col(Seller.created_at), col(Seller.id))
    ).all()
    owners = dict(
        session.exec(
            select(SellerMembership.seller_id, SellerMembership.person_id).order_by(
                col(SellerMembership.joined_at).desc()
            )
        ).all()
    )
    templates = {seller.id: add_template(session, seller.id) for seller in sellers}
    fields: dict[str, list[AttributeField]] = {}
    rng = random.Random(number)  # noqa: S311  the same data on every machine
    brands = sorted(tree.brands.values())
    lines: list[Line] = []
    files: list[PictureFile] = []
    for place_in_list, goods in enumerate(GOODS):
        category = tree.categories[goods.shelf]
        department = slugs[departments[goods.shelf]]
        seller = _seller_for(goods, place_in_list, sellers)
        person = owners[seller.id]
        hung = hang_pictures(
            session, tuple(picture_names(goods)), seller.id, person, str(number), at=at
        )
        files += hung.values()
        if category not in fields:
            fields[category] = taxonomy.attributes_of(session, category)
        setting = Setting(
            department,
            category,
            fields[category],
            {name: file.media_id for name, file in hung.items()},
            at.date(),
            templates[seller.id],
            rng.choice(brands) if rng.random() < 0.5 else "",
        )
        lines += [
            Line(goods, make, seller.id, person, setting) for make in makes_of(goods, department)
        ]
    return lines, tuple(files)


def seed_listings(
    session: Session, lines: Sequence[Line], first: int, last: int, *, number: int, at: datetime
) -> int:
    """Listings `first` to `last`, the last one not: live, with versions, prices, stock and an
    entry in the index. For one transaction of at most a few hundred."""
    rows: Rows = {table: [] for table in TABLES}
    made = []
    for place_in_list in range(first, last):
        line = lines[place_in_list % len(lines)]
        rng = random.Random(number * 1_000_003 + place_in_list)  # noqa: S311
        series = series_of(place_in_list // len(lines))
        made.append(add_rows(rows, line, series, rng, at=at)[0])
    for table, values in rows.items():
        session.execute(insert(table), values)
    return index_listing.refresh(session, made, at=at)


def picture_names(goods: Goods) -> Iterator[str]:
    yield goods.icon
    yield f"{goods.icon}-detail"
    yield from (f"{goods.icon}-{colour}" for colour in goods.colours)


def add_rows(
    rows: Rows,
    line: Line,
    series: Series,
    rng: random.Random,
    *,
    at: datetime,
    new_id: Callable[[str], str] = ids.new_id,
) -> tuple[str, ListingContent]:
    """Add to `rows` what publishing one listing would have left. Returns its id and content."""
    listing_id, version_id = new_id("lst"), new_id("ver")
    variant_ids = [new_id("var") for _ in range(MOST_VARIANTS)]
    content = shelves.content(line.goods, line.make, series, line.setting, variant_ids, rng)
    document = content.model_dump(mode="json")
    published = at - timedelta(days=rng.randrange(2, 120), minutes=rng.randrange(1440))
    prices = [variant.price for variant in content.variants]
    slug = f"{slug_of(content.title)}-{listing_id[-6:]}"
    rows[Listing].append(
        {
            "id": listing_id, "seller_id": line.seller_id, "status": ListingStatus.LIVE,
            "handle": slug, "slug": slug, "title": content.title, "title_zh": content.title_zh,
            "category_id": content.category_id, "brand_id": content.brand_id or None,
            "cover_id": content.pictures[0].id if content.pictures else "",
            "currency": settings().currency, "price_low": min(prices), "price_high": max(prices),
            "variant_count": len(content.variants), "quality": _quality(content, line),
            "tags": content.tags, "draft": document, "has_draft": False,
            "live_version_id": version_id, "reason": "", "note": "",
            "sold_30d": 0, "views_30d": 0, "rating_bps": 0, "rating_count": 0,
            "created_at": published - timedelta(days=1), "updated_at": published,
            "published_at": published, "version": 1,
        }
    )  # fmt: skip
    rows[ListingVersion].append(
        {
            "id": version_id, "listing_id": listing_id, "number": 1, "content": document,
            "made_by": DEMO.id, "made_by_name": DEMO.name, "how": "review", "made_at": published,
        }
    )  # fmt: skip
    rows[MediaUse] += [
        {"media_id": picture.id, "owner_kind": kind, "owner_id": owner}
        for picture in content.pictures
        for kind, owner in (("listing", listing_id), ("listing_version", version_id))
    ]
    rows[Move] += _moves(listing_id, line, published, new_id)
    for place_in_grid, variant in enumerate(content.variants):
        rows[Variant].append(_variant_row(content, line, listing_id, place_in_grid))
        rows[PriceChange].append(
            {"id": new_id("prc"), "variant_id": variant.id, "price": variant.price, "at": published}
        )
        units = rng.choice((0, 3, 8, 24, 40, 65, 120, 240))
        rows[StockLevel].append(
            {
                "variant_id": variant.id, "listing_id": listing_id, "seller_id": line.seller_id,
                "on_hand": units, "reserved": 0, "low_at": variant.low_at, "alerted_at": None,
                "updated_at": published,
            }
        )  # fmt: skip
        rows[StockMovement].append(
            {
                "id": new_id("stm"), "variant_id": variant.id, "seller_id": line.seller_id,
                "change": units, "on_hand": units, "reason": StockReason.RECEIVED,
                "reference": "", "note": "", "actor_kind": "member", "actor_id": line.person_id,
                "actor_name": "", "at": published,
            }
        )  # fmt: skip
    return listing_id, content


def _variant_row(
    content: ListingContent, line: Line, listing_id: str, place_in_grid: int
) -> dict[str, Any]:
    variant = content.variants[place_in_grid]
    chinese = {value.name: value.name_zh for option in content.options for value in option.values}
    return {
        "id": variant.id, "listing_id": listing_id, "seller_id": line.seller_id,
        "sku": variant.sku, "barcode": "", "values": variant.values,
        "title": " / ".join(variant.values),
        "title_zh": " / ".join(chinese[value] for value in variant.values),
        "position": place_in_grid, "price": variant.price, "reference_price": None,
        "cost": variant.cost, "weight": variant.weight, "picture_id": variant.picture_id,
        "is_active": True, "archived_at": None,
    }  # fmt: skip


def _moves(
    listing_id: str, line: Line, published: datetime, new_id: Callable[[str], str]
) -> list[dict[str, Any]]:
    steps = (("", "draft", 24), ("draft", "pending", 3), ("pending", "live", 0))
    return [
        {
            "id": new_id("mov"), "kind": "listing", "subject_id": listing_id,
            "seller_id": line.seller_id, "from_state": before, "to_state": after, "reason": "",
            "note": "", "actor_kind": "system", "actor_id": DEMO.id, "actor_name": DEMO.name,
            "at": published - timedelta(hours=hours),
        }
        for before, after, hours in steps
    ]  # fmt: skip


def _quality(content: ListingContent, line: Line) -> int:
    facts = QualityFacts(
        fields=tuple(line.setting.fields),
        widths={picture.id: SIDE for picture in content.pictures},
    )
    return score(content, facts).score


def _seller_for(goods: Goods, place_in_list: int, sellers: Sequence[Seller]) -> Seller:
    own = next((one for one in sellers if one.slug == KEPT_BY.get(goods.shelf)), None)
    others = [one for one in sellers if one.slug not in KEPT_BY.values()] or list(sellers)
    return own or others[place_in_list // 7 % len(others)]


def add_template(session: Session, seller_id: str) -> str:
    """A shipping template for a shop. Returns its id."""
    row = ShippingTemplate(
        id=ids.new_id("shp"),
        seller_id=seller_id,
        name="Standard",
        handling_days=2,
        fee=1_000,
        free_from=19_900,
        is_default=True,
    )
    session.add(row)
    session.flush()
    return row.id


def hang_pictures(
    session: Session,
    names: Sequence[str],
    seller_id: str,
    person_id: str,
    series: str,
    *,
    at: datetime,
) -> dict[str, PictureFile]:
    """Pictures of a shop by name; the same `series` gives the same addresses."""
    return {name: _picture(session, name, seller_id, person_id, series, at=at) for name in names}


def _picture(
    session: Session, name: str, seller_id: str, person_id: str, series: str, *, at: datetime
) -> PictureFile:
    digest = hashlib.sha256(name.encode()).hexdigest()
    token = hashlib.sha256(f"{series}/{name}".encode()).hexdigest()[:32]
    findings = Findings(
        content_type="image/webp",
        size=0,
        width=SIDE,
        height=SIDE,
        sha256=digest,
        fingerprint=digest[:16],
        colour="",
        widths=WIDTHS,
    )
    media_id = place(
        session,
        token=token,
        person_id=person_id,
        seller_id=seller_id,
        name=f"{name}.webp",
        findings=findings,
        at=at,
    )
    return PictureFile(name, token, media_id)
