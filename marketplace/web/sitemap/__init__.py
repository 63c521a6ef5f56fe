"""Every page, by the part of the house it belongs to. No page registers itself elsewhere."""

from collections.abc import Callable

import reflex as rx

from marketplace.domain.access.models import Audience
from marketplace.kit.languages import N_
from marketplace.web import frames, not_found
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.sitemap import admin, seller, storefront
from marketplace.web.sitemap.page import Page

__all__ = ["PAGES", "Page", "add_pages", "framed"]

PAGES = (*storefront.PAGES, *admin.PAGES, *seller.PAGES)
FRAMES = {
    Audience.PUBLIC: frames.storefront,
    Audience.PERSON: frames.storefront,
    Audience.SELLER: frames.seller,
    Audience.STAFF: frames.admin,
}


def add_pages(app: rx.App) -> None:
    """Each page in its audience's frame; public pages also live under `/zh` (DESIGN D9)."""
    for page in PAGES:
        for route in _routes(page):
            app.add_page(
                framed(page),
                route=route,
                title=t(page.title),
                image="/favicon.svg",
                on_load=[ShellState.load, *page.load],
            )
    app.add_page(
        lambda: frames.storefront(not_found.missing(), "404"),
        route="404",
        title=t(N_("There is no such page")),
        image="/favicon.svg",
        on_load=[ShellState.load],
    )


def framed(page: Page) -> Callable[[], rx.Component]:
    """The page in its frame, under its own module's name: Reflex bundles a module's pieces
    together, so a shared name would make every page load the charts of one."""

    def view() -> rx.Component:
        inside = page.view()
        if page.audience is Audience.SELLER and page.permission and not page.permission.is_read:
            inside = frames.kept_from_onlookers(inside, page.title)
        return (page.frame or FRAMES[page.audience])(inside, page.route)

    view.__module__ = page.view.__module__
    view.__name__ = view.__qualname__ = f"framed_{page.view.__name__}"
    return view


def _routes(page: Page) -> list[str]:
    if page.audience is not Audience.PUBLIC:
        return [page.route]
    return [page.route, "/zh" + page.route.rstrip("/")]
