"""The three frames around every page: storefront, seller portal, back office (ux.md 2.0, 2.2).

Navigation is data. Only what exists is listed, and only to those who may open it.
"""

from dataclasses import dataclass

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web import leave
from marketplace.web.i18n import choose_locale, locale, t
from marketplace.web.shell import Hat, ShellState
from marketplace.web.ui.bell import bell
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.icon import icon
from marketplace.web.ui.menu import (
    menu,
    menu_choice,
    menu_item,
    menu_label,
    menu_post,
    menu_separator,
)
from marketplace.web.ui.palette import Jump, palette
from marketplace.web.ui.theme import theme_items
from marketplace.web.ui.toast import toast_bridge


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
    Section(N_("Home"), "house", (Item(N_("Home"), "/admin", "house", P.BACK_OFFICE, "h", "gzt sy"),)),
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
            Item(N_("Style guide"), "/admin/ui", "swatch-book", P.BACK_OFFICE, "", "ysgf"),
        ),
    ),
)
SELLER = (
    Section(N_("Home"), "house", (Item(N_("Home"), "/seller", "house", P.SHOP_READ, "h", "sy"),)),
    Section(
        N_("Store"),
        "store",
        (Item(N_("Team"), "/seller/team", "users", P.SHOP_READ, "t", "td"),),
    ),
)


def _common() -> rx.Component:
    """What all frames have: toasts, which are the one live region, and the way out."""
    return rx.fragment(toast_bridge(), leave.bridge(), _skip_link())


def storefront(view: rx.Component, route: str) -> rx.Component:
    return rx.el.div(
        _common(),
        _shop_header(),
        rx.el.main(view, id="content", tab_index=-1, class_name="outline-none"),
        _shop_footer(),
        _shop_tabs(route),
        class_name="storefront min-h-dvh flex flex-col bg-[var(--paper)]",
    )


def admin(view: rx.Component, route: str) -> rx.Component:
    return _office("admin", N_("Back office"), ADMIN, view, route)


def seller(view: rx.Component, route: str) -> rx.Component:
    return _office("seller", N_("Seller portal"), SELLER, view, route)


def _office(
    audience: str, place: str, sections: tuple[Section, ...], view: rx.Component, route: str
) -> rx.Component:
    return rx.el.div(
        _common(),
        rx.el.aside(
            _brand(place, sections[0].items[0].href),
            _office_nav(sections, route),
            rx.el.div(_person_menu(audience), class_name="mt-auto p-2"),
            class_name="hidden md:flex flex-col w-[216px] shrink-0 sticky top-0 h-dvh "
            "overflow-y-auto border-r border-[var(--line)] bg-[var(--ground)]",
        ),
        rx.el.div(
            _office_top(audience, sections),
            rx.el.main(
                view,
                id="content",
                tab_index=-1,
                class_name="outline-none mx-auto w-full max-w-[1240px] px-4 md:px-6 pt-5 pb-28 md:pb-12",
            ),
            class_name="flex-1 min-w-0 flex flex-col",
        ),
        _office_tabs(audience, sections, route),
        class_name=f"{audience} min-h-dvh flex bg-[var(--ground)]",
    )


def _skip_link() -> rx.Component:
    return rx.el.a(t("Skip to content"), href="#content", class_name="skip-link")


def _brand(place: str, href: str) -> rx.Component:
    return rx.el.div(
        rx.el.a(
            rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
            rx.el.span("Jishi"),
            href=href,
            class_name="brand",
        ),
        rx.el.span(t(place), class_name="meta"),
        class_name="flex items-center justify-between px-4 h-[52px] shrink-0",
    )


def _office_nav(sections: tuple[Section, ...], route: str) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(*[_section(section, route) for section in sections], class_name="flex flex-col gap-0.5"),
        aria_label=t("Main"),
        class_name="px-2 py-1",
    )


def _section(section: Section, route: str) -> rx.Component:
    """A section with one page is its link; with several it opens only while one is in use."""
    is_active = any(_is_here(item, route) for item in section.items)
    if len(section.items) == 1:
        item = section.items[0]
        return _if_allowed(
            section.items,
            rx.el.li(_nav_link(item.href, section.label, section.icon, is_active=is_active)),
        )
    inner = rx.el.ul(
        *[
            _if_allowed((item,), rx.el.li(_nav_link(item.href, item.label, "", is_active=_is_here(item, route))))
            for item in section.items
        ],
        class_name="flex flex-col gap-0.5 mt-0.5",
    )
    return _if_allowed(
        section.items,
        rx.el.li(
            _section_head(section, is_active=is_active),
            inner if is_active else rx.fragment(),
        ),
    )


def _section_head(section: Section, *, is_active: bool) -> rx.Component:
    """Leads to the first page of the section that its reader may open."""
    head = rx.fragment()
    for item in reversed(section.items):
        link = _nav_link(item.href, section.label, section.icon, is_active=False, is_open=is_active)
        head = rx.cond(ShellState.permissions.contains(item.permission.value), link, head)
    return head


def _nav_link(
    href: str, label: str, symbol: str, *, is_active: bool, is_open: bool = False
) -> rx.Component:
    look = (
        "bg-[var(--accent-soft)] text-[var(--accent-strong)] font-semibold"
        if is_active
        else "text-[var(--ink)] font-semibold"
        if is_open
        else "text-[var(--ink-2)] hover:bg-[var(--sunken)]"
    )
    return rx.el.a(
        icon(symbol) if symbol else rx.el.span(class_name="w-4"),
        rx.el.span(t(label)),
        href=href,
        aria_current="page" if is_active else None,
        class_name=f"flex items-center gap-3 h-8 px-2.5 rounded-md text-[13px] font-medium {look}",
    )


def _office_top(audience: str, sections: tuple[Section, ...]) -> rx.Component:
    return rx.el.header(
        rx.el.a(
            rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
            rx.el.span("Jishi", class_name="visually-hidden"),
            href=sections[0].items[0].href,
            class_name="brand md:hidden",
        ),
        palette(
            [*_jumps(sections), *_elsewhere(audience)],
            permissions=ShellState.permissions,
            is_enabled=ShellState.has_shortcuts,
        ),
        rx.el.div(
            bell(),
            _language_menu(),
            rx.el.div(_avatar_menu(audience), class_name="md:hidden"),
            class_name="flex items-center gap-1 ml-auto",
        ),
        class_name="h-[52px] shrink-0 sticky top-0 z-20 flex items-center gap-3 px-4 md:px-6 "
        "border-b border-[var(--line)] bg-[var(--paper)]",
    )


def _jumps(sections: tuple[Section, ...]) -> list[Jump]:
    return [
        Jump(item.label, item.href, item.icon, item.permission.value, item.keys, item.alias)
        for section in sections
        for item in section.items
    ]


def _elsewhere(audience: str) -> list[Jump]:
    """What one can go to from every office page."""
    other = (
        Jump(N_("Switch to the back office"), "/admin", "briefcase-business", P.BACK_OFFICE.value, "", "ht gzt")
        if audience == "seller"
        else Jump(N_("Seller portal"), "/seller", "store", P.SHOP_READ.value, "", "sj mj")
    )
    return [
        other,
        Jump(N_("Switch to the shop"), "/", "shopping-bag", "", "", "sc", server=True),
        Jump(N_("Account and security"), "/account", "user-round-cog", "", "", "zh aq", server=True),
    ]


def _office_tabs(audience: str, sections: tuple[Section, ...], route: str) -> rx.Component:
    """The bottom bar of phones: home, the first of each section, and all the rest."""
    first = [section.items[0] for section in sections][:3]
    return rx.el.nav(
        *[_if_allowed((item,), _tab(item.href, item.label, item.icon, is_active=_is_here(item, route))) for item in first],
        drawer(
            N_("All pages"),
            _office_nav_open(sections, route),
            trigger=rx.el.button(
                icon("menu", 20), rx.el.span(t("More")), type="button", class_name=_TAB
            ),
            side="bottom",
        ),
        aria_label=t("Sections"),
        class_name="md:hidden fixed bottom-0 inset-x-0 z-20 flex border-t border-[var(--line)] "
        "bg-[var(--paper)] pb-[env(safe-area-inset-bottom)]",
    )


def _office_nav_open(sections: tuple[Section, ...], route: str) -> rx.Component:
    items = [item for section in sections for item in section.items]
    return rx.el.nav(
        rx.el.ul(
            *[
                _if_allowed(
                    (item,),
                    rx.el.li(_nav_link(item.href, item.label, item.icon, is_active=_is_here(item, route))),
                )
                for item in items
            ],
            class_name="flex flex-col gap-1",
        ),
        aria_label=t("All pages"),
    )


_TAB = (
    "flex-1 min-h-[56px] flex flex-col items-center justify-center gap-0.5 text-[12px] font-medium "
    "text-[var(--ink-2)] bg-transparent border-0"
)


def _tab(href: str, label: str, symbol: str, *, is_active: bool) -> rx.Component:
    look = "!text-[var(--accent-strong)]" if is_active else ""
    return rx.el.a(
        icon(symbol, 20),
        rx.el.span(t(label)),
        href=href,
        aria_current="page" if is_active else None,
        class_name=f"{_TAB} {look}",
    )


def _person_menu(audience: str) -> rx.Component:
    """The foot of the sidebar: who is here, and what else they can be."""
    return menu(
        rx.el.button(
            _initials(),
            rx.el.span(
                rx.el.span(ShellState.name, class_name="block text-[13px] font-medium truncate"),
                rx.el.span(t(ShellState.role), class_name="block meta truncate"),
                class_name="min-w-0 text-left flex-1",
            ),
            icon("chevrons-up-down", 14),
            type="button",
            aria_label=t("Account menu"),
            class_name="w-full flex items-center gap-2.5 px-2 py-1.5 rounded-md bg-transparent border-0 "
            "hover:bg-[var(--sunken)]",
        ),
        *_account_items(audience),
        align="start" if audience != "storefront" else "end",
    )


def _avatar_menu(audience: str) -> rx.Component:
    return menu(
        rx.el.button(
            _initials(),
            type="button",
            aria_label=t("Account menu"),
            class_name="inline-flex items-center justify-center min-w-[44px] min-h-[44px] rounded-full bg-transparent border-0 p-0",
        ),
        *_account_items(audience),
        align="start" if audience != "storefront" else "end",
    )


def _initials() -> rx.Component:
    letter = ShellState.name.to(str)[:1]
    return rx.el.span(letter, aria_hidden="true", class_name="avatar")


def _account_items(audience: str) -> list[rx.Component]:
    """One person may be buyer, member of several sellers and staff: the hats they are not wearing."""
    return [
        menu_label(ShellState.email),
        rx.foreach(ShellState.hats, lambda hat: _hat_item(hat, audience)),
        rx.fragment()
        if audience == "admin"
        else rx.cond(
            ShellState.is_staff,
            menu_item(N_("Switch to the back office"), icon="briefcase-business", href="/admin"),
        ),
        rx.fragment()
        if audience == "storefront"
        else menu_item(N_("Switch to the shop"), icon="shopping-bag", href="/", server=True),
        menu_separator(),
        menu_item(N_("Account and security"), icon="user-round-cog", href="/account", server=True),
        *theme_items(),
        menu_separator(),
        menu_post(N_("Sign out"), "/auth/sign-out", ShellState.proof, icon="log-out"),
    ]


def _hat_item(hat: rx.vars.ObjectVar[Hat], audience: str) -> rx.Component:
    """Entering a shop is a plain form: the server checks membership and remembers the choice."""
    entry = menu_post(
        t("Switch to {shop}", shop=hat.name),
        "/auth/switch",
        ShellState.proof,
        icon="store",
        fields={"seller_id": hat.seller_id},
    )
    return rx.cond(hat.is_on, rx.fragment(), entry) if audience == "seller" else entry


def _language_menu() -> rx.Component:
    return menu(
        rx.el.button(
            icon("languages", 18),
            rx.el.span(rx.cond(locale() == "zh-CN", "中文", "EN"), class_name="text-[12px] font-medium"),
            type="button",
            aria_label=t("Language"),
            class_name="btn btn-quiet !px-2 !min-h-[36px] !gap-1.5",
        ),
        menu_choice(rx.el.span("English", lang="en"), is_on=locale() == "en", on_select=choose_locale("en")),
        menu_choice(
            rx.el.span("中文", lang="zh-CN"), is_on=locale() == "zh-CN", on_select=choose_locale("zh-CN")
        ),
        align="end",
    )


def _shop_header() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                rx.el.span("集", aria_hidden="true", class_name="brand-mark"),
                rx.el.span("Jishi", class_name="text-[17px]"),
                href="/",
                class_name="brand",
            ),
            rx.el.nav(
                rx.el.a(t("Shops"), href="/#shops", class_name="btn btn-quiet"),
                rx.el.a(t("How it works"), href="/#how", class_name="btn btn-quiet"),
                aria_label=t("Main"),
                class_name="hidden md:flex items-center gap-1 ml-6",
            ),
            rx.el.div(
                _language_menu(),
                rx.cond(ShellState.is_signed_in, rx.fragment(bell(), _avatar_menu("storefront")), _sign_in_link()),
                class_name="flex items-center gap-1 ml-auto",
            ),
            class_name="mx-auto max-w-[1280px] h-[64px] md:h-[76px] px-4 flex items-center",
        ),
        class_name="sticky top-0 z-20 border-b border-[var(--line)] bg-[var(--paper)]",
    )


def _sign_in_link() -> rx.Component:
    return rx.el.a(
        icon("user-round", 18), rx.el.span(t("Sign in")), href="/sign-in", reload_document=True,
        class_name="btn btn-quiet",
    )


def _shop_footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.span(
                    rx.el.span("集", aria_hidden="true", class_name="brand-mark"), rx.el.span("Jishi"),
                    class_name="brand",
                ),
                rx.el.p(t("Independent shops, one basket."), class_name="lead mt-3"),
                class_name="max-w-[280px]",
            ),
            rx.el.nav(
                rx.el.h2(t("Buy"), class_name="h3 mb-2"),
                rx.el.a(t("Shops"), href="/#shops", class_name="block py-1 lead hover:underline"),
                rx.el.a(t("How it works"), href="/#how", class_name="block py-1 lead hover:underline"),
                aria_label=t("Buy"),
            ),
            rx.el.nav(
                rx.el.h2(t("Sell"), class_name="h3 mb-2"),
                rx.el.a(t("Seller portal"), href="/seller", class_name="block py-1 lead hover:underline"),
                aria_label=t("Sell"),
            ),
            rx.el.nav(
                rx.el.h2(t("Account"), class_name="h3 mb-2"),
                rx.el.a(t("Sign in"), href="/sign-in", reload_document=True, class_name="block py-1 lead hover:underline"),
                rx.el.a(t("Create an account"), href="/register", reload_document=True, class_name="block py-1 lead hover:underline"),
                aria_label=t("Account"),
            ),
            class_name="mx-auto max-w-[1280px] px-4 py-12 grid gap-8 grid-cols-2 md:grid-cols-[2fr_1fr_1fr_1fr]",
        ),
        rx.el.p(
            "© 2026 Jishi 集市. ", t("Demo data: people and shops are fictional."),
            class_name="mx-auto max-w-[1280px] px-4 py-5 meta border-t border-[var(--line)]",
        ),
        class_name="mt-auto bg-[var(--ground)] pb-[72px] md:pb-0",
    )


def _shop_tabs(route: str) -> rx.Component:
    me = rx.cond(
        ShellState.is_signed_in,
        rx.el.a(icon("user-round", 20), rx.el.span(t("Me")), href="/account", reload_document=True, class_name=_TAB),
        rx.el.a(icon("user-round", 20), rx.el.span(t("Sign in")), href="/sign-in", reload_document=True, class_name=_TAB),
    )
    return rx.el.nav(
        _tab("/", N_("Home"), "house", is_active=route in ("/", "/zh")),
        _tab("/#shops", N_("Shops"), "store", is_active=False),
        me,
        aria_label=t("Sections"),
        class_name="md:hidden fixed bottom-0 inset-x-0 z-20 flex border-t border-[var(--line)] "
        "bg-[var(--paper)] pb-[env(safe-area-inset-bottom)]",
    )


def _is_here(item: Item, route: str) -> bool:
    return route == item.href or (item.href.count("/") > 1 and route.startswith(item.href + "/"))


def _if_allowed(items: tuple[Item, ...], view: rx.Component) -> rx.Component:
    """Shown if the reader may open any of the items; hidden, not greyed, if they never can."""
    allowed = ShellState.permissions.contains(items[0].permission.value)
    for item in items[1:]:
        allowed = allowed | ShellState.permissions.contains(item.permission.value)
    return rx.cond(allowed, view)
