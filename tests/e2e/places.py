"""Every page there is, who opens it, and when it has come to rest."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from marketplace.domain.access.models import Audience
from marketplace.web.sitemap import PAGES

SUPER, OWNER, BUYER, NOBODY = "lin.na", "qiu.shan", "xu.lei", ""
APPLICANT = "ye.fan"
"""Has a draft: the steps of an application are open to nobody else."""
READERS = {
    Audience.PUBLIC: NOBODY,
    Audience.PERSON: BUYER,
    Audience.SELLER: OWNER,
    Audience.STAFF: SUPER,
}


@dataclass(frozen=True)
class Place:
    """`reader` is a demo person's key, empty for a guest."""

    path: str
    reader: str

    def __str__(self) -> str:
        return self.path


APP = tuple(
    Place(
        page.route,
        APPLICANT if page.route.startswith("/seller/apply/") else READERS[page.audience],
    )
    for page in PAGES
)
FIRST_OF = {
    "/c/[slug]": ("/", "/c/"),
    "/p/[slug]": ("/search", "/p/"),
    "/s/[shop]": ("/", "/s/"),
    "/admin/listings/[any_listing]": ("/admin/listings", "/admin/listings/lst_"),
    "/admin/sellers/[any_seller]": ("/admin/sellers", "/admin/sellers/sel_"),
    "/admin/sellers/[any_seller]/notes": ("/admin/sellers", "/admin/sellers/sel_"),
    "/admin/applications/[seller_application]": ("/admin/applications", "/admin/applications/app_"),
    "/seller/listings/[shop_listing]": ("/seller/listings", "/seller/listings/lst_"),
    "/seller/listings/[shop_listing]/versions": ("/seller/listings", "/seller/listings/lst_"),
}
"""A page about one thing: where such things are listed, and how their addresses begin."""
PLAIN = (
    *(
        Place(path, NOBODY)
        for path in (
            "/sign-in",
            "/register",
            "/check-email",
            "/forgot-password",
            "/reset-password?token=x",
            "/verify-email?token=x",
            "/confirm-email?token=x",
            "/invitation?token=x",
            "/no-such-page",
        )
    ),
    *(
        Place(path, BUYER)
        for path in (
            "/account",
            "/account/email",
            "/account/password",
            "/account/two-step",
            "/account/sessions",
            "/confirm-identity",
        )
    ),
    Place("/account/two-step", SUPER),
)
EVERYWHERE = (*APP, *PLAIN)
UNHURRIED = 15_000
"""Milliseconds a loaded machine may need; nothing is measured by it."""


def open_place(page: Page, path: str) -> None:
    """A path with a `[` is a route: the first thing its list has is opened."""
    page.goto(_first(page, path) if "[" in path else path)
    wait_until_settled(page)


def _first(page: Page, route: str) -> str:
    listed_at, beginning = FIRST_OF[route]
    open_place(page, listed_at)
    link = page.locator(f"main a[href*='{beginning}']").first
    expect(link).to_be_attached()
    return str(link.get_attribute("href")) + route.partition("]")[2]


def wait_until_settled(page: Page) -> None:
    """The language is in, React has taken over, and what was loading has loaded."""
    expect(page.locator("html")).not_to_have_class(re.compile("locale-pending"))
    expect(page.locator("body > [data-ssr]")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()
    if not page.url.rstrip("/").endswith("/admin/ui"):  # which shows skeletons for their own sake
        expect(page.locator(".skeleton, [aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def speaks(page: Page, locale: str) -> None:
    """Make the browser a reader of this language, as the language menu does."""
    page.context.add_cookies(
        [{"name": "locale", "value": locale, "domain": "localhost", "path": "/"}]
    )
