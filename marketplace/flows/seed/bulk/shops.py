"""Shops for the many: opened by the service, on a level that may have so much on sale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Audience
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import roles
from marketplace.domain.catalog.models import Brand
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.search.queries import dialects
from marketplace.domain.sellers import service as sellers
from marketplace.domain.sellers.models import SellerLevel
from marketplace.flows.seed import catalogue
from marketplace.flows.seed.bulk import marks
from marketplace.flows.seed.catalogue import DEMO, Line, PictureFile

TRADES = {
    "fashion": ("Threads", "衣坊"),
    "shoes-bags": ("Leathers", "鞋包"),
    "beauty": ("Apothecary", "美妆"),
    "electronics": ("Devices", "数码"),
    "home": ("Interiors", "家居"),
    "food-tea": ("Provisions", "食坊"),
    "toys-baby": ("Playthings", "童趣"),
    "sports-outdoor": ("Outfitters", "户外"),
}
"""What a shop of a department is called, behind the place it comes from."""

PLACES = (
    ("Northgate", "北门"), ("Riverside", "河畔"), ("Hilltop", "山顶"), ("Lakeside", "湖滨"),
    ("Harbourside", "港口"), ("Oldtown", "老城"), ("Greenfield", "青野"), ("Eastgate", "东门"),
)  # fmt: skip
SHOPS = {"s": 0, "m": len(TRADES), "l": len(TRADES) * len(PLACES)}


@dataclass(frozen=True, slots=True)
class BulkShop:
    """`values` takes the place of its marks; `pictures` are ids by the names of `goods`."""

    department: str
    values: Mapping[str, str]
    pictures: Mapping[str, str]
    rank: int
    """Among the shops of its department, so that no two sell the same series."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """A line with marks for what belongs to a shop, and where the index puts it."""

    line: Line
    path: str
    names: str
    """Of its categories and its brand, in both languages."""
    pictures: tuple[str, ...]
    """Their names, in the order of their marks."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a process needs to write its part; plain data, for it is sent to others."""

    shops: tuple[BulkShop, ...]
    lines: Mapping[str, tuple[BulkLine, ...]]
    """By department."""
    first_number: int
    """Of the documents in the index."""
    ranks: int
    """How many shops a department has."""
    number: int
    at: datetime


def seed_shops(
    session: Session, lines: Sequence[Line], listings: int, *, size: str, number: int, at: datetime
) -> tuple[Plan, tuple[PictureFile, ...]]:
    """Open the shops of a size and plan `listings` for them. Returns the files of their pictures
    as well, which the caller copies into the storage."""
    marked = _marked(session, lines)
    count = SHOPS[size]
    level = _level(session, listings // count + 1)
    owners = session.exec(
        select(PersonAccount.id)
        .order_by(col(PersonAccount.created_at).desc(), col(PersonAccount.id).desc())
        .limit(count)
    ).all()  # the newest are buyers
    role = roles.role_by_code(session, Audience.SELLER, "owner")
    assert role is not None
    shops: list[BulkShop] = []
    files: list[PictureFile] = []
    places = PLACES[: count // len(TRADES)]
    for rank, (place, place_zh) in enumerate(places):
        for department, (trade, trade_zh) in TRADES.items():
            name, name_zh = f"{place} {trade}", f"{place_zh}{trade_zh}店"
            person_id = owners[len(shops)]
            seller_id = sellers.open_seller(
                session, DEMO, name=name, name_zh=name_zh, slug=name.lower().replace(" ", "-"),
                level=level, at=at,
            )  # fmt: skip
            sellers.add_member(session, DEMO, seller_id, person_id, role.id, at=at)
            shown = {name: None for one in marked[department] for name in one.pictures}
            hung = catalogue.hang_pictures(
                session, tuple(shown), seller_id, person_id, f"{number}/{seller_id}", at=at
            )
            files += hung.values()
            values = marks.for_shop(name, name_zh) | {
                marks.SELLER: seller_id,
                marks.PERSON: person_id,
                marks.TEMPLATE: catalogue.add_template(session, seller_id),
            }
            pictures = {name: file.media_id for name, file in hung.items()}
            shops.append(BulkShop(department, values, pictures, rank))
    first = dialects.reserve_numbers(session, listings)
    return Plan(tuple(shops), marked, first, len(places), number, at), tuple(files)


def _marked(session: Session, lines: Sequence[Line]) -> dict[str, tuple[BulkLine, ...]]:
    nodes = {node.id: node for node in taxonomy.tree(session)}
    brands = {
        brand.id: f"{brand.name} {brand.name_zh}" for brand in session.exec(select(Brand)).all()
    }
    found: dict[str, tuple[BulkLine, ...]] = dict.fromkeys(TRADES, ())
    for line in lines:
        shown = tuple(catalogue.picture_names(line.goods))
        pictures = {name: marks.picture(place) for place, name in enumerate(shown)}
        setting = replace(line.setting, pictures=pictures, shipping_template_id=marks.TEMPLATE)
        path = nodes[setting.category_id].path
        names = [f"{nodes[one].name} {nodes[one].name_zh}" for one in path.split("/")]
        names.append(brands.get(setting.brand_id, ""))
        blank = replace(line, seller_id=marks.SELLER, person_id=marks.PERSON, setting=setting)
        found[setting.department] += (BulkLine(blank, path, " ".join(names), shown),)
    return found


def _level(session: Session, listings: int) -> str:
    """The lowest level that may have so many on sale."""
    code = session.exec(
        select(SellerLevel.code)
        .where(SellerLevel.most_listings >= listings)
        .order_by(col(SellerLevel.position))
    ).first()
    if code is None:
        raise ValueError(f"no level may have {listings} listings on sale")
    return code
