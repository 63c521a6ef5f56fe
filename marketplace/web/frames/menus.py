"""Who is here and what else they can be; the language."""

from typing import Any

import reflex as rx

from marketplace.kit.languages import N_, Locale
from marketplace.web.i18n import choose_locale, locale, t
from marketplace.web.shell import Hat, ShellState
from marketplace.web.ui.icon import icon
from marketplace.web.ui.menu import (
    menu,
    menu_choice,
    menu_item,
    menu_label,
    menu_post,
    menu_separator,
)
from marketplace.web.ui.person import avatar
from marketplace.web.ui.theme import theme_items


def person_menu(audience: str) -> rx.Component:
    """The foot of the sidebar: who is here, and what else they can be."""
    role = ShellState.staff_role if audience == "admin" else ShellState.member_role
    return menu(
        rx.el.button(
            _initials(),
            rx.el.span(
                rx.el.span(ShellState.name, class_name="block text-[13px] font-medium truncate"),
                rx.el.span(t(role), class_name="block meta truncate"),
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


def avatar_menu(audience: str) -> rx.Component:
    return menu(
        rx.el.button(
            _initials(),
            type="button",
            aria_label=t("Account menu"),
            class_name="inline-flex items-center justify-center min-w-[44px] min-h-[44px] "
            "rounded-full bg-transparent border-0 p-0",
        ),
        *_account_items(audience),
        align="start" if audience != "storefront" else "end",
    )


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


def _keep(code: Locale) -> Any:
    """The account remembers the choice; not while a shop is viewed, when nothing is changed."""
    return rx.cond(ShellState.viewing, rx.noop(), ShellState.keep_language(code))


def _initials() -> rx.Component:
    return avatar(ShellState.name)


def language_menu() -> rx.Component:
    return menu(
        rx.el.button(
            icon("languages", 18),
            rx.el.span(
                rx.cond(locale() == "zh-CN", "中文", "EN"), class_name="text-[12px] font-medium"
            ),
            type="button",
            aria_label=t("Language"),
            class_name="btn btn-quiet !px-2 !min-h-[36px] !gap-1.5",
        ),
        menu_choice(
            rx.el.span("English", lang="en"),
            is_on=locale() == "en",
            on_select=[choose_locale("en"), _keep("en")],
        ),
        menu_choice(
            rx.el.span("中文", lang="zh-CN"),
            is_on=locale() == "zh-CN",
            on_select=[choose_locale("zh-CN"), _keep("zh-CN")],
        ),
        align="end",
    )
