"""Names and addresses of shops: taken or free."""

from typing import Any

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
    """By a shop or in an application, in either language. `seller_id`: a shop that may keep its own."""
    if is_name_of_a_shop(session, name, seller_id=seller_id):
        return True
    applied = select(SellerApplication.id).where(
        or_(*(lowered.in_(spellings(name)) for lowered in applied_names())),
        SellerApplication.person_id != actor.id,
        col(SellerApplication.status).not_in(OVER),
    )
    return _any(session, applied)


def is_name_of_a_shop(session: Session, name: str, *, seller_id: str = "") -> bool:
    wanted = spellings(name)
    sellers = select(Seller.id).where(
        or_(func.lower(Seller.name).in_(wanted), func.lower(Seller.name_zh).in_(wanted)),
        Seller.id != seller_id,
        col(Seller.status).not_in([SellerStatus.CLOSED, SellerStatus.TERMINATED]),
    )
    return bool(wanted) and _any(session, sellers)


def folded(name: str) -> str:
    """The same for names that differ in case alone."""
    return name.strip().casefold()


def spellings(name: str) -> set[str]:
    """What the databases' `lower` may make of the name: SQLite's knows the letters A to Z alone."""
    plain = name.strip()
    ascii_lower = "".join(one.lower() if one.isascii() else one for one in plain)
    return {folded(name), plain.lower(), ascii_lower} - {""}


def applied_names() -> tuple[Any, Any]:
    """What an application calls its shop, in both languages, in small letters."""
    chinese = col(SellerApplication.shop)["shop_name_zh"].as_string()
    return func.lower(SellerApplication.shop_name), func.lower(chinese)


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
