"""Names and addresses of shops: taken or free."""

from slugify import slugify
from sqlmodel import Session, col, func, or_, select

from marketplace.domain.access.models import Actor, Person
from marketplace.domain.sellers.models import Seller, SellerApplication, SellerStatus
from marketplace.domain.sellers.rules.applications import OVER

RESERVED = frozenset({"admin", "api", "seller", "shop", "shops", "search", "zh", "en", "jishi"})
LONGEST_SLUG = 60


def shop_name_taken(session: Session, person: Person, name: str) -> bool:
    """Whether another shop, or somebody else's open application, has this name in any case."""
    return is_name_taken(session, person, name)


def suggest_slug(session: Session, name: str) -> str:
    """An address nobody has, from the name in Latin letters; Chinese is written in pinyin."""
    wanted = slugify(name)[: LONGEST_SLUG - 4].strip("-")
    wanted = wanted if len(wanted) >= 3 else f"shop-{wanted}".strip("-")
    taken = set(session.exec(select(Seller.slug).where(col(Seller.slug).startswith(wanted))))
    taken |= set(
        session.exec(
            select(SellerApplication.slug).where(
                col(SellerApplication.slug).startswith(wanted),
                col(SellerApplication.status).not_in(OVER),
            )
        )
    )
    return next(
        slug
        for slug in (wanted, *(f"{wanted}-{count}" for count in range(2, 2_000)))
        if slug not in taken | RESERVED
    )


def is_name_taken(session: Session, actor: Actor, name: str, *, seller_id: str = "") -> bool:
    """`seller_id`: a shop that may keep its own name."""
    wanted = name.casefold().strip()
    sellers = select(Seller.id).where(
        or_(func.lower(Seller.name) == wanted, func.lower(Seller.name_zh) == wanted),
        Seller.id != seller_id,
        col(Seller.status).not_in([SellerStatus.CLOSED, SellerStatus.TERMINATED]),
    )
    applied = select(SellerApplication.id).where(
        func.lower(SellerApplication.shop_name) == wanted,
        SellerApplication.person_id != actor.id,
        col(SellerApplication.status).not_in(OVER),
    )
    return _any(session, sellers) or _any(session, applied)


def is_slug_free(session: Session, actor: Actor, slug: str) -> bool:
    """A shop keeps its address for ever, so those of closed shops are taken, too."""
    if slug in RESERVED or _any(session, select(Seller.id).where(Seller.slug == slug)):
        return False
    applied = select(SellerApplication.id).where(
        SellerApplication.slug == slug,
        SellerApplication.person_id != actor.id,
        col(SellerApplication.status).not_in(OVER),
    )
    return not _any(session, applied)


def _any(session: Session, statement: object) -> bool:
    return session.exec(statement.limit(1)).first() is not None  # type: ignore[attr-defined]
