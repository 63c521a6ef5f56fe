"""One listing's page for staff: state and deeds, what it says, its versions and its history."""

from typing import Any

import reflex as rx

from marketplace.domain.moves.queries import MoveRow
from marketplace.flows.listing_file import VariantLine
from marketplace.kit.languages import N_
from marketplace.web.admin.catalog.listing_decisions import decisions, rule_name
from marketplace.web.admin.catalog.listing_deeds import down_dialog
from marketplace.web.admin.catalog.listing_versions import properties, versions
from marketplace.web.admin.catalog.listing_words import STATES
from marketplace.web.admin.moderation.differences import (
    papers_of,
    pictures_of,
    text_row,
)
from marketplace.web.i18n import locale, number, t
from marketplace.web.ui.button import button, link
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.feedback import alert, skeleton_card
from marketplace.web.ui.layout import breadcrumb, card, detail_page
from marketplace.web.ui.media import picture
from marketplace.web.ui.status import badge, status, status_of
from marketplace.web.ui.timeline import event, timeline
from marketplace.web.ui.values import copyable, facts, moment, money


def listing(state: Any) -> rx.Component:
    found = state.found
    return rx.cond(
        found,
        rx.fragment(
            detail_page(
                _header(state),
                (_refused(found), _says(found), _variants(found), versions(state)),
                (_overview(found), _papers(found), *decisions(found), _history(found)),
            ),
            down_dialog(
                t("Take the listing down"),
                t(
                    "Buyers no longer see it, the seller gets the rule's points and may appeal. "
                    "Open orders go on."
                ),
                state.codes,
                is_open=state.is_asking,
                on_submit=lambda data: state.take_down(found.id, data),
                on_close=state.close,
            ),
        ),
        skeleton_card(6),
    )


def _spoken(english: Any, chinese: Any) -> rx.Var[str]:
    return rx.cond((locale() == "zh-CN") & (chinese != ""), chinese, english).to(str)


def _header(state: Any) -> rx.Component:
    found = state.found
    return rx.el.header(
        breadcrumb((N_("All listings"), "/admin/listings")),
        rx.el.div(
            rx.el.div(
                picture(found.cover, "", size=48),
                rx.el.h1(_spoken(found.title, found.title_zh), class_name="h1 wrap-anywhere"),
                status_of(found.status, STATES),
                rx.cond(
                    found.has_draft & (found.status == "live"),
                    status(N_("Working copy differs"), "info", icon="pencil"),
                ),
                class_name="title-line",
            ),
            rx.el.div(
                rx.cond(
                    found.open_review != "",
                    button(
                        N_("Open the review"),
                        icon="gavel",
                        href="/admin/moderation?id=" + found.open_review.to(str),
                    ),
                ),
                rx.cond(found.can_restore, _restore(state)),
                rx.cond(
                    found.can_take_down,
                    button(
                        N_("Take the listing down…"),
                        variant="danger",
                        icon="ban",
                        on_click=state.ask_down,
                    ),
                ),
                class_name="page-actions",
            ),
            class_name="page-head",
        ),
    )


def _restore(state: Any) -> rx.Component:
    return confirm(
        button(N_("Put back on sale…"), icon="undo-2"),
        title=N_("Put it back on sale?"),
        consequence=N_("Buyers find it again as it was, and the points are taken back."),
        verb=N_("Put back on sale"),
        reason=N_("Note for colleagues"),
        on_confirm=lambda note: state.restore(state.found.id, note),
        is_danger=False,
    )


def _refused(found: Any) -> rx.Component:
    return rx.cond(
        (found.reason != "") | (found.note != ""),
        alert(
            rx.el.span(
                rx.el.span(rule_name(found, found.reason), class_name="font-medium"),
                rx.cond(found.note != "", ": " + found.note.to(str), ""),
            ),
            level="warn",
            title=N_("Told to the seller"),
        ),
    )


def _says(found: Any) -> rx.Component:
    content = found.content
    return card(
        rx.foreach(content.texts, lambda row: text_row(content.kind, row)),
        rx.cond(content.properties.length() > 0, properties(content)),
        rx.cond(
            content.pictures_after.length() > 0,
            rx.el.div(pictures_of(N_("Pictures"), content.pictures_after), class_name="p-4"),
        ),
        title=rx.cond(
            found.is_content_live,
            rx.cond(found.status == "live", t("What buyers read"), t("As it was on sale")),
            t("Working copy, never on sale so far"),
        ),
        is_flush=True,
    )


def _variants(found: Any) -> rx.Component:
    columns = (
        N_("Price"), N_("Struck through"), N_("On hand"), N_("Reserved"), N_("Available"),
    )  # fmt: skip
    return card(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("Variant"), scope="col"),
                        rx.el.th(t("SKU"), scope="col"),
                        *[rx.el.th(t(name), scope="col", class_name="num") for name in columns],
                    )
                ),
                rx.el.tbody(rx.foreach(found.variants, lambda row: _variant(found, row))),
                class_name="table",
            ),
            class_name="table-wrap relative max-h-[480px] overflow-y-auto",
            tab_index=0,
            role="region",
            aria_label=t("Variants and stock"),
        ),
        title=N_("Variants and stock"),
        is_flush=True,
    )


def _variant(found: Any, row: rx.vars.ObjectVar[VariantLine]) -> rx.Component:
    nothing = rx.el.span("–", class_name="meta")
    return rx.el.tr(
        rx.el.th(
            rx.cond(row.label != "", _spoken(row.label, row.label_zh), t("Only one")),
            rx.cond(row.is_active, rx.fragment(), badge(N_("not on sale"))),
            scope="row",
        ),
        rx.el.td(row.sku, class_name="mono"),
        rx.el.td(money(row.price, found.currency), class_name="num"),
        rx.el.td(
            rx.cond(row.reference.to(int) >= 0, money(row.reference, found.currency), nothing),
            class_name="num",
        ),
        *[
            rx.el.td(number(one), class_name="num")
            for one in (row.on_hand, row.reserved, row.available)
        ],
        key=row.id,
    )


def _overview(found: Any) -> rx.Component:
    name = _spoken(found.seller, found.seller_zh)
    mine = "/admin/listings?seller=" + found.seller_slug.to(str)
    return card(
        facts(
            (
                N_("Seller"),
                rx.cond(
                    found.sees_seller,
                    rx.el.a(
                        name, href="/admin/sellers/" + found.seller_id.to(str), class_name="link"
                    ),
                    name,
                ),
            ),
            (N_("Category"), _spoken(found.category, found.category_zh)),
            (N_("Quality"), number(found.quality)),
            (N_("Sold 30 d"), number(found.sold_30d)),
            (N_("Made"), moment(found.created_at, "day")),
            (N_("First on sale"), moment(found.published_at, "day")),
            (N_("Updated"), moment(found.updated_at)),
            (N_("Last edited by"), found.saved_by),
            (N_("Address"), rx.el.span("/p/" + found.slug.to(str), class_name="mono break-all")),
            (N_("Id"), copyable(found.id)),
        ),
        rx.el.p(
            rx.cond(
                found.status == "live",
                link("/p/" + found.slug.to(str), N_("See it in the shop"), class_name="mr-4"),
            ),
            link(mine, N_("All of this shop's listings")),
        ),
        title=N_("Overview"),
    )


def _papers(found: Any) -> rx.Component:
    return rx.cond(found.papers.length() > 0, papers_of(found.papers))


def _history(found: Any) -> rx.Component:
    return card(
        timeline(rx.foreach(found.history, lambda row: _move(row, found))), title=N_("History")
    )


def _move(row: rx.vars.ObjectVar[MoveRow], found: Any) -> rx.Component:
    return event(
        rx.cond(row.actor != "", row.actor, t("The platform")).to(str),
        status_of(row.to_state, STATES),
        row.at,
        is_system=row.actor == "",
        detail=rx.el.p(
            rx.cond(
                row.reason != "",
                rx.el.span(rule_name(found, row.reason), class_name="font-medium mr-2"),
                "",
            ),
            row.note,
            class_name="meta",
        ),
    )
