"""The shop's listings as rows, read some hundred at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.inventory import queries as stock
from marketplace.domain.media import queries as media
from marketplace.flows.product_tables.columns import Dialect
from marketplace.flows.product_tables.lookups import lookups, whole_address
from marketplace.flows.product_tables.rows import for_dialect, header_of, rows_of, telling_keys
from marketplace.flows.product_tables.written import Cells, Lookups, written
from marketplace.kit.errors import NotFound
from marketplace.kit.languages import N_

AT_ONCE = 200


class Format(StrEnum):
    """What a person chooses: a dialect, and for our own columns the kind of file."""

    SHOPIFY = "shopify"
    SHOPIFY_LEGACY = "shopify_legacy"
    OWN_CSV = "csv"
    OWN_XLSX = "xlsx"

    @property
    def dialect(self) -> Dialect:
        dialects = {
            Format.SHOPIFY: Dialect.SHOPIFY,
            Format.SHOPIFY_LEGACY: Dialect.LEGACY,
        }
        return dialects.get(self, Dialect.OWN)

    @property
    def suffix(self) -> str:
        return "xlsx" if self is Format.OWN_XLSX else "csv"


LABELS: dict[Format, str] = {
    Format.SHOPIFY: N_("Shopify CSV"),
    Format.SHOPIFY_LEGACY: N_("Shopify CSV, older column names"),
    Format.OWN_CSV: N_("Our CSV, all columns"),
    Format.OWN_XLSX: N_("Excel workbook, all columns"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which listings: those of the list's filters. Empty: all but archived ones."""

    search: str = ""
    statuses: tuple[str, ...] = ()
    category_id: str = ""
    ids: tuple[str, ...] = ()


def count_listings(session: Session, member: SellerMember, chosen: Chosen) -> int:
    member.require(Permission.SHOP_LISTINGS_READ)
    ids = _ids(member, chosen).subquery()
    return int(session.exec(select(func.count()).select_from(ids)).one())


def header(
    session: Session, member: SellerMember, chosen: Chosen, dialect: Dialect
) -> list[tuple[str, str]]:
    """Keys and column names: the dialect's, and those that some listing has something in."""
    keys: set[str] = set()
    for rows in products(session, member, chosen, dialect):
        keys |= telling_keys(dialect, rows)
    return header_of(dialect, keys)


def products(
    session: Session, member: SellerMember, chosen: Chosen, dialect: Dialect
) -> Iterator[list[Cells]]:
    """The rows of each listing, oldest first."""
    member.require(Permission.SHOP_LISTINGS_READ)
    ids = session.exec(_ids(member, chosen)).all()
    known = lookups(session)
    for start in range(0, len(ids), AT_ONCE):
        listings = session.exec(
            select(Listing)
            .where(col(Listing.id).in_(ids[start : start + AT_ONCE]))
            .order_by(col(Listing.created_at), col(Listing.id))
        ).all()
        levels = stock.levels_of(session, [listing.id for listing in listings])
        contents = [ListingContent.model_validate(listing.draft) for listing in listings]
        named = _with_pictures(session, known, contents)
        for listing, content in zip(listings, contents, strict=True):
            shown = written(
                content, named, handle=listing.handle, status=listing.status, levels=levels
            )
            yield list(for_dialect(dialect, rows_of(shown)))
        session.expunge_all()


def cells_of(columns: list[tuple[str, str]], cells: Mapping[str, str]) -> list[str]:
    return [cells.get(key, "") for key, _name in columns]


def check_format(name: str) -> Format:
    """Raises `NotFound` for a format we do not write."""
    try:
        return Format(name)
    except ValueError:
        raise NotFound from None


def _ids(member: SellerMember, chosen: Chosen) -> SelectOfScalar[str]:
    query = select(Listing.id).where(Listing.seller_id == member.seller_id)
    if chosen.ids:
        query = query.where(col(Listing.id).in_(chosen.ids))
    if chosen.statuses:
        query = query.where(col(Listing.status).in_(chosen.statuses))
    elif not chosen.ids:
        query = query.where(Listing.status != ListingStatus.ARCHIVED)
    if chosen.category_id:
        query = query.where(Listing.category_id == chosen.category_id)
    if chosen.search:
        text = chosen.search.lower()
        query = query.where(
            func.lower(Listing.title).contains(text, autoescape=True)
            | func.lower(Listing.title_zh).contains(text, autoescape=True)
            | func.lower(Listing.handle).contains(text, autoescape=True)
        )
    return query.order_by(col(Listing.created_at), col(Listing.id))


def _with_pictures(session: Session, known: Lookups, contents: list[ListingContent]) -> Lookups:
    """With the addresses of the pictures these listings show."""
    ids = [picture.id for content in contents for picture in content.pictures]
    rows = media.pictures(session, ids)
    urls = {id_: whole_address(row.url_1600 or row.url_960) for id_, row in rows.items()}
    return replace(known, picture_urls={id_: url for id_, url in urls.items() if url})
