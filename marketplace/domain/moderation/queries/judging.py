"""What a change is judged against: trust, medians, restricted things, forbidden words, flags."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Attribute, Brand, Category, Listing, ListingStatus
from marketplace.domain.catalog.queries.listings import category_median, price_facts
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.tree import ids_of
from marketplace.domain.media.queries import twins
from marketplace.domain.moderation.models import ForbiddenWord
from marketplace.domain.moderation.rules import flags as rules
from marketplace.domain.moderation.rules.flags import Flag
from marketplace.domain.moderation.rules.policy import Setting, Trust
from marketplace.domain.moderation.rules.words import Forbidden, Hit, hits, key_of, texts_of
from marketplace.domain.sellers.queries.levels import level_of
from marketplace.kit.errors import NotFound

MOST_COMPARED = 400


def trust_of(session: Session, seller_id: str) -> Trust:
    """Of the seller's level; without levels nobody is trusted."""
    try:
        level = level_of(session, seller_id)
    except NotFound:
        return Trust()
    return Trust(level.position, level.price_band_bps, level.trusts_images, level.sample_bps)


def setting_of(
    session: Session,
    seller_id: str,
    live: ListingContent | None,
    new: ListingContent,
    *,
    at: datetime,
) -> Setting:
    known = price_facts(session, (variant.id for variant in live.variants) if live else (), at=at)
    categories = {new.category_id, live.category_id if live else ""} - {""}
    return Setting(
        trust=trust_of(session, seller_id),
        medians={id_: one.median_30d for id_, one in known.items()},
        restricted_codes=frozenset(
            session.exec(select(Attribute.code).where(col(Attribute.is_restricted).is_(True)))
        ),
        is_restricted=any(is_restricted(session, id_) for id_ in categories),
    )


def is_restricted(session: Session, category_id: str) -> bool:
    """Itself, or anything above it."""
    category = session.get(Category, category_id) if category_id else None
    if category is None:
        return False
    restricted = select(Category.id).where(
        col(Category.id).in_(ids_of(category.path)), col(Category.is_restricted).is_(True)
    )
    return session.exec(restricted.limit(1)).first() is not None


def forbidden(session: Session) -> list[Forbidden]:
    return [
        Forbidden(row.word, key_of(row.word), row.code, row.blocks)
        for row in session.exec(select(ForbiddenWord).order_by(col(ForbiddenWord.word_key)))
    ]


def word_hits(session: Session, texts: Mapping[str, str]) -> list[Hit]:
    """Forbidden words in texts by field."""
    return hits(texts, forbidden(session))


def check_words(session: Session, member: SellerMember, texts: Mapping[str, str]) -> list[Hit]:
    """The same for an editor that checks while somebody types."""
    member.require(Permission.SHOP_LISTINGS_READ)
    return word_hits(session, texts)


def flags_of(
    session: Session, listing: Listing, content: ListingContent, found: Iterable[Hit]
) -> list[Flag]:
    """Everything that speaks against it. Words that block were refused before."""
    brand = session.get(Brand, content.brand_id) if content.brand_id else None
    median = category_median(session, content.category_id) if content.category_id else None
    return [
        *rules.of_words(found),
        *_pictures(session, listing, content),
        *rules.of_titles(content.title, content.title_zh, _neighbours(session, listing, content)),
        *rules.of_prices(content, median),
        *rules.of_papers(
            content,
            needs_document=is_restricted(session, content.category_id),
            needs_authorisation=brand is not None and brand.needs_authorisation,
        ),
    ]


def texts(content: ListingContent) -> dict[str, str]:
    return texts_of(content)


def _pictures(session: Session, listing: Listing, content: ListingContent) -> list[Flag]:
    same = twins(session, [picture.id for picture in content.pictures])
    return [
        Flag("duplicate_picture", f"pictures.{place}", next(iter(others)))
        for place, picture in enumerate(content.pictures)
        if (
            others := [
                twin.id
                for twin in same.get(picture.id, ())
                if twin.seller_id and twin.seller_id != listing.seller_id
            ]
        )
    ]


def _neighbours(
    session: Session, listing: Listing, content: ListingContent
) -> list[tuple[str, str, str]]:
    """Listings on sale in the same category, the newest first."""
    rows = session.exec(
        select(Listing.id, Listing.title, Listing.title_zh)
        .where(
            Listing.category_id == content.category_id,
            Listing.id != listing.id,
            col(Listing.status).in_([ListingStatus.LIVE, ListingStatus.PENDING]),
        )
        .order_by(col(Listing.published_at).desc())
        .limit(MOST_COMPARED)
    )
    return list(rows)
