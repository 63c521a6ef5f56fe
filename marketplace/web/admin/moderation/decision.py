"""The right of the desk: what rules found, who the seller is, and the buttons with their keys."""

from typing import Any

import reflex as rx

from marketplace.domain.access.models import Permission
from marketplace.domain.moves.queries import MoveRow
from marketplace.flows.review_rows import FoundRow, SimilarView
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.listing_words import STATES
from marketplace.web.admin.moderation.level import level_name
from marketplace.web.admin.moderation.scripts import KEYS
from marketplace.web.i18n import locale, number, t, told
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon
from marketplace.web.ui.layout import card
from marketplace.web.ui.media import picture
from marketplace.web.ui.status import status_of
from marketplace.web.ui.values import facts, kbd, moment


class _Keys(rx.Component):
    library = KEYS
    tag = "DeskKeys"
    is_enabled: rx.Var[bool]


def decision(state: Any) -> rx.Component:
    return rx.el.aside(
        _Keys.create(is_enabled=ShellState.has_shortcuts),
        rx.cond(
            state.review,
            rx.fragment(_review(state), _found(state), _seller(state), _similar(state)),
            rx.cond(
                state.appeal,
                _appeal(state),
                rx.cond((state.tab == "reported") & (state.key != ""), _reported(state)),
            ),
        ),
        _keyboard(),
        class_name="stack xl:sticky xl:top-18 xl:max-h-[calc(100vh-90px)] xl:overflow-y-auto",
        aria_label=t("Decision"),
        tab_index=0,
    )


def _deed(text: str, key: str, **props: Any) -> rx.Component:
    """A button that its key presses, too."""
    return button(
        text,
        kbd=key.upper(),
        custom_attrs={"data-desk-key": key, "aria-keyshortcuts": key.upper()},
        class_name="btn-block",
        **props,
    )


def _review(state: Any) -> rx.Component:
    review = state.review
    decides = rx.el.div(
        _deed(
            N_("Approve"),
            "a",
            variant="primary",
            icon="check",
            disabled=review.needs_rebase,
            on_click=state.approve(review.id, review.version),
        ),
        _deed(N_("Request changes…"), "c", icon="message-square", on_click=state.ask("changes")),
        _deed(N_("Reject…"), "r", variant="danger", icon="x", on_click=state.ask("reject")),
        rx.cond(
            review.kind == "edit",
            rx.el.p(t("What is on sale stays on sale until you decide."), class_name="hint"),
        ),
        class_name="stack-sm",
    )
    looks = rx.el.div(
        _deed(
            N_("Nothing wrong"),
            "a",
            variant="primary",
            icon="check",
            on_click=state.look_done(review.id),
        ),
        rx.el.p(t("It went on sale without waiting; you only look."), class_name="hint"),
        class_name="stack-sm",
    )
    return card(
        rx.cond(review.is_open, decides, rx.cond(review.needs_look, looks)),
        rx.cond(
            review.listing_status == "live",
            button(
                N_("Take the listing down…"),
                variant="danger",
                icon="ban",
                is_small=True,
                on_click=state.ask("take_down"),
            ),
        ),
        rx.cond(review.is_open, _assignee(state)),
        title=N_("Decision"),
    )


def _assignee(state: Any) -> rx.Component:
    review = state.review
    return rx.el.div(
        rx.cond(
            review.is_mine,
            rx.fragment(
                rx.el.span(t("You look at this one."), class_name="meta"),
                button(
                    N_("Give back"),
                    variant="link",
                    is_small=True,
                    on_click=state.take(review.id, False),
                ),
            ),
            rx.fragment(
                rx.cond(
                    review.assignee != "",
                    rx.el.span(
                        t("{name} looks at this one.", name=review.assignee), class_name="meta"
                    ),
                ),
                button(
                    N_("Assign to me"),
                    icon="user-check",
                    is_small=True,
                    on_click=state.take(review.id, True),
                ),
            ),
        ),
        class_name="row",
    )


def _found(state: Any) -> rx.Component:
    flags = state.review.flags
    return card(
        rx.cond(
            flags.length() > 0,
            rx.el.ul(rx.foreach(flags, _flag), class_name="stack-sm"),
            rx.el.p(
                icon("circle-check", 15, class_name="text-[var(--good)]"),
                t("No rule found anything."),
                class_name="flex items-center gap-2 text-[13px]",
            ),
        ),
        title=N_("What rules found"),
        subtitle=N_("hints, not decisions"),
    )


def _flag(flag: rx.vars.ObjectVar[FoundRow]) -> rx.Component:
    words = rx.Var.create({"found": flag.found}).to(dict)
    variant = rx.cond(locale() == "zh-CN", flag.variant_zh, flag.variant)
    return rx.el.li(
        icon("flag", 14, class_name="mt-[3px] text-[var(--warn)]"),
        rx.el.span(
            rx.el.span(told(flag.message, words), class_name="font-medium block"),
            rx.el.span(
                rx.cond(flag.variant != "", variant.to(str) + " · ", ""),
                t(flag.label),
                class_name="meta",
            ),
        ),
        class_name="flex gap-2 text-[13px]",
    )


def _seller(state: Any) -> rx.Component:
    seller = state.review.seller
    name = rx.cond((locale() == "zh-CN") & (seller.name_zh != ""), seller.name_zh, seller.name)
    return card(
        rx.el.p(
            rx.el.a(
                name.to(str),
                href=rx.cond(
                    ShellState.permissions.contains(Permission.SELLERS_READ.value),
                    "/admin/sellers/" + seller.id.to(str),
                    "/admin/listings?seller=" + seller.slug.to(str),
                ),
                class_name="link",
            ),
            class_name="font-medium",
        ),
        facts(
            (N_("Level"), level_name(state.review)),
            (N_("Here since"), moment(seller.since, "day")),
            (N_("Listings on sale"), number(seller.live)),
            (N_("Approved so far"), number(seller.approved)),
            (N_("Refused so far"), number(seller.rejected)),
            (N_("Points that count"), number(seller.points)),
        ),
        rx.cond(
            state.review.history.length() > 0,
            rx.el.details(
                rx.el.summary(t("History of the listing"), class_name="link text-[13px]"),
                rx.el.ol(rx.foreach(state.review.history, _move), class_name="stack-sm mt-2"),
            ),
        ),
        title=N_("Seller"),
    )


def _move(row: rx.vars.ObjectVar[MoveRow]) -> rx.Component:
    return rx.el.li(
        status_of(row.to_state, STATES),
        rx.el.span(
            rx.cond(row.actor != "", row.actor.to(str) + " · ", ""),
            moment(row.at),
            class_name="meta ml-2",
        ),
        rx.cond(row.note != "", rx.el.p(row.note, class_name="text-[12px]")),
    )


def _similar(state: Any) -> rx.Component:
    return rx.cond(
        state.review.similar.length() > 0,
        card(
            rx.el.ul(rx.foreach(state.review.similar, _alike), class_name="stack-sm"),
            title=N_("Similar listings"),
        ),
    )


def _alike(row: rx.vars.ObjectVar[SimilarView]) -> rx.Component:
    return rx.el.li(
        picture(row.cover, "", size=40),
        rx.el.span(
            rx.el.a(
                rx.cond(locale() == "zh-CN", row.title_zh, row.title),
                href="/admin/listings/" + row.listing_id.to(str),
                class_name="link block truncate",
            ),
            rx.el.span(
                row.seller,
                " · ",
                rx.cond(row.why == "picture", t("same picture"), t("nearly the same title")),
                class_name="meta block truncate",
            ),
            class_name="min-w-0 text-[13px]",
        ),
        class_name="flex gap-2 items-center",
        key=row.listing_id,
    )


def _appeal(state: Any) -> rx.Component:
    appeal = state.appeal
    return card(
        _deed(
            N_("Take the decision back…"),
            "a",
            variant="primary",
            disabled=~appeal.may_decide,
            on_click=state.ask("grant"),
        ),
        _deed(
            N_("Let the decision stand…"),
            "r",
            disabled=~appeal.may_decide,
            on_click=state.ask("uphold"),
        ),
        rx.el.p(
            t("Taken back: on sale again, and the points are gone. The seller is told either way."),
            class_name="hint",
        ),
        title=N_("Decision"),
    )


def _reported(state: Any) -> rx.Component:
    return card(
        _deed(
            N_("Nothing wrong"),
            "a",
            variant="primary",
            icon="check",
            on_click=state.close_reports(state.key),
        ),
        _deed(
            N_("Take the listing down…"),
            "r",
            variant="danger",
            icon="ban",
            on_click=state.ask("take_down"),
        ),
        title=N_("Decision"),
    )


def _keyboard() -> rx.Component:
    keys = (
        (("J", "K"), N_("next, previous")),
        (("A",), N_("approve")),
        (("C",), N_("request changes")),
        (("R",), N_("reject")),
        (("U",), N_("undo")),
        (("?",), N_("all keys")),
    )
    return rx.cond(
        ShellState.has_shortcuts,
        rx.el.section(
            rx.el.h2(t("Keyboard"), class_name="h3 mb-2"),
            rx.el.ul(
                *[
                    rx.el.li(
                        rx.el.span(*[kbd(key) for key in some], class_name="inline-flex gap-1"),
                        rx.el.span(t(text)),
                        class_name="flex items-center gap-2 text-[12px] text-[var(--ink-2)]",
                    )
                    for some, text in keys
                ],
                class_name="grid grid-cols-2 gap-2",
            ),
            class_name="px-1 hidden lg:block",
        ),
    )
