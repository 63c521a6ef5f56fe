"""The navigation trees as data (ux.md 2.2). Only what exists is listed."""

from dataclasses import dataclass

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.shell import ShellState


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the navigation. `keys` follow `g`; `alias` is its pinyin for the palette."""

    label: str
    href: str
    icon: str
    permission: Permission
    keys: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    icon: str
    items: tuple[Item, ...]


P = Permission
ADMIN = (
    Section(
        N_("Home"), "house", (Item(N_("Home"), "/admin", "house", P.BACK_OFFICE, "h", "gzt sy"),)
    ),
    Section(
        N_("Catalog"),
        "package",
        (
            Item(N_("Moderation"), "/admin/moderation", "gavel", P.MODERATION_DECIDE, "q", "sh"),
            Item(N_("All listings"), "/admin/listings", "tags", P.CATALOG_READ, "l", "qbsp"),
            Item(
                N_("Categories"), "/admin/categories", "folder-tree", P.CATALOG_READ, "k", "lm fl"
            ),
            Item(N_("Attributes"), "/admin/attributes", "list-checks", P.CATALOG_READ, "", "sx"),
            Item(N_("Brands"), "/admin/brands", "badge-check", P.CATALOG_READ, "", "pp"),
            Item(N_("Synonyms"), "/admin/synonyms", "arrow-left-right", P.CATALOG_READ, "", "tyc"),
            Item(
                N_("Search questions"), "/admin/search", "text-search", P.INSIGHTS_READ, "", "ssc"
            ),
        ),
    ),
    Section(
        N_("Sellers"),
        "store",
        (
            Item(N_("Applications"), "/admin/applications", "inbox", P.SELLERS_READ, "p", "rzsh"),
            Item(N_("All sellers"), "/admin/sellers", "store", P.SELLERS_READ, "s", "sj qbsj"),
            Item(
                N_("Documents expiring"),
                "/admin/sellers/documents",
                "calendar-clock",
                P.SELLERS_READ,
                "",
                "zz dq",
            ),
            Item(
                N_("Requirements"),
                "/admin/sellers/requirements",
                "list-todo",
                P.SELLERS_READ,
                "",
                "rzyq zzyq",
            ),
            Item(N_("Levels"), "/admin/sellers/levels", "signal", P.SELLERS_READ, "", "dj sjdj"),
            Item(
                N_("Seller agreement"),
                "/admin/sellers/agreement",
                "scroll-text",
                P.SELLERS_READ,
                "",
                "xy rzxy",
            ),
        ),
    ),
    Section(
        N_("Money"),
        "landmark",
        (Item(N_("Books"), "/admin/books", "scale", P.BOOKS_READ, "b", "zb dz"),),
    ),
    Section(
        N_("System"),
        "settings",
        (
            Item(N_("Staff and roles"), "/admin/staff", "users", P.STAFF_READ, "u", "yg js"),
            Item(N_("Audit log"), "/admin/audit", "scroll-text", P.AUDIT_READ, "a", "sjrz rz"),
            Item(N_("Jobs"), "/admin/jobs", "timer", P.JOBS_READ, "j", "rw htrw"),
            Item(N_("Mail"), "/admin/mail", "mail", P.MAIL_READ, "m", "yj"),
            Item(N_("Exports and tasks"), "/admin/tasks", "file-down", P.BACK_OFFICE, "e", "dc rw"),
            Item(N_("Style guide"), "/admin/ui", "swatch-book", P.BACK_OFFICE, "", "ysgf"),
        ),
    ),
)
SELLER = (
    Section(N_("Home"), "house", (Item(N_("Home"), "/seller", "house", P.SHOP_READ, "h", "sy"),)),
    Section(
        N_("Products"),
        "package",
        (
            Item(N_("Listings"), "/seller/listings", "tag", P.SHOP_LISTINGS_READ, "l", "sp splb"),
            Item(N_("Inventory"), "/seller/inventory", "boxes", P.SHOP_LISTINGS_READ, "i", "kc"),
            Item(
                N_("Import and export"),
                "/seller/listings/import",
                "file-up",
                P.SHOP_LISTINGS_READ,
                "x",
                "dr dc",
            ),
        ),
    ),
    Section(
        N_("Store"),
        "store",
        (
            Item(N_("Shop profile"), "/seller/store", "store", P.SHOP_READ, "p", "dp zl"),
            Item(
                N_("Documents"), "/seller/store/documents", "file-check", P.SHOP_MANAGE, "d", "zz"
            ),
            Item(
                N_("Shipping"), "/seller/store/shipping", "truck", P.SHOP_LISTINGS_READ, "", "wl yf"
            ),
            Item(N_("Team"), "/seller/team", "users", P.SHOP_READ, "t", "td"),
        ),
    ),
)


def is_here(item: Item, route: str) -> bool:
    """Whether the route is the item's or below it, and no other item's is nearer."""
    leading = [
        other.href
        for section in (*ADMIN, *SELLER)
        for other in section.items
        if _leads_to(other.href, route)
    ]
    return item.href == max(leading, key=len, default="")


def _leads_to(href: str, route: str) -> bool:
    return route == href or (href.count("/") > 1 and route.startswith(href + "/"))


def if_allowed(items: tuple[Item, ...], view: rx.Component) -> rx.Component:
    """Shown if the reader may open any of the items; hidden, not greyed, if they never can."""
    allowed = ShellState.permissions.contains(items[0].permission.value)
    for item in items[1:]:
        allowed = allowed | ShellState.permissions.contains(item.permission.value)
    return rx.cond(allowed, view)
