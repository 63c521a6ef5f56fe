"""The frame of the seller portal and the back office: sidebar, top bar, and a bottom bar on phones."""

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.kit.languages import N_
from marketplace.web.frames.common import TAB, common, tab
from marketplace.web.frames.menus import avatar_menu, language_menu, person_menu
from marketplace.web.frames.navigation import ADMIN, SELLER, Section, if_allowed, is_here
from marketplace.web.frames.viewing import viewing_strip
from marketplace.web.i18n import t
from marketplace.web.shell import ShellState
from marketplace.web.ui.bell import bell
from marketplace.web.ui.drawer import drawer
from marketplace.web.ui.icon import icon
from marketplace.web.ui.palette import Jump, palette


def admin(view: rx.Component, route: str) -> rx.Component:
    return _office("admin", N_("Back office"), ADMIN, view, route)


def seller(view: rx.Component, route: str) -> rx.Component:
    return _office("seller", N_("Seller portal"), SELLER, view, route)


def _office(
    audience: str, place: str, sections: tuple[Section, ...], view: rx.Component, route: str
) -> rx.Component:
    return rx.el.div(
        common(),
        rx.el.aside(
            _brand(place, sections[0].items[0].href),
            _office_nav(sections, route),
            rx.el.div(person_menu(audience), class_name="mt-auto p-2"),
            class_name="hidden md:flex flex-col w-[216px] shrink-0 sticky top-0 h-dvh "
            "overflow-y-auto border-r border-[var(--line)] bg-[var(--ground)]",
        ),
        rx.el.div(
            _office_top(audience, sections),
            viewing_strip(),
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
        rx.el.ul(
            *[_section(section, route) for section in sections], class_name="flex flex-col gap-0.5"
        ),
        aria_label=t("Main"),
        class_name="px-2 py-1",
    )


def _section(section: Section, route: str) -> rx.Component:
    """A section with one page is its link; with several it opens only while one is in use."""
    is_active = any(is_here(item, route) for item in section.items)
    if len(section.items) == 1:
        item = section.items[0]
        return if_allowed(
            section.items,
            rx.el.li(_nav_link(item.href, section.label, section.icon, is_active=is_active)),
        )
    inner = rx.el.ul(
        *[
            if_allowed(
                (item,),
                rx.el.li(_nav_link(item.href, item.label, "", is_active=is_here(item, route))),
            )
            for item in section.items
        ],
        class_name="flex flex-col gap-0.5 mt-0.5",
    )
    return if_allowed(
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
            language_menu(),
            rx.el.div(avatar_menu(audience), class_name="md:hidden"),
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
        Jump(
            N_("Switch to the back office"),
            "/admin",
            "briefcase-business",
            Permission.BACK_OFFICE.value,
            "",
            "ht gzt",
        )
        if audience == "seller"
        else Jump(N_("Seller portal"), "/seller", "store", Permission.SHOP_READ.value, "", "sj mj")
    )
    return [
        other,
        Jump(N_("Switch to the shop"), "/", "shopping-bag", "", "", "sc", server=True),
        Jump(
            N_("Account and security"), "/account", "user-round-cog", "", "", "zh aq", server=True
        ),
    ]


def _office_tabs(audience: str, sections: tuple[Section, ...], route: str) -> rx.Component:
    """The bottom bar of phones: four sections' first page each, and all the rest (ux.md 2.1)."""
    return rx.el.nav(
        *[_section_tab(section, route) for section in sections[:4]],
        drawer(
            N_("All pages"),
            _office_nav_open(sections, route),
            trigger=rx.el.button(
                icon("menu", 20), rx.el.span(t("More")), type="button", class_name=TAB
            ),
            side="bottom",
        ),
        aria_label=t("Sections"),
        class_name="md:hidden fixed bottom-0 inset-x-0 z-20 flex border-t border-[var(--line)] "
        "bg-[var(--paper)] pb-[env(safe-area-inset-bottom)]",
    )


def _section_tab(section: Section, route: str) -> rx.Component:
    """Leads to the first page of the section that its reader may open."""
    shown = rx.fragment()
    for item in reversed(section.items):
        link = tab(item.href, item.label, item.icon, is_active=is_here(item, route))
        shown = rx.cond(ShellState.permissions.contains(item.permission.value), link, shown)
    return shown


def _office_nav_open(sections: tuple[Section, ...], route: str) -> rx.Component:
    items = [item for section in sections for item in section.items]
    return rx.el.nav(
        rx.el.ul(
            *[
                if_allowed(
                    (item,),
                    rx.el.li(
                        _nav_link(item.href, item.label, item.icon, is_active=is_here(item, route))
                    ),
                )
                for item in items
            ],
            class_name="flex flex-col gap-1",
        ),
        aria_label=t("All pages"),
    )
