"""The shop's pages, which everybody may open."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience
from marketplace.kit.languages import N_
from marketplace.web import not_found
from marketplace.web.sitemap.page import Page
from marketplace.web.storefront import home as storefront_home
from marketplace.web.storefront import sell
from marketplace.web.storefront.cart import state as cart_state
from marketplace.web.storefront.cart import view as cart_view
from marketplace.web.storefront.listing import state as listing_state
from marketplace.web.storefront.listing import view as listing_view
from marketplace.web.storefront.search import state as search_state
from marketplace.web.storefront.search import view as search_view
from marketplace.web.storefront.shop import state as shop_state
from marketplace.web.storefront.shop import view as shop_view


def _shop(route: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    return Page(route, title, view, (load,), Audience.PUBLIC)


PAGES: tuple[Page, ...] = (
    _shop(
        "/",
        N_("Jishi, a market of independent shops"),
        storefront_home.page,
        storefront_home.StorefrontHomeState.load,
    ),
    _shop("/sell", N_("Sell with us"), sell.page, sell.SellState.load),
    _shop("/search", N_("Search"), search_view.page, search_state.SearchState.load),
    _shop("/c/[slug]", N_("Category"), search_view.page, search_state.SearchState.load),
    _shop("/cart", N_("Cart"), cart_view.page, cart_state.CartState.load),
    _shop("/p/[slug]", N_("Listing"), listing_view.page, listing_state.ListingPageState.load),
    _shop("/s/[shop]", N_("Shop"), shop_view.page, shop_state.ShopPageState.load),
    Page("/forbidden", N_("Not open to you"), not_found.forbidden, (), Audience.PERSON),
)
