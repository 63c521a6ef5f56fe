"""How far sellers are trusted."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from marketplace.domain.sellers.models import Seller, SellerLevel
from marketplace.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class LevelRow:
    """`price_band_bps` and `sample_bps` in basis points; `sellers`: how many have it."""

    code: str
    name: str
    name_zh: str
    position: int
    price_band_bps: int
    trusts_images: bool
    sample_bps: int
    most_listings: int
    sellers: int
    version: int


def levels(session: Session) -> list[LevelRow]:
    """All levels, the least trusted first."""
    worn = dict(session.exec(select(Seller.level, func.count()).group_by(Seller.level)).all())
    return [
        LevelRow(
            one.code,
            one.name,
            one.name_zh,
            one.position,
            one.price_band_bps,
            one.trusts_images,
            one.sample_bps,
            one.most_listings,
            worn.get(one.code, 0),
            one.version,
        )
        for one in session.exec(select(SellerLevel).order_by(col(SellerLevel.position)))
    ]


def level_of(session: Session, seller_id: str) -> SellerLevel:
    """The seller's level. Raises `NotFound` for an unknown seller."""
    found = session.exec(
        select(SellerLevel)
        .join(Seller, col(Seller.level) == col(SellerLevel.code))
        .where(Seller.id == seller_id)
    ).first()
    if found is None:
        raise NotFound
    return found
