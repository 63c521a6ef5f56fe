"""One shop as buyers see it (ux.md SF-06): who it is, and everything it sells. Public.

The same answer goes into the HTML of `http/shop_page.py` and into the app's own page.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlmodel import Session, select

from marketplace.domain.media.queries import pictures
from marketplace.domain.search.queries.found import Request, search
from marketplace.domain.sellers.models import Seller, SellerStatus, Switch
from marketplace.domain.sellers.queries.standing import switches_off
from marketplace.domain.sellers.rules import SHOWN
from marketplace.flows.find_listings.asking import DEEPEST_PAGE, Asked
from marketplace.flows.find_listings.results import SORT_NAMES, Sorting
from marketplace.flows.listing_cards import Card, cards
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound

SIZE = 24


@dataclass(frozen=True, slots=True)
class ShopView:
    """`total` counts what answers `text`, all of it without one. Every `href` and `path` is without
    the language; moments are ISO, UTC."""

    slug: str
    name: str
    name_zh: str
    about: str
    about_zh: str
    logo: str
    since: str
    is_paused: bool
    paused_until: str
    is_buyable: bool
    text: str
    total: int
    cards: list[Card]
    sorts: list[Sorting]
    path: str
    page: int
    pages: int
    previous_href: str
    next_href: str


def show_shop(session: Session, slug: str, asked: Asked) -> ShopView:
    """What `asked` says of words, order and page counts; the rest of it is for other pages.

    Raises `NotFound` unless buyers may visit it.
    """
    shop = session.exec(select(Seller).where(Seller.slug == slug)).first()
    off = switches_off(session, shop.id) if shop else frozenset()
    if shop is None or shop.status not in SHOWN or Switch.SEARCH_VISIBLE in off:
        raise NotFound
    request = Request(
        text=asked.text, seller_id=shop.id, sort=asked.sort, page=max(1, asked.page), size=SIZE
    )
    found = search(session, request)
    pages = min(-(-found.total // SIZE), DEEPEST_PAGE)
    is_paused = shop.status is SellerStatus.PAUSED
    logo = pictures(session, [shop.logo_id]).get(shop.logo_id) if shop.logo_id else None
    return ShopView(
        slug=shop.slug,
        name=shop.name,
        name_zh=shop.name_zh or shop.name,
        about=shop.about or shop.about_zh,
        about_zh=shop.about_zh or shop.about,
        logo=logo.url_160 if logo else "",
        since=iso(shop.created_at),
        is_paused=is_paused,
        paused_until=iso(shop.paused_until) if is_paused else "",
        is_buyable=Switch.BUYABLE not in off,
        text=asked.text,
        total=found.total,
        cards=cards(session, found.listing_ids),
        sorts=[
            Sorting(
                label, asked.sort == sort, shop_address(slug, replace(asked, sort=sort, page=1))
            )
            for sort, label in SORT_NAMES.items()
        ],
        path=f"/s/{shop.slug}",
        page=request.page,
        pages=pages,
        previous_href=shop_address(slug, replace(asked, page=asked.page - 1))
        if asked.page > 1
        else "",
        next_href=shop_address(slug, replace(asked, page=asked.page + 1))
        if asked.page < pages
        else "",
    )


def look_at_shop(session: Session, slug: str, asked: Asked) -> ShopView | None:
    """As `show_shop`; None instead of an error, for a page that says so itself."""
    try:
        return show_shop(session, slug, asked)
    except NotFound:
        return None


def shop_address(slug: str, asked: Asked) -> str:
    """Where this is asked of the shop, without the language."""
    said = {
        "q": asked.text,
        "sort": asked.sort if asked.sort != "relevance" else "",
        "page": str(asked.page) if asked.page > 1 else "",
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"/s/{slug}?{query}" if query else f"/s/{slug}"
